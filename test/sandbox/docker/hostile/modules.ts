/** Code that is written, or nested, in ways that a reader of code may not be ready for. */
import { any, cells, fails, type Snippet } from './snippet.ts';

const nest = (open: string, close: string, times: number) =>
  `export default () => ({ b: typeof (${open.repeat(times)}1${close.repeat(times)}) });`;
const anyEnd = any('code', 'timeout', 'heap', 'oom', 'stopped', 'crash');

export const modules: readonly Snippet[] = [
  { name: 'a byte order mark', code: '\ufeffexport default () => ({ b: 1 });', ends: cells('1') },
  {
    name: 'line ends of Windows',
    code: 'export default function transform(row) {\r\n  return { b: 1 };\r\n}\r\n',
    ends: cells('1'),
  },
  {
    name: 'a hashbang',
    code: '#!/usr/bin/env node\nexport default () => ({ b: 1 });',
    ends: cells('1'),
  },
  {
    name: 'a source map elsewhere',
    code: 'export default () => ({ b: 1 });\n//# sourceMappingURL=file:///etc/passwd\n//# sourceURL=file:///etc/passwd',
    ends: cells('1'),
  },
  {
    name: 'a source map that is thrown with',
    code: "export default () => { throw new Error('x'); };\n//# sourceMappingURL=data:application/json;base64,eyJ2ZXJzaW9uIjozfQ==",
    ends: { rejected: /^x$/ },
  },
  {
    name: 'a comment of HTML',
    code: '<!-- x\nexport default () => ({ b: 1 });',
    ends: fails('code'),
  },
  { name: 'with', code: 'with (Math) {}\nexport default () => ({ b: 1 });', ends: fails('code') },
  {
    name: 'the same name twice',
    code: 'export default () => ({ b: 1 });\nexport default () => ({ b: 2 });',
    ends: fails('code'),
  },
  {
    name: 'a name that is not there',
    code: 'export { nobody as default };',
    ends: fails('code'),
  },
  {
    name: 'export from',
    code: "export * from 'node:fs'; export default () => ({ b: 1 });",
    ends: fails('code'),
  },
  {
    name: 'an import with attributes',
    code: "import x from './x.json' with { type: 'json' }; export default () => ({ b: x });",
    ends: fails('code'),
  },
  {
    name: 'an import of types only',
    code: "import type { X } from 'x'; export default () => ({ b: 1 });",
    ends: cells('1'),
  },
  {
    name: 'await in a loop at the top',
    code: 'for await (const x of []) ; export default () => ({ b: 1 });',
    ends: fails('code'),
  },
  {
    name: 'a throw of a promise at load',
    code: 'throw Promise.reject(1); export default () => ({ b: 1 });',
    ends: fails('code'),
  },
  {
    name: 'a throw of null at load',
    code: 'throw null; export default () => ({ b: 1 });',
    ends: fails('code'),
  },
  {
    name: 'a throw of undefined at load',
    code: 'throw undefined; export default () => ({ b: 1 });',
    ends: fails('code'),
  },
  {
    name: 'memory at load',
    code: 'const l = []; for (;;) l.push(new Array(1e5).fill(1)); export default () => ({ b: 1 });',
    ends: fails('heap', 'oom', 'stopped', 'timeout'),
  },
  {
    name: 'an export that is a proxy',
    code: 'export default new Proxy(function () { return { b: 1 }; }, { get() { for (;;); }, has() { for (;;); } });',
    ends: cells('1'),
  },
  {
    name: 'an export that changes',
    code: 'export default function transform() { return { b: 1 }; }\ntransform = () => ({ b: 2 });',
    ends: cells('2'),
  },
  {
    name: 'using',
    code: 'export default () => { using x = { [Symbol.dispose]() { for (;;); } }; return { b: 1 }; };',
    ends: fails('code', 'timeout'),
  },
  {
    name: 'decorators',
    code: 'const d = (x) => x; @d class A {}; export default () => ({ b: 1 });',
    ends: fails('code'),
  },
  {
    name: 'a namespace',
    code: 'namespace A { export const x = 1; } export default () => ({ b: A.x });',
    ends: fails('code'),
  },
  { name: 'JSX', code: 'export default () => ({ b: <a></a> });', ends: fails('code') },
  { name: 'nothing but NULs', code: `export default 1;${'\0'.repeat(1000)}`, ends: fails('code') },
  { name: 'half a pair', code: "export default () => ({ b: '\ud800'.length });", ends: { cells: [/^1$/] } },
  { name: 'nested calls', code: nest('f(', ')', 50_000), ends: anyEnd },
  { name: 'nested lists', code: nest('[', ']', 50_000), ends: anyEnd },
  { name: 'nested arrows', code: nest('() => (', ')', 12_000), ends: anyEnd },
  { name: 'nested templates', code: nest('`${', '}`', 30_000), ends: anyEnd },
  { name: 'nested negations', code: nest('!', '', 100_000), ends: anyEnd },
  {
    name: 'nested blocks',
    code: `${'{'.repeat(50_000)}${'}'.repeat(50_000)} export default () => ({ b: 1 });`,
    ends: anyEnd,
  },
  {
    name: 'nested types',
    code: `type T = ${'Array<'.repeat(30_000)}1${'>'.repeat(30_000)}; export default () => ({ b: 1 });`,
    ends: anyEnd,
  },
  {
    name: 'nested assertions',
    code: `export default () => ({ b: ${'<any>'.repeat(30_000)}1 });`,
    ends: anyEnd,
  },
  {
    name: 'a long sum',
    code: `export default () => ({ b: ${'1+'.repeat(50_000)}1 });`,
    ends: anyEnd,
  },
  {
    name: 'nested parameters',
    code: `export default () => ({ b: typeof (${'(a='.repeat(10_000)}1${') => 1'.repeat(10_000)}) });`,
    ends: anyEnd,
  },
  {
    name: 'a long pattern',
    code: `export default () => ({ b: /${'(?:'.repeat(30_000)}a${')'.repeat(30_000)}/.test('a') });`,
    ends: anyEnd,
  },
  {
    name: 'many names',
    code: `${Array.from({ length: 9_000 }, (_, i) => `let v${i} = ${i};`).join('')} export default () => ({ b: v1 });`,
    ends: cells('1'),
  },
];
