/** Code that looks for something that is different tomorrow: clocks, chance, places, languages, what was collected. */
import { cells, fails, rejected, type Snippet } from './snippet.ts';

const missing = /is not defined|not a function|undefined|Cannot read|not a constructor/;

export const steadiness: readonly Snippet[] = [
  { name: 'performance.now', code: 'return { b: performance.now() };', ends: rejected(missing) },
  { name: 'hrtime', code: 'return { b: process.hrtime.bigint() };', ends: rejected(missing) },
  { name: 'Temporal.Now', code: 'return { b: Temporal.Now.instant() };', ends: rejected(missing) },
  { name: 'crypto', code: 'return { b: crypto.randomUUID() };', ends: rejected(missing) },
  { name: 'WeakRef', code: 'return { b: new WeakRef({}).deref() };', ends: rejected(missing) },
  { name: 'console.time', code: 'console.time("x"); return { b: 1 };', ends: rejected(missing) },
  {
    name: 'an alias of chance',
    code: "const r = Math['ran' + 'dom']; return { b: r.call(null) };",
    ends: fails('not-repeatable'),
  },
  {
    name: 'chance that was kept at load',
    code: 'const { random } = Math; delete Math.random; export default () => ({ b: random() });',
    ends: fails('not-repeatable'),
  },
  {
    name: 'chance, caught, in one row of many',
    code: 'try { if (row.a === "2") Math.random(); } catch {} return { b: row.a };',
    rows: [['1'], ['2'], ['3']],
    ends: fails('not-repeatable'),
  },
  {
    name: 'a moment by Reflect.construct with another target',
    code: 'return { b: Reflect.construct(Date, [], Object) };',
    ends: fails('not-repeatable'),
  },
  {
    name: 'a moment by bind',
    code: 'return { b: new (Date.bind(null))() };',
    ends: fails('not-repeatable'),
  },
  {
    name: 'a moment by apply',
    code: 'return { b: Date.apply(null, []) };',
    ends: fails('not-repeatable'),
  },
  {
    name: 'a moment by a class that hides its arguments',
    code: 'class D extends Date { constructor() { super(...[]); } } return { b: new D() };',
    ends: fails('not-repeatable'),
  },
  {
    name: 'a moment by a proxy of Date',
    code: 'return { b: new (new Proxy(Date, {}))() };',
    ends: fails('not-repeatable'),
  },
  {
    name: 'a moment by parts',
    code: "return { b: new Intl.DateTimeFormat('en').formatToParts().length };",
    ends: fails('not-repeatable'),
  },
  {
    name: 'a moment by undefined',
    code: "return { b: new Intl.DateTimeFormat('en').format(undefined) };",
    ends: fails('not-repeatable'),
  },
  {
    name: 'a moment that is taken out of its format',
    code: "const get = Object.getOwnPropertyDescriptor(Intl.DateTimeFormat.prototype, 'format').get; return { b: get.call(new Intl.DateTimeFormat('en'))() };",
    ends: fails('not-repeatable'),
  },
  {
    name: 'a date of undefined is no moment',
    code: 'return { b: String(new Date(undefined)) + typeof new Date(2020, 0).getTime() };',
    ends: cells('Invalid Datenumber'),
  },
  {
    name: 'the place and the language',
    code: `const { timeZone, locale } = new Intl.DateTimeFormat().resolvedOptions();
      return { b: [timeZone, locale, new Date(2020, 5, 1).getTimezoneOffset(), (1234.5).toLocaleString(), new Date(0).toLocaleString(), ['ä', 'z', 'a'].sort((x, y) => x.localeCompare(y)).join('')].join(' ') };`,
    ends: cells('UTC en-US 0 1,234.5 1/1/1970, 12:00:00 AM aäz'),
  },
  {
    name: 'an order that is given',
    code: 'return { b: [...new Set([3, 1, 2])].join() + Object.keys({ b: 1, 2: 1, a: 1, 1: 1 }).join() + Array.from({ length: 600 }, (_, i) => ({ k: i % 2, i })).sort((x, y) => x.k - y.k).every((x, i, l) => i === 0 || l[i - 1].k < x.k || l[i - 1].i < x.i) };',
    ends: cells('3,1,21,2,b,atrue'),
  },
  {
    name: 'a shared counter to wait by',
    code: 'const a = new Int32Array(new ArrayBuffer(4)); return { b: typeof Atomics + typeof SharedArrayBuffer + a.buffer.constructor.name };',
    ends: cells('undefinedundefinedArrayBuffer'),
  },
];
