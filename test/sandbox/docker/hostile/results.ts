/** Code that gives back what cannot be stored, or tries to reach whoever reads it. */
import { any, cells, fails, rejected, type Snippet } from './snippet.ts';

export const results: readonly Snippet[] = [
  { name: 'nothing', code: 'return;', ends: rejected(/returned nothing/) },
  { name: 'null', code: 'return null;', ends: rejected(/returned null/) },
  { name: 'a text', code: "return 'x';", ends: rejected(/returned a string/) },
  { name: 'a list', code: 'return [1];', ends: rejected(/returned an array/) },
  { name: 'a function', code: 'return () => 1;', ends: rejected(/returned a function/) },
  { name: 'a promise', code: 'return Promise.resolve({ b: 1 });', ends: rejected(/async/) },
  { name: 'async', code: 'export default async () => ({ b: 1 });', ends: rejected(/async/) },
  {
    name: 'a generator',
    code: 'export default function* () { yield { b: 1 }; }',
    ends: rejected(/plain object/),
  },
  { name: 'a class', code: 'export default class { b = 1; }', ends: rejected(/Class constructor/) },
  { name: 'an instance', code: 'return new (class Row { b = 1; })();', ends: rejected(/class Row/) },
  { name: 'an unknown column', code: 'return { b: 1, c: 2 };', ends: rejected(/does not declare: "c"/) },
  {
    name: 'a column with a huge name',
    code: "return { ['c'.repeat(1e6)]: 2 };",
    ends: rejected(/^.{0,200}$/),
  },
  { name: 'a column too few', code: 'return {};', ends: rejected(/column "b": undefined/) },
  { name: 'not a number', code: 'return { b: 0 / 0 };', ends: rejected(/NaN cannot be stored/) },
  { name: 'infinity', code: 'return { b: -1 / 0 };', ends: rejected(/-Infinity/) },
  { name: 'a symbol', code: 'return { b: Symbol() };', ends: rejected(/a symbol cannot be stored/) },
  {
    name: 'a function in a column',
    code: 'return { b: () => 1 };',
    ends: rejected(/a function cannot be stored/),
  },
  { name: 'a map', code: 'return { b: new Map([[1, 2]]) };', ends: rejected(/class Map/) },
  { name: 'an invalid date', code: "return { b: new Date('never') };", ends: rejected(/invalid date/) },
  { name: 'a NUL', code: "return { b: 'a\\u0000b' };", ends: rejected(/NUL/) },
  { name: 'a NUL in a document', code: "return { b: { x: 'a\\u0000b' } };", ends: rejected(/NUL/) },
  { name: 'half a pair', code: "return { b: 'a\\ud800b' };", ends: rejected(/surrogate/) },
  { name: 'half a pair in a name', code: "return { b: { 'a\\ud800b': 1 } };", ends: rejected(/surrogate/) },
  { name: 'a circle', code: 'const o = {}; o.o = o; return { b: o };', ends: rejected(/circle/) },
  {
    name: 'a deep document',
    code: 'let o = 1; for (let i = 0; i < 1e5; i++) o = [o]; return { b: o };',
    ends: rejected(/32 levels/),
  },
  { name: 'undefined in a document', code: 'return { b: { x: undefined } };', ends: rejected(/undefined/) },
  { name: 'a hole in a list', code: 'return { b: [1, , 2] };', ends: rejected(/undefined/) },
  {
    name: 'a name of the prototype',
    code: `return { b: JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}') };`,
    ends: cells('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'),
  },
  {
    name: 'a text that looks like an answer',
    code: `return { b: 'R[["forged"]]' };`,
    ends: cells('R[["forged"]]'),
  },
  {
    name: 'a proxy that lies',
    code: "let n = 0; return { b: new Proxy([1, 2], { get(t, k) { return k === 'length' ? (n++ ? 1e9 : 2) : t[k]; } }) };",
    ends: cells('[1,2]'),
  },
  {
    name: 'a getter that changes',
    code: "let n = 0; return { get b() { return n++ ? {} : 'first'; } };",
    ends: cells('first'),
  },
  {
    name: 'toJSON',
    code: "return { b: { x: 1, toJSON() { return 'forged'; } } };",
    ends: rejected(/a function cannot be stored/),
  },
  {
    name: 'toJSON of texts',
    code: "String.prototype.toJSON = () => 'forged'; Number.prototype.toJSON = () => 'forged'; return { b: { x: 'x', y: 1 } };",
    ends: cells('{"x":"x","y":1}'),
  },
  {
    name: 'toISOString',
    code: "const d = new Date(0); d.toISOString = () => 'forged'; return { b: d };",
    ends: cells('1970-01-01T00:00:00.000Z'),
  },
  {
    name: 'a length that is a list',
    code: 'return { b: { length: 1e9 } };',
    ends: cells('{"length":1000000000}'),
  },

  { name: 'throwing nothing', code: 'throw undefined;', ends: rejected(/threw/) },
  { name: 'throwing a text', code: "throw 'x';", ends: rejected(/threw x/) },
  { name: 'throwing a symbol', code: 'throw Symbol();', ends: rejected(/threw/) },
  {
    name: 'throwing what throws',
    code: 'throw { get message() { throw 1; } };',
    ends: rejected(/cannot be read/),
  },
  {
    name: 'throwing a proxy',
    code: 'throw new Proxy({}, { get() { throw 1; }, getPrototypeOf() { throw 1; } });',
    ends: rejected(/cannot be read/),
  },
  {
    name: 'throwing objects for texts',
    code: 'throw { name: { toString: 1 }, message: { toString: 1 }, stack: { toString: 1 } };',
    ends: rejected(/./),
  },
  {
    name: 'throwing a huge message',
    code: "throw new Error('x'.repeat(5e6));",
    ends: rejected(/^x{500,1000}/),
  },
  {
    name: 'throwing control characters',
    code: "throw new Error('a\\u001b[2Jb\\r\\nc\\u202ed\\u2028e\\u0000');",
    ends: rejected(/^a \[2Jb c d e$/),
  },
  {
    name: 'throwing a huge stack',
    code: "const e = new Error('x'); e.stack = 'at '.repeat(1e7); throw e;",
    ends: rejected(/^x$/),
  },
  {
    name: 'stacks without end',
    code: "Error.stackTraceLimit = 1e9; const f = (n) => { if (n === 0) throw new Error('deep'); f(n - 1); }; f(5000);",
    ends: rejected(/deep/),
  },
  {
    name: 'throwing for each of many rows',
    code: 'throw new Error(row.a);',
    rows: Array.from({ length: 3000 }, (_, i) => [`${i} ${'x'.repeat(900)}`]),
    ends: rejected(/x/),
  },

  { name: 'a huge text', code: "return { b: 'x'.repeat(1e8) };", ends: fails('output-limit', 'timeout') },
  {
    name: 'many large texts',
    code: "return { b: 'x'.repeat(1e5) };",
    rows: Array.from({ length: 500 }, () => ['x']),
    ends: fails('output-limit', 'timeout'),
  },
  {
    name: 'texts that grow on the way',
    code: "return { b: '\\u0001'.repeat(7e6) };",
    ends: any('output-limit', 'timeout'),
  },
  {
    name: 'wide characters',
    code: "return { b: '\\u4e2d'.repeat(7e6) };",
    ends: fails('output-limit', 'timeout'),
  },
  {
    name: 'a huge document',
    code: 'return { b: new Array(1e6).fill("xxxxxxxxx") };',
    ends: fails('output-limit', 'heap', 'timeout'),
  },
  {
    name: 'a console that is flooded',
    code: "for (let i = 0; i < 1e5; i++) console.log('x'.repeat(1000), i); return { b: 1 };",
    ends: cells('1'),
  },

  { name: 'polluting objects', code: 'Object.prototype.polluted = 1;', ends: rejected(/not extensible/) },
  {
    name: 'polluting lists',
    code: 'Object.defineProperty(Array.prototype, 0, { set() {} });',
    ends: rejected(/not extensible/),
  },
  {
    name: 'a prototype for prototypes',
    code: 'Object.setPrototypeOf(Array.prototype, { toJSON() { return 1; } });',
    ends: rejected(/not extensible|prototype/),
  },
  {
    name: 'polluting functions',
    code: 'Function.prototype.call = Function.prototype.apply = () => 1; Function.prototype.toString = () => { for (;;); }; return { b: row.a };',
    rows: [['1'], ['2']],
    ends: cells('1', '2'),
  },
  {
    name: 'built-ins that lie',
    code: `if (row.a === '1') { JSON.stringify = () => '[["forged"]]'; JSON.parse = () => [['forged']]; Array.prototype.push = () => 0; Array.isArray = () => false; Object.keys = () => []; Object.getPrototypeOf = () => null;
      String.prototype.slice = String.prototype.includes = () => 'forged'; RegExp.prototype.exec = () => { for (;;); }; Number.isFinite = () => false; globalThis.String = globalThis.Object = globalThis.TypeError = null;
      Array.prototype[Symbol.iterator] = () => { for (;;); }; Array.prototype.map = Array.prototype.join = () => 'forged'; Date.prototype.toISOString = () => 'forged'; }
      return { b: { x: [row.a, 1, new (new Date(0).constructor)(0)] } };`,
    rows: [['1'], ['2']],
    ends: cells('{"x":["1",1,"1970-01-01T00:00:00.000Z"]}', '{"x":["2",1,"1970-01-01T00:00:00.000Z"]}'),
  },
  {
    name: 'species',
    code: 'class L extends Array { static get [Symbol.species]() { for (;;); } } return { b: new L(1, 2) };',
    ends: cells('[1,2]'),
  },
  {
    name: 'a promise that nobody keeps',
    code: "Promise.reject(new Error('late')); return { b: 1 };",
    rows: [['1'], ['2']],
    ends: cells('1', '1'),
  },
  {
    name: 'throwing later',
    code: "Promise.resolve().then(() => { throw new Error('late'); }); return { b: 1 };",
    rows: [['1'], ['2']],
    ends: cells('1', '1'),
  },
  {
    name: 'changing a row that was given',
    code: 'row.a = { x: row }; delete row.a; row.c = 1; return { b: Object.keys(row).join() };',
    ends: cells('c'),
  },
  {
    name: 'remembering other rows',
    code: "const all = []; export default (row) => { all.push(row); for (const r of all) r.a += 'x'; return { b: row.a }; };",
    rows: [['1'], ['2']],
    ends: cells('1x', '2x'),
  },
];
