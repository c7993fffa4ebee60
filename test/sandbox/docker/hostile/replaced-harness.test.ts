/**
 * The worst case: the code has broken out of realm, harness and node, and speaks for the sandbox itself. What is left are
 * the container and the host's disbelief. Each ends typed, or with what it said if that was well-formed, within its time.
 */
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { createSandbox, SandboxError, type SandboxErrorKind } from '../../../../sandbox/index.ts';
import { describeWithDocker, ownContainers, unitOf } from '../with-docker.ts';

/** The frames by hand; `main` gets each message of the host. */
const prelude = `
  const fs = require('node:fs');
  const head = (type, seq, length) => { const h = Buffer.alloc(9); h.writeUInt32LE(length, 0); h[4] = type.charCodeAt(0); h.writeUInt32LE(seq, 5); return h; };
  const raw = (b) => { for (let o = 0; o < b.length;) try { o += fs.writeSync(1, b, o); } catch (e) { if (e.code !== 'EAGAIN') throw e; } };
  const send = (type, seq, text) => raw(Buffer.concat([head(type, seq, Buffer.byteLength(text)), Buffer.from(text)]));
  const hello = () => send('H', 0, JSON.stringify({ node: process.version }));
  const serve = (onLoad, onBatch) => {
    let got = Buffer.alloc(0), synced = false;
    process.stdin.on('data', (d) => {
      got = Buffer.concat([got, d]);
      if (!synced) { const i = got.indexOf('\\0towpath\\n'); if (i < 0) return; got = got.subarray(i + 9); synced = true; }
      while (got.length >= 9 && got.length >= 9 + got.readUInt32LE(0)) {
        const type = String.fromCharCode(got[4]), seq = got.readUInt32LE(5), text = got.toString('utf8', 9, 9 + got.readUInt32LE(0));
        got = got.subarray(9 + got.readUInt32LE(0));
        if (type === 'L') onLoad(seq, text); else if (type === 'B') onBatch(seq, text);
      }
    });
    hello();
  };
  const loaded = (seq) => send('K', seq, '');
  const on = (answer) => serve(loaded, answer);
`;

interface Case {
  readonly name: string;
  readonly program: string;
  readonly kinds: readonly SandboxErrorKind[];
}

const memory = ['oom', 'stopped', 'heap'] as const;

