/**
 * People who look at the progress of a migration: what the page in their browser would ask, without the browser. What an event
 * makes old is asked for again by the page's own rule, each thing once a moment.
 */
import { Agent, get, type IncomingMessage } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { LiveEventType } from '../server/shapes/events.ts';
import { createBatch } from '../web/api/batch.ts';
import * as keys from '../web/api/keys.ts';
import { madeOld } from '../web/api/what-is-new.ts';
import { type Served, token } from './serve.ts';

export interface Watching {
  seen(): { readonly answers: number; readonly events: number; readonly wrong: readonly string[] };
  end(): Promise<void>;
}

const headers = { authorization: `Bearer ${token}` };
const id = 'own';

/** What the progress screen knows, under which name, and how often it asks again while rows move, in milliseconds. */
const asked: readonly { readonly path: string; readonly key: readonly unknown[]; readonly every: number }[] =
  [
    { path: 'runs/latest', key: keys.runKey(id), every: 5000 },
    { path: 'history?limit=50', key: keys.runKey(id), every: 10_000 },
    { path: 'guide', key: keys.guideKey(id), every: 20_000 },
    { path: 'approvals', key: keys.approvalsKey(id), every: 20_000 },
    { path: '', key: keys.migrationKey(id), every: 15_000 },
  ];

/** Resolves when the migration is open and everybody follows it. */
export async function watchMigration({ origin }: Served, people: number): Promise<Watching> {
  const at = `${origin}/api/v1/migrations/${id}`;
  await open(at);
  const leaving = new AbortController();
  const { signal } = leaving;
  const agent = new Agent({ keepAlive: true });
  let answers = 0;
  let events = 0;
  const wrong: string[] = [];
  const note = (path: string) => (error: unknown) => {
    if (!signal.aborted) wrong.push(`${path}: ${String(error)}`);
  };

  async function ask(path: string): Promise<void> {
    const answer = await begin(`${at}/${path}`.replace(/\/$/, ''));
    for await (const _piece of answer); // all of it, as a page would
    if (answer.statusCode === 200) answers += 1;
    // before it moves there is no run
    else if (answer.statusCode !== 404) wrong.push(`${path}: ${answer.statusCode}`);
  }
  /** Costs those who look as little as it can: they sit on the same cores here. */
  function begin(address: string): Promise<IncomingMessage> {
    return new Promise((resolve, reject) => {
      get(address, { agent, headers, signal }, resolve).once('error', reject);
    });
  }

  async function follow(): Promise<void> {
    const stream = await begin(`${at}/events`);
    if (stream.statusCode !== 200) wrong.push(`events: ${stream.statusCode}`);
    void read(stream).catch(note('events'));
  }
  async function read(stream: IncomingMessage): Promise<void> {
    const old = createBatch<readonly unknown[]>((stale) => {
      const names = new Set(stale.map((key) => JSON.stringify(key)));
      for (const { path, key } of asked) if (names.has(JSON.stringify(key))) void ask(path).catch(note(path));
    });
    try {
      stream.setEncoding('utf8');
      for await (const piece of stream)
        for (const [, type] of String(piece).matchAll(/^data: \{"type":"([^"]+)"/gm)) {
          events += 1;
          for (const key of madeOld(type as LiveEventType, id)) old.add(key);
        }
    } finally {
      old.stop();
    }
  }
  /** `late`: not everybody asks in the same moment. */
  async function askAgain(path: string, every: number, late: number): Promise<void> {
    await sleep(late * every, undefined, { signal });
    for (;;) {
      await ask(path);
      await sleep(every, undefined, { signal });
    }
  }

  await Promise.all(Array.from({ length: people }, follow));
  const asking = Array.from({ length: people }, (_, person) =>
    asked.map(({ path, every }) => askAgain(path, every, person / people).catch(note(path))),
  ).flat();
  return {
    seen: () => ({ answers, events, wrong }),
    async end() {
      leaving.abort();
      await Promise.all(asking);
      agent.destroy();
    },
  };
}

async function open(at: string): Promise<void> {
  const json = { ...headers, 'content-type': 'application/json' };
  await fetch(`${at}/open`, { method: 'POST', headers: json, body: '{}' });
  for (let tries = 0; tries < 300; tries++) {
    const view = (await (await fetch(at, { headers })).json()) as { state: string };
    if (view.state === 'open') return;
    await sleep(100);
  }
  throw new Error('The migration was not opened.');
}
