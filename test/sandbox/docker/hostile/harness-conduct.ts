/** A harness in the wrong hands that does what it should not: it ends, floods, breeds, or does not hear. */
import { type Case, memory } from './harness-prelude.ts';

export const conduct: readonly Case[] = [
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
    name: 'a flood of errors',
    program: "on(() => { for (;;) fs.writeSync(2, 'x'.repeat(1 << 20)); });",
    kinds: ['protocol'],
  },
  {
    name: 'half a frame, then the end',
    program: "on((seq) => { raw(head('R', seq, 100)); raw(Buffer.from('[[')); process.exit(0); });",
    kinds: ['crash'],
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
  {
    name: 'a flood after a right answer',
    program: "on((seq) => { answer(seq, 1, 'x'); for (;;) raw(Buffer.alloc(1 << 20, 7)); });",
    kinds: ['output-limit', 'protocol'],
  },
  {
    name: 'a flood of errors beside right answers',
    program:
      "setInterval(() => { try { fs.writeSync(2, 'x'.repeat(1 << 16)); } catch {} }, 0); on((seq) => answer(seq, 1, 'x'));",
    kinds: 'rows-or-failure',
  },
  {
    name: 'a flood of errors that nobody waits through',
    program: "on((seq) => { answer(seq, 1, 'x'); for (;;) fs.writeSync(2, 'x'.repeat(1 << 20)); });",
    kinds: ['protocol'],
  },
  {
    name: 'children that flood',
    program:
      "on((seq) => { const { spawn } = require('node:child_process'); for (let i = 0; i < 3; i++) spawn(process.execPath, ['-e', 'for (;;) require(\"fs\").writeSync(1, Buffer.alloc(65536))'], { stdio: 'inherit' }).on('error', () => {}); });",
    kinds: ['output-limit', 'protocol', 'timeout', 'oom', 'stopped', 'crash'],
  },
  {
    name: 'children that nobody waits for',
    program:
      "const { spawn } = require('node:child_process'); setInterval(() => { for (let i = 0; i < 8; i++) spawn('/nobody').on('error', () => {}); spawn(process.execPath, ['-v'], { stdio: 'ignore' }).on('error', () => {}); }, 5); on((seq) => answer(seq, 1, 'x'));",
    kinds: 'rows-or-failure',
  },
  {
    name: 'the end after the first word',
    program: 'hello(); setTimeout(() => process.exit(0), 30);',
    kinds: ['crash', 'protocol', 'stopped'],
  },
  {
    name: 'the end as if killed after the first word',
    program: 'hello(); setTimeout(() => process.exit(137), 30);',
    kinds: ['stopped'],
  },
  { name: 'the end at loading', program: 'serve(() => process.exit(0), () => {});', kinds: ['crash'] },
  {
    name: 'the end right after loading',
    program: 'serve((seq) => { loaded(seq); process.exit(0); }, () => {});',
    kinds: ['crash'],
  },
  { name: 'the end in the middle of rows', program: 'on(() => process.exit(0));', kinds: ['crash'] },
  {
    name: 'the end after a right answer',
    program: "on((seq) => { answer(seq, 1, 'x'); process.exit(0); });",
    kinds: ['crash'],
  },
  { name: 'an exit code of its own', program: 'on(() => process.exit(255));', kinds: ['crash'] },
  {
    name: 'the host’s last words forged',
    program: "on(() => { fs.writeSync(2, 'towpath: idle'); process.exit(0); });",
    kinds: ['stopped', 'crash'],
  },
  {
    name: 'a signal that it gave itself',
    program:
      "on(() => { process.kill(process.pid, 'SIGTERM'); process.kill(process.pid, 'SIGSEGV'); process.abort(); });",
    kinds: ['crash', 'stopped'],
  },
  {
    name: 'deaf to the end of its input',
    program:
      "process.stdin.on('end', () => {}); process.on('SIGTERM', () => {}); setInterval(() => {}, 1e3); on((seq) => answer(seq, 1, 'x'));",
    kinds: 'rows',
  },
  {
    name: 'errors closed, and going on',
    program: "fs.closeSync(2); on((seq) => answer(seq, 1, 'x'));",
    kinds: 'rows',
  },
  {
    name: 'a terminal that is not there',
    program:
      "on((seq) => { try { process.stdout.setRawMode?.(true); } catch {} try { fs.writeFileSync('/dev/tty', 'x'); } catch {} try { fs.writeFileSync('/dev/console', 'x'); } catch {} answer(seq, 1, 'x'); });",
    kinds: 'rows',
  },
  {
    name: 'the other end of its own pipes',
    program:
      "on((seq) => { for (const fd of [0, 1, 2]) for (const where of ['/proc/self/fd/', '/dev/fd/', '/proc/1/fd/']) try { const f = fs.openSync(where + fd, fs.constants.O_RDWR | fs.constants.O_NONBLOCK); fs.writeSync(f, Buffer.alloc(9)); } catch {} });",
    kinds: ['protocol', 'timeout', 'crash'],
  },
  {
    name: 'every file that it may open',
    program:
      "on((seq) => { const l = []; try { for (;;) l.push(fs.openSync('/proc/self/stat')); } catch {} try { for (;;) l.push(require('node:net').createServer().listen(0)); } catch {} });",
    kinds: ['timeout', 'crash', 'oom', 'stopped', 'heap'],
  },
];
