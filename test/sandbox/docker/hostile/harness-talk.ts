/** A harness in the wrong hands that says what it should not: frames, answers, faults. */
import type { Case } from './harness-prelude.ts';

export const talk: readonly Case[] = [
  {
    name: 'a flood of frames',
    program: "on((seq) => { for (;;) send('R', seq, '[]'); });",
    kinds: ['protocol'],
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
    program: "on((seq) => answer(seq + 1, 1, 'x'));",
    kinds: ['protocol'],
  },
  {
    name: 'an answer nobody asked for',
    program: "serve((seq) => { loaded(seq); send('R', seq + 5, '[]'); }, () => {});",
    kinds: ['protocol'],
  },
  {
    name: 'two answers',
    program: "on((seq) => { answer(seq, 1, 'x'); answer(seq, 1, 'y'); });",
    kinds: ['protocol'],
  },
  {
    name: 'an answer of no known type',
    program: "on((seq) => send('\\u00ff', seq, '[[\"x\"]]'));",
    kinds: ['protocol'],
  },
  {
    name: 'no UTF-8',
    program: "on((seq) => { raw(head('R', seq, 6)); raw(Buffer.from([0x31, 0, 0xff, 0xfe, 0x80, 0xc0])); });",
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
  { name: 'an answer without rows', program: "on((seq) => answer(seq, ''));", kinds: ['protocol'] },
  { name: 'nothing', program: "on((seq) => send('R', seq, ''));", kinds: ['protocol'] },
  { name: 'too few rows', program: 'on((seq) => answer(seq, 0));', kinds: ['protocol'] },
  { name: 'too few cells', program: 'on((seq) => answer(seq, 1));', kinds: ['protocol'] },
  { name: 'too many cells', program: "on((seq) => answer(seq, 1, 'x', 'y'));", kinds: ['protocol'] },
  {
    name: 'too many rows',
    program: "on((seq) => answer(seq, 1e6, ...new Array(1e5).fill('x')));",
    kinds: ['protocol'],
  },
  {
    name: 'a number of rows in other words',
    program: "on((seq) => answer(seq, '1.0', 'x'));",
    kinds: ['protocol'],
  },
  { name: 'a number of rows below none', program: "on((seq) => answer(seq, -1, 'x'));", kinds: ['protocol'] },
  {
    name: 'nothing but separators',
    program: "on((seq) => send('R', seq, '1' + '\\0'.repeat((16 << 20) - 9)));",
    kinds: ['protocol'],
  },
  { name: 'JSON', program: "on((seq) => send('R', seq, '[[\"x\"]]'));", kinds: ['protocol'] },
  {
    name: 'JSON for the prototype',
    program: 'on((seq) => send(\'R\', seq, \'{"__proto__":{"polluted":1}}\'));',
    kinds: ['protocol'],
  },
  {
    name: 'JSON without bottom',
    program: "on((seq) => send('R', seq, '['.repeat(8e6)));",
    kinds: ['protocol'],
  },
  {
    name: 'a cell as long as a frame',
    program: "on((seq) => answer(seq, 1, 'x'.repeat((16 << 20) - 2)));",
    kinds: 'rows',
  },
  {
    name: 'a rejection that paints the screen',
    program: "on((seq) => answer(seq, 1, '\\u00021 \\u001b[2J\\u202e\\u2028' + 'x'.repeat(1e6)));",
    kinds: 'rows',
  },
  {
    name: 'a rejection with a line that is none',
    program: "on((seq) => answer(seq, 1, '\\u000299999999999999999999 x'));",
    kinds: 'rows',
  },
  {
    name: 'a fault that paints the screen',
    program:
      "on((seq) => send('E', seq, JSON.stringify({ kind: 'code', message: '\\u001b[2J\\u202e'.repeat(1e3), row: -7, line: 1e99 })));",
    kinds: ['code'],
  },
  {
    name: 'a fault that is far too long',
    program: "on((seq) => send('E', seq, JSON.stringify({ kind: 'code', message: 'x'.repeat(15e6) })));",
    kinds: ['protocol'],
  },
  {
    name: 'a fault without bottom',
    program: "on((seq) => send('E', seq, '['.repeat(6e4)));",
    kinds: ['protocol'],
  },
  {
    name: 'a fault for the prototype',
    program:
      'on((seq) => send(\'E\', seq, \'{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"kind":"code","message":"x"}\'));',
    kinds: ['code'],
  },
  {
    name: 'a fault of a row that was not sent',
    program:
      'on((seq) => send(\'E\', seq, \'{"kind":"timeout","message":"x","row":4294967296,"line":-0}\'));',
    kinds: ['timeout'],
  },
  {
    name: 'answers before questions',
    program: "hello(); loaded(1); answer(2, 1, 'x'); answer(3, 1, 'y'); setInterval(() => {}, 1e3);",
    kinds: ['protocol'],
  },
  {
    name: 'the next answer with this one',
    program: "on((seq) => { answer(seq, 1, 'x'); answer(seq + 1, 1, 'y'); });",
    kinds: ['protocol'],
  },
  { name: 'the largest sequence', program: "on((seq) => answer(0xffffffff, 1, 'x'));", kinds: ['protocol'] },
  {
    name: 'first words over and over',
    program: 'on((seq) => { for (let i = 0; i < 1e4; i++) hello(); });',
    kinds: ['protocol'],
  },
  { name: 'two first words', program: 'hello(); hello(); setInterval(() => {}, 1e3);', kinds: ['protocol'] },
  {
    name: 'a first word of 16 MB',
    program:
      "send('H', 0, JSON.stringify({ node: 'v99.0.0', x: 'x'.repeat(15e6) })); setInterval(() => {}, 1e3);",
    kinds: ['protocol'],
  },
  {
    name: 'a first word for the prototype',
    program: 'send(\'H\', 0, \'{"__proto__":{"node":"v99.0.0","polluted":1}}\'); setInterval(() => {}, 1e3);',
    kinds: ['protocol'],
  },
  {
    name: 'loading answered twice',
    program: 'serve((seq) => { loaded(seq); loaded(seq); }, () => {});',
    kinds: ['protocol'],
  },
  {
    name: 'loading answered with a fault that is none',
    program: "serve((seq) => send('E', seq, '7'), () => {});",
    kinds: ['protocol'],
  },
  {
    name: 'a frame of empty frames',
    program: 'on((seq) => raw(Buffer.alloc(9 * 1e5)));',
    kinds: ['protocol'],
  },
  {
    name: 'a drip',
    program:
      "on((seq) => { const b = Buffer.concat([head('R', seq, 1e6), Buffer.alloc(1e6, 'x')]); let i = 0; setInterval(() => raw(b.subarray(i, ++i)), 20); });",
    kinds: ['timeout'],
  },
  {
    name: 'single bytes of a large frame',
    program: "on((seq) => { raw(head('R', seq, 16 << 20)); for (;;) raw(Buffer.from('x')); });",
    kinds: ['timeout', 'protocol'],
  },
];
