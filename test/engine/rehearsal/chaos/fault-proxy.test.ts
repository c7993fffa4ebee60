/** The unkind network before a server that echoes (to the byte) and before a real PostgreSQL (in the middle of a COPY). */
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import pg from 'pg';
import { from as copyFrom, to as copyTo } from 'pg-copy-streams';
import { afterEach, expect, test } from 'vitest';
import { createClock } from '../../../../engine/core/clock.ts';
import { createFaultProxy, type FaultProxy } from '../../../../engine/rehearsal/chaos/fault-proxy.ts';
import { useTestDatabase } from '../../../helpers/test-database.ts';

const database = useTestDatabase();
const open: (() => Promise<unknown> | unknown)[] = [];

afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

/** Answers every byte with itself and remembers what reached it. */
async function echo(): Promise<{ proxy: FaultProxy; received: () => number; ended: () => string[] }> {
  let received = 0;
  const ended: string[] = [];
  const server = createServer((socket) => {
    socket.on('data', (chunk) => {
      received += chunk.length;
      socket.write(chunk);
    });
    socket.on('end', () => ended.push('end'));
    socket.on('error', (error: NodeJS.ErrnoException) => ended.push(error.code ?? 'error'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push(() => server.close());
  const { port } = server.address() as AddressInfo;
  const proxy = await createFaultProxy({ host: '127.0.0.1', port }, { clock: createClock() });
  open.push(() => proxy.close());
  return { proxy, received: () => received, ended: () => ended };
}

interface Caller {
  readonly socket: Socket;
  readonly heard: () => Buffer;
  /** `end`, or the code of the error. */
  readonly over: Promise<string>;
}

async function call(proxy: FaultProxy): Promise<Caller> {
  const socket = connect(proxy.port, proxy.host);
  const parts: Buffer[] = [];
  socket.on('data', (part) => parts.push(part));
  const over = new Promise<string>((resolve) => {
    socket.on('end', () => resolve('end'));
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? 'error'));
  });
  open.push(() => socket.destroy());
  await once(socket, 'connect').catch(() => {});
  return { socket, heard: () => Buffer.concat(parts), over };
}

async function until(ask: () => boolean): Promise<void> {
  for (let tries = 0; tries < 500 && !ask(); tries++) await new Promise((go) => setTimeout(go, 10));
  expect(ask()).toBe(true);
}

test('without a fault every byte comes back, and ends travel', async () => {
  const { proxy, ended } = await echo();
  const { socket, heard, over } = await call(proxy);
  const bytes = Buffer.alloc(3_000_000, 'towpath ');
  socket.end(bytes);
  expect(await over).toBe('end');
  expect(heard().equals(bytes)).toBe(true);
  expect(ended()).toEqual(['end']);
  expect(proxy.counts()).toMatchObject({
    connections: 1,
    bytes: { 'to-server': 3_000_000, 'to-client': 3_000_000 },
    struck: [],
  });
});

test('a reset after n bytes: exactly n are handed on, and both ends are reset', async () => {
  const { proxy, received, ended } = await echo();
  proxy.schedule({ kind: 'reset' }, { bytes: 70_001, direction: 'to-server' });
  const { socket, over } = await call(proxy);
  socket.write(Buffer.alloc(200_000));
  expect(await over).toBe('ECONNRESET');
  await until(() => ended().length === 1);
  expect(ended()).toEqual(['ECONNRESET']);
  expect(received()).toBeGreaterThan(0);
  expect(proxy.counts().bytes['to-server']).toBe(70_001);
  expect(proxy.counts().byKind).toEqual({ reset: 1 });
});

test('only the connection that reached the moment is struck, or all where asked for', async () => {
  for (const reach of ['one', 'all'] as const) {
    const { proxy } = await echo();
    const [idle, busy] = [await call(proxy), await call(proxy)];
    idle.socket.write('a');
    await until(() => idle.heard().length === 1);
    proxy.schedule({ kind: 'cut' }, { bytes: 3, direction: 'to-client' }, reach);
    busy.socket.write('abcdef');
    await busy.over;
    expect(busy.heard().toString()).toBe('abc');
    idle.socket.write('b');
    if (reach === 'all') await idle.over;
    else await until(() => idle.heard().toString() === 'ab');
    expect(proxy.counts().struck).toEqual([{ fault: { kind: 'cut' }, connections: reach === 'all' ? 2 : 1 }]);
  }
});

test('a stall holds everything until it is healed; nothing is lost', async () => {
  const { proxy, received } = await echo();
  const { socket, heard } = await call(proxy);
  socket.write('before ');
  await until(() => heard().length === 7);
  proxy.inject({ kind: 'stall', milliseconds: 3_600_000 });
  socket.write('after');
  await new Promise((go) => setTimeout(go, 100));
  expect(received()).toBe(7);
  proxy.heal();
  await until(() => heard().toString() === 'before after');
});

test('half-open: one direction is dead and nobody is told, until it is healed by a reset', async () => {
  const { proxy, received } = await echo();
  const { socket, heard, over } = await call(proxy);
  socket.write('one');
  await until(() => heard().length === 3);
  proxy.inject({ kind: 'half-open', dead: 'to-client' });
  socket.write('two');
  await until(() => received() === 6);
  await new Promise((go) => setTimeout(go, 50));
  expect(heard().toString()).toBe('one');
  proxy.heal();
  expect(await over).toBe('ECONNRESET');
});

test('slow: fewer bytes at a time, all of them in order', async () => {
  const { proxy, received } = await echo();
  const { socket, heard } = await call(proxy);
  proxy.inject({ kind: 'slow', bytesPerSecond: 50, milliseconds: 3_600_000 });
  socket.write('abcdefghijklmnopqrstuvwxyz');
  await until(() => received() > 0);
  expect(received()).toBeLessThan(26);
  proxy.heal();
  await until(() => heard().toString() === 'abcdefghijklmnopqrstuvwxyz');
});

test('refused connections, and the door open again on the same port', async () => {
  const { proxy } = await echo();
  const before = await call(proxy);
  proxy.inject({ kind: 'refuse', milliseconds: 3_600_000 });
  expect(await (await call(proxy)).over).toBe('ECONNREFUSED');
  before.socket.write('still here');
  await until(() => before.heard().toString() === 'still here');
  proxy.heal();
  let answered = false;
  for (let tries = 0; tries < 100 && !answered; tries++) {
    const again = await call(proxy);
    again.socket.write('x');
    await new Promise((go) => setTimeout(go, 20));
    answered = again.heard().length === 1;
  }
  expect(answered).toBe(true);
});

test('accepted and never answered, from the second new connection on', async () => {
  const { proxy, received } = await echo();
  proxy.schedule({ kind: 'unanswered', milliseconds: 3_600_000 }, { connections: 2 });
  const first = await call(proxy);
  first.socket.write('a');
  await until(() => first.heard().length === 1);
  const second = await call(proxy);
  second.socket.write('b');
  await new Promise((go) => setTimeout(go, 50));
  expect(received()).toBe(1);
  proxy.heal();
  expect(await second.over).toBe('ECONNRESET');
});

test('after close nothing is open, not even what was stalled or unanswered', async () => {
  const { proxy } = await echo();
  const first = await call(proxy);
  proxy.inject({ kind: 'stall', milliseconds: 3_600_000 });
  proxy.inject({ kind: 'unanswered', milliseconds: 3_600_000 });
  const second = await call(proxy);
  first.socket.write('a');
  await proxy.close();
  await Promise.all([first.over, second.over]);
  expect(await (await call(proxy)).over).toBe('ECONNREFUSED');
});

async function connectThrough(): Promise<{ proxy: FaultProxy; client: pg.Client; failed: Promise<string> }> {
  const { host, port, user, password, database: name } = database.connection;
  const proxy = await createFaultProxy({ host, port }, { clock: createClock() });
  const client = new pg.Client({
    host: proxy.host,
    port: proxy.port,
    user,
    password: password!.reveal(),
    database: name,
  });
  const failed = new Promise<string>((resolve) =>
    client.on('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message)),
  );
  await client.connect();
  open.push(async () => {
    await client.end().catch(() => {});
    await proxy.close();
  });
  return { proxy, client, failed };
}

test('a reset in the middle of COPY to the server: no row of it is there, and bytes outside COPY do not count', async () => {
  const { proxy, client } = await connectThrough();
  proxy.schedule({ kind: 'reset' }, { copyBytes: 5_000, direction: 'to-server' });
  await client.query('create table copied (n text)');
  await client.query('select $1', ['x'.repeat(20_000)]);
  expect(proxy.counts().struck).toEqual([]);
  const stream = client.query(copyFrom('copy copied from stdin'));
  const ended = new Promise((resolve) => stream.on('error', resolve).on('finish', () => resolve(null)));
  for (let n = 0; n < 2_000; n++) stream.write(`row ${n}\n`);
  stream.end();
  expect(await ended).toBeInstanceOf(Error);
  expect(proxy.counts().byKind).toEqual({ reset: 1 });
  expect(await database.query('select from copied')).toHaveLength(0);
});

test('a cut in the middle of COPY to the client: so many bytes of COPY have come, not one more', async () => {
  const { proxy, client } = await connectThrough();
  await client.query("select repeat('x', 20000)");
  proxy.schedule({ kind: 'cut' }, { copyBytes: 5_000, direction: 'to-client' });
  const stream = client.query(copyTo('copy (select generate_series(1, 5000)) to stdout'));
  let bytes = 0;
  const ended = new Promise((resolve) => stream.on('error', resolve).on('end', () => resolve(null)));
  stream.on('data', (part: Buffer) => {
    bytes += part.length;
  });
  expect(await ended).toBeInstanceOf(Error);
  expect(bytes).toBeGreaterThan(500);
  expect(bytes).toBeLessThan(5_000);
});