const cases: readonly Case[] = [
  {
    name: 'a flood of bytes',
    program: 'on(() => { for (;;) raw(Buffer.alloc(1 << 20, 7)); });',
    kinds: ['output-limit'],
  },
  {
    name: 'a flood before the first word',
    program: 'for (;;) raw(Buffer.alloc(1 << 20, 7));',
    kinds: ['output-limit', 'image-unusable'],
  },
  {
    name: 'a flood of frames',
    program: "on((seq) => { for (;;) send('R', seq, '[]'); });",
    kinds: ['protocol'],
  },
  {
    name: 'a flood of errors',
    program: "on(() => { for (;;) fs.writeSync(2, 'x'.repeat(1 << 20)); });",
    kinds: ['timeout'],
  },
  {
    name: 'a frame of 4 GB',
    program: "on((seq) => { raw(head('R', seq, 0xffffffff)); for (;;) raw(Buffer.alloc(1 << 20)); });",
    kinds: ['output-limit'],
  },
  {
    name: 'a frame just too large',
    program: "on((seq) => { raw(head('R', seq, (16 << 20) + 1)); });",
    kinds: ['output-limit'],
  },
  {
    name: 'half a frame, then the end',
    program: "on((seq) => { raw(head('R', seq, 100)); raw(Buffer.from('[[')); process.exit(0); });",
    kinds: ['crash'],
  },
  {
    name: 'half a frame, then silence',
    program: "on((seq) => { raw(head('R', seq, 100)); raw(Buffer.from('[[')); });",
    kinds: ['timeout'],
  },
  {
    name: 'half a head, then silence',
    program: 'on(() => raw(Buffer.from([1, 0, 0])));',
    kinds: ['timeout'],
  },
  {
    name: 'the wrong sequence',
    program: "on((seq) => send('R', seq + 1, '[[\"x\"]]'));",
    kinds: ['protocol'],
  },
  {
    name: 'an answer nobody asked for',
    program: "serve((seq) => { loaded(seq); send('R', seq + 5, '[]'); }, () => {});",
    kinds: ['protocol'],
  },
  {
    name: 'two answers',
    program: "on((seq) => { send('R', seq, '[[\"x\"]]'); send('R', seq, '[[\"y\"]]'); });",
    kinds: ['protocol'],
  },
  {
    name: 'an answer of no known type',
    program: "on((seq) => send('\\u00ff', seq, '[[\"x\"]]'));",
    kinds: ['protocol'],
  },
  { name: 'no JSON', program: "on((seq) => send('R', seq, 'rows'));", kinds: ['protocol'] },
  {
    name: 'no UTF-8',
    program: "on((seq) => { raw(head('R', seq, 4)); raw(Buffer.from([0xff, 0xfe, 0x80, 0xc0])); });",
    kinds: ['protocol'],
  },
  { name: 'nothing', program: "on((seq) => send('R', seq, ''));", kinds: ['protocol'] },
  { name: 'too few rows', program: "on((seq) => send('R', seq, '[]'));", kinds: ['protocol'] },
  {
    name: 'too many rows',
    program: "on((seq) => send('R', seq, JSON.stringify(new Array(1e6).fill(['x']))));",
    kinds: ['protocol'],
  },
  { name: 'a row too wide', program: 'on((seq) => send(\'R\', seq, \'[["x","y"]]\'));', kinds: ['protocol'] },
  { name: 'a number for a text', program: "on((seq) => send('R', seq, '[[1]]'));", kinds: ['protocol'] },
  {
    name: 'an object for a text',
    program: "on((seq) => send('R', seq, '[[{\"toString\":1}]]'));",
    kinds: ['protocol'],
  },
  {
    name: 'an object for rows',
    program: 'on((seq) => send(\'R\', seq, \'{"length":1,"0":["x"]}\'));',
    kinds: ['protocol'],
  },
  { name: 'a row that is null', program: "on((seq) => send('R', seq, '[null]'));", kinds: ['protocol'] },
  {
    name: 'a rejection with an object for a message',
    program: 'on((seq) => send(\'R\', seq, \'[{"m":{"toString":1},"l":1}]\'));',
    kinds: ['protocol'],
  },
  { name: 'depth', program: "on((seq) => send('R', seq, '['.repeat(8e6)));", kinds: ['protocol'] },
  {
    name: 'depth that closes',
    program: "on((seq) => send('R', seq, '['.repeat(5e6) + ']'.repeat(5e6)));",
    kinds: ['protocol'],
  },
  {
    name: 'millions of lists',
    program: "on((seq) => send('R', seq, '[' + '[],'.repeat(5e6) + '[]]'));",
    kinds: ['protocol'],
  },
  {
    name: 'a fault of no known kind',
    program: 'on((seq) => send(\'E\', seq, \'{"kind":"docker-missing","message":"x"}\'));',
    kinds: ['protocol'],
  },
  { name: 'a fault that is null', program: "on((seq) => send('E', seq, 'null'));", kinds: ['protocol'] },
  {
    name: 'a fault made of objects',
    program: 'on((seq) => send(\'E\', seq, \'{"kind":{"toString":1},"message":{},"row":{},"line":[]}\'));',
    kinds: ['protocol'],
  },
  {
    name: 'a fault that paints the screen',
    program:
      "on((seq) => send('E', seq, JSON.stringify({ kind: 'code', message: '\\u001b[2J\\u202e'.repeat(1e5), row: -7, line: 1e99 })));",
    kinds: ['code'],
  },
  {
    name: 'loading answered with rows',
    program: "serve((seq) => send('R', seq, '[]'), () => {});",
    kinds: ['protocol'],
  },
  { name: 'loading not answered', program: 'serve(() => {}, () => {});', kinds: ['timeout'] },
  {
    name: 'a first word that is none',
    program: 'send(\'H\', 0, \'{"node":{"toString":1}}\'); setInterval(() => {}, 1e3);',
    kinds: ['protocol'],
  },
  {
    name: 'an old node',
    program: 'send(\'H\', 0, \'{"node":"v22.0.0"}\'); setInterval(() => {}, 1e3);',
    kinds: ['image-unusable'],
  },
  { name: 'no first word', program: 'setInterval(() => {}, 1000);', kinds: ['timeout'] },
  { name: 'the end before the first word', program: 'process.exit(3);', kinds: ['image-unusable'] },
  {
    name: 'output closed, and going on',
    program: 'on(() => { fs.closeSync(1); fs.closeSync(2); });',
    kinds: ['timeout', 'protocol', 'crash'],
  },
  { name: 'input closed', program: 'on(() => { fs.closeSync(0); });', kinds: ['timeout', 'crash'] },
  { name: 'never reading', program: 'hello(); setInterval(() => {}, 1000);', kinds: ['timeout'] },
  { name: 'a loop that hears nothing', program: 'on(() => { for (;;); });', kinds: ['timeout'] },
  { name: 'the end as if killed', program: 'on(() => process.exit(137));', kinds: ['stopped'] },
  {
    name: 'the end as if out of memory',
    program: "on(() => { fs.writeSync(2, 'heap out of memory'); process.abort(); });",
    kinds: ['heap', 'crash'],
  },
  {
    name: 'memory',
    program: 'on(() => { const l = []; for (;;) l.push(Buffer.alloc(8 << 20, 1)); });',
    kinds: memory,
  },
  {
    name: 'stopping itself',
    program: "on(() => { process.kill(process.pid, 'SIGSTOP'); });",
    kinds: ['timeout'],
  },
  {
    name: 'killing everything',
    program:
      "on(() => { try { process.kill(-1, 'SIGKILL'); } catch {} try { process.kill(1, 'SIGKILL'); } catch {} });",
    kinds: ['timeout', 'stopped'],
  },
  {
    name: 'processes',
    program:
      "on(() => { const { spawn } = require('node:child_process'); for (let i = 0; i < 100; i++) spawn(process.execPath, ['-e', 'for (;;);']).on('error', () => {}); });",
    kinds: ['timeout', 'crash', ...memory],
  },
  {
    name: 'a child that outlives it',
    program:
      "on(() => { require('node:child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { detached: true, stdio: 'ignore' }).unref(); setTimeout(() => process.exit(0), 300); });",
    kinds: ['crash'],
  },
  {
    name: 'a file in every place',
    program:
      "on((seq) => { const l = []; for (const d of ['/', '/tmp', '/dev', '/dev/shm', '/etc', '/var/tmp', '/proc/self', '/sys']) try { fs.writeFileSync(d + '/x', 'x'); l.push(d); } catch {} send('E', seq, JSON.stringify({ kind: 'code', message: 'wrote [' + l.join() + ']' })); });",
    kinds: ['code'],
  },
  {
    name: 'a packet to everywhere',
    program:
      "on((seq) => { const s = require('node:dgram').createSocket('udp4'); s.on('error', () => {}); s.send('x', 53, '192.0.2.1', (e) => send('E', seq, JSON.stringify({ kind: 'code', message: 'sent [' + (e ? '' : 'x') + ']' }))); });",
    kinds: ['code'],
  },
];

