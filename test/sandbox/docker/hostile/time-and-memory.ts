/** Code that does not end, or grows until something gives. */
import { cells, fails, rejected, type Snippet } from './snippet.ts';

const memory = ['heap', 'oom', 'stopped', 'timeout'] as const;

export const timeAndMemory: readonly Snippet[] = [
  { name: 'loop', code: 'for (;;);', ends: fails('timeout') },
  {
    name: 'loop that catches',
    code: 'for (;;) try { for (;;); } catch {} finally { continue; }',
    ends: fails('timeout'),
  },
  { name: 'loop at load', code: 'for (;;); export default () => ({ b: 1 });', ends: fails('timeout') },
  { name: 'pattern', code: "return { b: /^(a+)+$/.test('a'.repeat(40) + '!') };", ends: fails('timeout') },
  { name: 'getter of the result', code: 'return { get b() { for (;;); } };', ends: fails('timeout') },
  {
    name: 'trap of the result',
    code: 'return new Proxy({}, { ownKeys() { for (;;); }, getPrototypeOf() { return Object.prototype; } });',
    ends: fails('timeout'),
  },
  {
    name: 'prototype trap',
    code: 'return new Proxy({}, { getPrototypeOf() { for (;;); } });',
    ends: fails('timeout'),
  },
  { name: 'message of an error', code: 'throw { get message() { for (;;); } };', ends: fails('timeout') },
  {
    name: 'stack of an error',
    code: 'throw { message: "x", get stack() { for (;;); } };',
    ends: fails('timeout'),
  },
  {
    name: 'toJSON of a thrown value',
    code: 'throw { message: { toJSON() { for (;;); } } };',
    ends: fails('timeout'),
  },
  {
    name: 'trap of a function',
    code: 'export default new Proxy(() => 1, { apply() { for (;;); } });',
    ends: fails('timeout'),
  },
  {
    name: 'generator',
    code: 'function* g() { for (;;) yield 1; } for (const x of g());',
    ends: fails('timeout'),
  },
  {
    name: 'microtasks without end',
    code: 'const f = () => Promise.resolve().then(f); f(); return { b: 1 };',
    ends: fails('timeout', 'heap'),
  },
  {
    name: 'await without end',
    code: '(async () => { for (;;) await null; })(); return { b: 1 };',
    ends: fails('timeout', 'heap'),
  },
  {
    name: 'thenable without end',
    code: 'const t = { then(r) { r(t); } }; (async () => { await t; })(); return { b: 1 };',
    ends: fails('timeout', 'heap'),
  },
  { name: 'sort', code: 'new Array(1e6).fill(0).sort(() => { for (;;); });', ends: fails('timeout') },
  {
    name: 'sort of a huge list',
    code: 'for (;;) Array.from({ length: 1e6 }, (_, i) => -i).sort((a, b) => a - b);',
    ends: fails(...memory),
  },
  {
    name: 'fill of a sparse list',
    code: 'for (;;) Array.prototype.fill.call({ length: 2 ** 53 - 1 }, 1);',
    ends: fails(...memory),
  },
  { name: 'huge power', code: 'for (;;) 7n ** 40_000_000n;', ends: fails(...memory) },
  { name: 'bigint in full', code: 'return { b: String(1n << (1n << 29n)).length };', ends: fails(...memory) },
  { name: 'recursion', code: 'const f = () => f(); f();', ends: rejected(/Maximum call stack/) },
  {
    name: 'recursion in a getter',
    code: 'const o = { get b() { return { ...this }; } }; return o;',
    ends: rejected(/Maximum call stack/),
  },
  {
    name: 'loop in the second row',
    code: 'while (row.a === "2"); return { b: row.a };',
    rows: [['1'], ['2'], ['3']],
    ends: fails('timeout'),
  },

  { name: 'list', code: 'const l = []; for (;;) l.push({ l: [l.length] });', ends: fails(...memory) },
  {
    name: 'list over rows',
    code: 'const l = []; export default (row) => { for (let i = 0; i < 1e6; i++) l.push({ i }); return { b: 1 }; };',
    rows: Array.from({ length: 50 }, () => ['x']),
    ends: fails(...memory),
  },
  {
    name: 'map',
    code: 'const m = new Map(); for (let i = 0; ; i++) m.set(i, { i });',
    ends: fails(...memory, 'code'),
  },
  {
    name: 'buffers',
    code: 'const l = []; for (;;) l.push(new Uint8Array(32 << 20).fill(1));',
    ends: fails(...memory),
  },
  {
    name: 'one huge buffer',
    code: 'return { b: new Uint8Array(2 ** 32).fill(1).length };',
    ends: fails(...memory),
  },
  {
    name: 'resizable buffer',
    code: 'const b = new ArrayBuffer(8, { maxByteLength: 2 ** 32 }); for (let n = 8; ; n += 1 << 24) { b.resize(n); new Uint8Array(b).fill(1); }',
    ends: fails(...memory),
  },
  {
    name: 'text',
    code: "let s = 'x'; for (;;) s += s;",
    ends: rejected(/Invalid string length/),
  },
  {
    name: 'flat text',
    code: "const l = []; for (let i = 0; ; i++) l.push(('x' + i).repeat(1e6).toUpperCase());",
    ends: fails(...memory),
  },
  {
    name: 'joined text',
    code: "return { b: new Array(2 ** 28).fill('xxxxxxxx').join('') };",
    ends: fails(...memory),
  },
  {
    name: 'replaced text',
    code: "let s = 'ab'; for (;;) s = s.replaceAll(/./g, '$&$&');",
    ends: fails(...memory),
  },
  {
    name: 'JSON',
    code: 'let o = {}; for (let i = 0; i < 24; i++) o = { l: o, r: o }; return { b: JSON.stringify(o).length };',
    ends: fails(...memory),
  },
  {
    name: 'closures',
    code: 'let f = () => 1; for (;;) { const g = f; const big = new Array(1000).fill(1); f = () => g() + big.length; }',
    ends: fails(...memory),
  },
  { name: 'proxies', code: 'let p = {}; for (;;) p = new Proxy(p, {});', ends: fails(...memory) },
  { name: 'promises', code: 'const l = []; for (;;) l.push(Promise.reject(1));', ends: fails(...memory) },
  {
    name: 'symbols',
    code: 'for (let i = 0; ; i++) Symbol.for(String(i).repeat(100));',
    ends: fails(...memory),
  },
  {
    name: 'patterns',
    code: 'const l = []; for (let i = 0; ; i++) { const r = /(?:x|y)*z/; r.test("x".repeat(i % 99)); r.i = i; l.push(r); }',
    ends: fails(...memory),
  },

  { name: 'the clock', code: 'return { b: Date.now() };', ends: fails('not-repeatable') },
  {
    name: 'the clock, caught',
    code: 'try { new Date(); } catch {} return { b: 1 };',
    ends: fails('not-repeatable'),
  },
  { name: 'the clock in words', code: 'return { b: Date() };', ends: fails('not-repeatable') },
  {
    name: 'the clock by a subclass',
    code: 'class D extends Date {} return { b: new D() };',
    ends: fails('not-repeatable'),
  },
  {
    name: 'the clock by the constructor',
    code: 'return { b: new (new Date(0).constructor)().getTime() };',
    ends: fails('not-repeatable'),
  },
  {
    name: 'the clock by Reflect',
    code: 'return { b: Reflect.construct(Date, []).getTime() };',
    ends: fails('not-repeatable'),
  },
  {
    name: 'the clock by a format',
    code: "return { b: new Intl.DateTimeFormat('en').format() };",
    ends: fails('not-repeatable'),
  },
  {
    name: 'the clock at load',
    code: 'const now = Date.now(); export default () => ({ b: now });',
    ends: fails('not-repeatable'),
  },
  { name: 'chance', code: 'return { b: Math.random() };', ends: fails('not-repeatable') },
  {
    name: 'dates that are given go on working',
    code: "class D extends Date {} return { b: [new Date(2020, 1, 2, 3), new Date('2020-02-02T03:00:00Z'), new D(0), new Date(new Date(5)), Date.UTC(1970, 0, 1), new Intl.DateTimeFormat('en').format(new Date(0)), new Date(0) instanceof Date, Object.prototype.toString.call(new Date(0))].map((d) => d instanceof Date ? d.toISOString() : d).join() };",
    ends: cells(
      '2020-02-02T03:00:00.000Z,2020-02-02T03:00:00.000Z,1970-01-01T00:00:00.000Z,1970-01-01T00:00:00.005Z,0,1/1/1970,true,[object Date]',
    ),
  },
];
