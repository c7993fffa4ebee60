/** Answers that go on for hours, over a port: how many there may be, and what ends them. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { afterEach, expect, test } from 'vitest';
import type { App } from '../../../server/app.ts';
import { answerError } from '../../../server/guards/answer-error.ts';
import { createOpenStreams, type StreamLimits } from '../../../server/guards/open-streams.ts';
import type { ServerEnv } from '../../../server/server-env.ts';
import { type RunningServer, startServer } from '../../../server/start-server.ts';

const running: RunningServer[] = [];
afterEach(async () => {
  for (const server of running.splice(0)) await server.close();
});

async function listen(limits: Partial<StreamLimits> = {}) {
  const streams = createOpenStreams({ perPerson: 3, inAll: 5, lookMilliseconds: 50, ...limits });
  const state = { stillIn: true, ended: 0 };
  const app = new Hono<ServerEnv>();
  app.onError(answerError);
  app.use('*', async (c, next) => {
    c.set('visitor', { name: c.req.query('who') ?? 'Ada', role: 'viewer' });
    c.set('stillIn', async () => state.stillIn);
    await next();
  });
  app.use('*', streams.guard);
  app.get('/events', (c) =>
    streamSSE(c, async (stream) => {
      stream.onAbort(() => {
        state.ended += 1;
      });
      await stream.writeSSE({ data: 'hello' });
      while (!stream.aborted) await sleep(10);
    }),
  );
  app.get('/broken/events', (c) => {
    const parts = ['data: hello\n\n'];
    const pull = (to: ReadableStreamDefaultController<Uint8Array>) => {
      const part = parts.shift();
      if (part === undefined) to.error(new Error('a value of somebody'));
      else to.enqueue(new TextEncoder().encode(part));
    };
    return c.body(new ReadableStream({ pull }), 200, { 'content-type': 'text/event-stream' });
  });
  app.get('/idle/events', (c) => {
    const start = (to: ReadableStreamDefaultController<Uint8Array>) => {
      for (let i = 0; i < 4; i++) to.enqueue(new Uint8Array(10));
      setTimeout(() => to.error(new Error('The reader does not read.')), 300);
    };
    return c.body(new ReadableStream({ start }), 200, { 'content-type': 'text/event-stream' });
  });
  app.get('/slow', async (c) => {
    await sleep(300);
    return c.text('all of it');
  });
  const note = () => {};
  const guards = { refusals: { guard: async () => {}, note }, endStreams: () => streams.endAll() };
  const server = await startServer(app as unknown as App, { host: '127.0.0.1', port: 0 }, guards);
  running.push(server);
  const at = `http://127.0.0.1:${server.port}`;
  return { app, at, server, state, streams };
}

interface Listening {
  readonly status: number;
  readonly code: string | null;
  readonly over: Promise<void>;
  leave(): void;
}

async function follow(at: string, who = 'Ada'): Promise<Listening> {
  const gone = new AbortController();
  const answer = await fetch(`${at}/events?who=${who}`, { signal: gone.signal });
  if (answer.status !== 200) {
    const { code } = (await answer.json()) as { code: string };
    return { status: answer.status, code, over: Promise.resolve(), leave: () => {} };
  }
  const reader = answer.body!.getReader();
  await reader.read();
  const toEnd = async () => {
    while (!(await reader.read()).done);
  };
  return { status: 200, code: null, over: toEnd().catch(() => {}), leave: () => gone.abort() };
}

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !holds(); tries++) await sleep(20);
  expect(holds()).toBe(true);
}

test('one person has a number of them, all together another; who leaves makes room', async () => {
  const { at, streams, state } = await listen();
  const own = await Promise.all([follow(at), follow(at), follow(at)]);
  expect(await follow(at)).toMatchObject({ status: 429, code: 'TOO_MANY_STREAMS' });
  const others = await Promise.all([follow(at, 'Bob'), follow(at, 'Bob')]);
  expect(await follow(at, 'Cy')).toMatchObject({ status: 429, code: 'TOO_MANY_STREAMS' });
  expect(streams.count()).toBe(5);
  own[0]!.leave();
  await until(() => streams.count() === 4);
  expect(state.ended, 'whoever sends is told').toBe(1);
  const next = await follow(at);
  expect(next.status).toBe(200);
  for (const one of [...own, ...others, next]) one.leave();
  await until(() => streams.count() === 0);
});

test('of many that come at once none slips by', async () => {
  const { at } = await listen({ inAll: 100 });
  const all = await Promise.all(Array.from({ length: 20 }, () => follow(at)));
  expect(all.filter(({ status }) => status === 200)).toHaveLength(3);
  for (const one of all) one.leave();
});

test('they end when the session does', async () => {
  const { at, state, streams } = await listen();
  const stream = await follow(at);
  state.stillIn = false;
  await stream.over;
  expect(streams.count()).toBe(0);
});

test('asked for without what it would say (HEAD), none is opened', async () => {
  const { at, streams, state } = await listen();
  for (let i = 0; i < 10; i++) {
    const answer = await fetch(`${at}/events`, { method: 'HEAD' });
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^text\/event-stream/);
  }
  expect(streams.count()).toBe(0);
  await until(() => state.ended === 10);
});

test('one that is given up because its reader takes nothing frees its place', async () => {
  const { app, streams } = await listen();
  const answer = await app.request('/idle/events');
  expect([answer.status, streams.count()]).toEqual([200, 1]);
  await until(() => streams.count() === 0); // nobody has read a byte of it
});

test('the server ends them when it ends, and finishes what it is answering', async () => {
  const { at, server, state } = await listen();
  const stream = await follow(at);
  const slow = fetch(`${at}/slow`).then((answer) => answer.text());
  await sleep(50);
  const closed = server.close();
  await stream.over;
  expect(await slow).toBe('all of it');
  await closed;
  expect(state.ended).toBe(1);
  await expect(fetch(`${at}/slow`)).rejects.toThrow();
});

test('one that breaks ends, and says nothing of why', async () => {
  const { at, streams } = await listen();
  const answer = await fetch(`${at}/broken/events`);
  expect(await answer.text()).toBe('data: hello\n\n');
  expect(streams.count()).toBe(0);
});