describeWithDocker('a harness in the wrong hands', () => {
  test('there are enough of them', () => expect(cases.length).toBeGreaterThanOrEqual(15));

  test.each(cases)('$name', async ({ program, kinds }) => {
    const sandbox = createSandbox({
      harness: prelude + program,
      ahead: false,
      limits: { batchMilliseconds: 700, graceMilliseconds: 1000, startMilliseconds: 4000 },
    });
    const started = performance.now();
    const memoryBefore = process.memoryUsage().rss;
    const failure = await fullRun(sandbox);
    expect(failure).toBeInstanceOf(SandboxError);
    expect(failure).toMatchObject({ kind: expect.toBeOneOf([...kinds]) });
    expect((failure as SandboxError).message).toMatch(/^\p{Lu}[^\p{Cc}\p{Bidi_Control}]{0,1200}$/u);
    expect((failure as SandboxError).message).not.toMatch(/\[(x|\/)/); // the list of what it wrote or sent
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(process.memoryUsage().rss - memoryBefore).toBeLessThan(700 << 20);
    await sandbox.close();
    expect(await ownContainers()).toEqual([]);
    expect(
      ['/x', '/tmp/x', '/dev/x', '/dev/shm/x', '/etc/x', '/var/tmp/x'].filter((path) => existsSync(path)),
    ).toEqual([]);
  });

  /** Two batches, so that what is said after the first answer is heard as well. */
  async function fullRun(sandbox: ReturnType<typeof createSandbox>): Promise<unknown> {
    try {
      const runner = await sandbox.open(unitOf('export default (row) => ({ b: row.a });'));
      await runner.run([['x']]);
      await new Promise((resolve) => setTimeout(resolve, 100));
      return await runner.run([['y']]);
    } catch (error) {
      return error;
    }
  }
});
