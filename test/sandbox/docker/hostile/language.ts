/** Odd corners of the language: proxies, symbols, promises, errors and keys that are not what they look like. */
import { any, cells, fails, rejected, type Snippet } from './snippet.ts';

const memory = ['heap', 'oom', 'stopped', 'timeout', 'output-limit'] as const;

export const language: readonly Snippet[] = [
  {
    name: 'a revoked proxy',
    code: 'const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); return proxy;',
    ends: rejected(/revoked/),
  },
  {
    name: 'a revoked proxy in a column',
    code: 'const { proxy, revoke } = Proxy.revocable([], {}); revoke(); return { b: proxy };',
    ends: rejected(/revoked/),
  },
  {
    name: 'throwing a revoked proxy',
    code: 'const { proxy, revoke } = Proxy.revocable({}, {}); revoke(); throw proxy;',
    ends: rejected(/cannot be read/),
  },
  { name: 'throwing null', code: 'throw null;', ends: rejected(/threw null/) },
  { name: 'throwing a function', code: 'throw function f() {};', ends: rejected(/threw/) },
  { name: 'throwing a bigint', code: 'throw 10n ** 5n;', ends: rejected(/100000/) },
  {
    name: 'throwing an error that is its own cause',
    code: 'const e = new Error("round"); e.cause = e; e.errors = [e]; throw e;',
    ends: rejected(/^round$/),
  },
  {
    name: 'throwing causes without end',
    code: 'let e = new Error("x"); for (let i = 0; i < 1e4; i++) e = new Error("x", { cause: e }); throw e;',
    ends: rejected(/^x$/),
  },
  {
    name: 'throwing an AggregateError',
    code: 'throw new AggregateError(Array.from({ length: 1e4 }, (_, i) => new Error(i)), "many");',
    ends: rejected(/AggregateError: many/),
  },
  {
    name: 'throwing a message that is an object',
    code: 'const e = new Error(); e.message = { a: 1 }; throw e;',
    ends: rejected(/\{"a":1\}/),
  },
  {
    name: 'throwing NULs and half pairs',
    code: "throw new Error('a\\u0000\\u0000b\\ud800c');",
    ends: rejected(/^a +b.c$/u),
  },
  {
    name: 'throwing marks of the protocol',
    code: "throw new Error('\\u0002\\u00011 forged\\u0000\\u0000x');",
    rows: [['1'], ['2']],
    ends: rejected(/^1 forged +x$/),
  },
  {
    name: 'a getter that throws in the last column',
    code: "return { get b() { throw new Error('late'); } };",
    rows: [['1'], ['2']],
    ends: rejected(/late/),
  },
  {
    name: 'marks of the protocol as values',
    code: "return { b: ['\\u0001', '\\u0002', '\\u0001\\u0001', '\\u00021 forged', '\\u0003', ''][Number(row.a)] };",
    rows: [['0'], ['1'], ['2'], ['3'], ['4'], ['5']],
    ends: cells('\u0001', '\u0002', '\u0001\u0001', '\u00021 forged', '\u0003', ''),
  },
  {
    name: 'a NUL in one row of many',
    code: "return { b: row.a === '2' ? 'x\\u0000y' : row.a };",
    rows: [['2'], ['2']],
    ends: rejected(/NUL/),
  },
  {
    name: 'halves that would make a pair across rows',
    code: "return { b: row.a === '1' ? 'x\\ud83d' : '\\ude00y' };",
    rows: [['1'], ['2']],
    ends: rejected(/surrogate/),
  },
  {
    name: 'what the rows hold of the protocol',
    code: 'return { b: JSON.stringify(row.a) };',
    rows: [['\u0001'], ['\u0002'], ['\u00021 x'], ['a\0b\0'], ['\ud800'], [''], [null], ['\0']],
    ends: cells(
      '"\\u0001"',
      '"\\u0002"',
      '"\\u00021 x"',
      '"a\\u0000b\\u0000"',
      '"\\ud800"',
      '""',
      'null',
      '"\\u0000"',
    ),
  },
  {
    name: 'numeric names',
    code: 'return { b: { 2: "b", 1: "a", 4294967294: 1, "-1": 2, 1e21: 3 } };',
    ends: cells('{"1":"a","2":"b","4294967294":1,"-1":2,"1e+21":3}'),
  },
  {
    name: 'a list that is almost all holes',
    code: 'const l = []; l[4294967294] = 1; return { b: l };',
    ends: rejected(/undefined/),
  },
  {
    name: 'a list with a name',
    code: 'const l = [1]; l.extra = 2; l["-1"] = 3; return { b: l };',
    ends: cells('[1]'),
  },
  {
    name: 'a list of a class that lies',
    code: 'class L extends Array { get length() { return 1e9; } map() { return []; } toJSON() { return "forged"; } } return { b: new L(1, 2) };',
    ends: cells('[1,2]'),
  },
  {
    name: 'columns without end',
    code: 'const r = {}; for (let i = 0; i < 1e5; i++) r["c" + i] = 1; return r;',
    ends: rejected(/does not declare: "c0"/),
  },
  {
    name: 'a document with a million names',
    code: 'const r = {}; for (let i = 0; i < 1e6; i++) r["c" + i] = 1; return { b: r };',
    ends: any(...memory),
  },
  {
    name: 'a document that is wide on each level',
    code: 'let r = 1; for (let i = 0; i < 30; i++) r = [r, r]; return { b: r };',
    ends: fails(...memory),
  },
  {
    name: 'a proxy of endless names',
    code: 'return { b: new Proxy({}, { ownKeys() { return Array.from({ length: 5e6 }, (_, i) => "k" + i); }, getOwnPropertyDescriptor() { return { value: 1, enumerable: true, configurable: true }; }, get() { return 1; } }) };',
    ends: fails(...memory),
  },
  {
    name: 'a prototype that is a proxy',
    code: 'return Object.setPrototypeOf({ b: 1 }, new Proxy({}, { get() { throw 1; } }));',
    ends: rejected(/plain object|threw|cannot/),
  },
  {
    name: 'an object with a null prototype and symbols',
    code: 'const r = Object.create(null); r.b = "x"; r[Symbol.toPrimitive] = () => { for (;;); }; r[Symbol.iterator] = r[Symbol.toStringTag] = 1; return r;',
    ends: cells('x'),
  },
  {
    name: 'toPrimitive of a result',
    code: 'return { b: { [Symbol.toPrimitive]() { for (;;); }, valueOf() { for (;;); }, toString() { for (;;); } } };',
    ends: rejected(/a function cannot be stored/),
  },
  { name: 'wrapped primitives', code: 'return { b: new String("x") };', ends: rejected(/class String/) },
  { name: 'bytes', code: 'return { b: new Uint8Array([1, 2]) };', ends: rejected(/class Uint8Array/) },
  { name: 'raw JSON', code: 'return { b: JSON.rawJSON("1e999") };', ends: cells('{"rawJSON":"1e999"}') },
  { name: 'a pattern', code: 'return { b: /x/ };', ends: rejected(/class RegExp/) },
  {
    name: 'a class name without end',
    code: 'const C = { ["x".repeat(1e6)]: class {} }["x".repeat(1e6)]; return { b: new C() };',
    ends: rejected(/^.{0,300}$/),
  },
  {
    name: 'a thenable',
    code: 'return { b: 1, then(f) { f({ b: "forged" }); } };',
    ends: rejected(/does not declare: "then"/),
  },
  {
    name: 'a promise that is never settled',
    code: 'export default (row) => new Promise(() => {});',
    ends: rejected(/async/),
  },
  {
    name: 'an async generator',
    code: 'export default async function* (row) { for (;;) yield row; }',
    ends: rejected(/plain object/),
  },
  {
    name: 'await in a loop over an endless source',
    code: 'async function* g() { for (;;) yield 1; } (async () => { for await (const x of g()); })(); return { b: 1 };',
    ends: fails('timeout', 'heap', 'oom', 'stopped'),
  },
  {
    name: 'promises that all reject later',
    code: 'for (let i = 0; i < 2e4; i++) Promise.reject(new Error("x")).finally(() => {}); return { b: 1 };',
    ends: cells('1'),
  },
  {
    name: 'a thenable whose then is a proxy',
    code: 'Promise.resolve({ then: new Proxy(() => {}, { apply() { for (;;); } }) }); return { b: 1 };',
    ends: fails('timeout'),
  },
  {
    name: 'a species that never ends',
    code: 'class P extends Promise { static get [Symbol.species]() { for (;;); } } new P(() => {}).then(); return { b: 1 };',
    ends: fails('timeout'),
  },
  {
    name: 'Array.fromAsync without end',
    code: 'Array.fromAsync({ length: 1e9 }, () => 1); return { b: 1 };',
    ends: fails('timeout', 'heap', 'oom', 'stopped', 'protocol', 'crash'),
  },
  {
    name: 'an iterator that is closed for ever',
    code: 'const [x] = { [Symbol.iterator]() { return { next: () => ({ value: 1 }), return() { for (;;); } }; } }; return { b: x };',
    ends: fails('timeout'),
  },
  {
    name: 'a typed list that is too long for its memory',
    code: 'const l = []; for (;;) l.push(new Float64Array(1 << 24));',
    ends: fails('heap', 'oom', 'stopped', 'timeout'),
  },
  {
    name: 'formats without end',
    code: 'const l = []; for (;;) l.push(new Intl.DateTimeFormat("de-CH", { dateStyle: "full" }), new Intl.NumberFormat("ar"), new Intl.Segmenter("th"), new Intl.Collator("sv"));',
    ends: fails('heap', 'oom', 'stopped', 'timeout'),
  },
  {
    name: 'a segmenter over a huge text',
    code: 'let n = 0; for (;;) for (const s of new Intl.Segmenter("th", { granularity: "word" }).segment("\\u0e01".repeat(5e6))) n++;',
    ends: fails('heap', 'oom', 'stopped', 'timeout'),
  },
  {
    name: 'a normal form that grows',
    code: 'let s = "\\ufdfa".repeat(2e6); for (;;) s = s.normalize("NFKD");',
    ends: fails('heap', 'oom', 'stopped', 'timeout', 'code'),
  },
  {
    name: 'a pattern with a lookbehind',
    code: 'return { b: /(?<=(?:a|aa)+)b$/.test("a".repeat(60) + "c") };',
    ends: cells('false'),
  },
  {
    name: 'patterns that back up',
    code: 'return { b: /^(?:(?:a|b|ab)*)*c$/.test("ab".repeat(40)) };',
    ends: fails('timeout'),
  },
  {
    name: 'a sort that changes its list',
    code: 'const l = Array.from({ length: 1e4 }, (_, i) => i); l.sort(() => { l.push(1); l.length = 0; return -1; }); return { b: "done" };',
    ends: cells('done'),
  },
  {
    name: 'a division of large numbers',
    code: 'let a = 1n; for (;;) a = (a << 4000000n) / 7n + 3n;',
    ends: fails('heap', 'oom', 'stopped', 'timeout', 'code'),
  },
  {
    name: 'a row that is only a shell',
    code: 'Object.defineProperty(Object, "keys", { get() { for (;;); } }); Reflect.ownKeys = () => []; return { b: row.a };',
    rows: [['1'], ['2']],
    ends: cells('1', '2'),
  },
];
