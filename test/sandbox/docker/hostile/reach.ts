/** Code that looks for a way to anything but the language. */
import { cells, fails, rejected, type Snippet } from './snippet.ts';

const missing = /is not defined|not a function|undefined|Cannot read/;
const noStrings = /Code generation from strings/;

export const reach: readonly Snippet[] = [
  { name: 'process.exit', code: 'process.exit(0);', ends: rejected(missing) },
  { name: 'process.kill', code: 'process.kill(1, 9);', ends: rejected(missing) },
  { name: 'process.binding', code: "process.binding('spawn_sync');", ends: rejected(missing) },
  { name: 'require', code: "require('node:fs').writeFileSync('/tmp/x', 'x');", ends: rejected(missing) },
  { name: 'module.require', code: "module.constructor._load('fs');", ends: rejected(missing) },
  {
    name: 'spawn',
    code: "globalThis.process.mainModule.require('child_process').execSync('id');",
    ends: rejected(missing),
  },
  { name: 'fetch', code: "fetch('http://192.0.2.1/');", ends: rejected(missing) },
  { name: 'WebSocket', code: "new WebSocket('ws://192.0.2.1/');", ends: rejected(missing) },
  { name: 'timers', code: 'setTimeout(() => {}, 1);', ends: rejected(missing) },
  { name: 'microtasks', code: 'queueMicrotask(() => {});', ends: rejected(missing) },
  { name: 'structuredClone', code: 'structuredClone(row);', ends: rejected(missing) },
  { name: 'Buffer', code: "Buffer.from('x');", ends: rejected(missing) },
  { name: 'workers', code: "new Worker('x');", ends: rejected(missing) },
  { name: 'environment', code: 'return { b: process.env.PATH };', ends: rejected(missing) },
  { name: 'WebAssembly', code: 'new WebAssembly.Memory({ initial: 60000 });', ends: rejected(missing) },
  { name: 'SharedArrayBuffer', code: 'new SharedArrayBuffer(8);', ends: rejected(missing) },
  { name: 'Atomics.wait', code: 'Atomics.wait(new Int32Array(8), 0, 0);', ends: rejected(missing) },
  { name: 'FinalizationRegistry', code: 'new FinalizationRegistry(() => {});', ends: rejected(missing) },
  { name: 'eval', code: "(0, eval)('1');", ends: rejected(noStrings) },
  { name: 'Function', code: "new Function('return process')();", ends: rejected(noStrings) },
  {
    name: 'constructor of the row',
    code: "row.constructor.constructor('return process')();",
    ends: rejected(noStrings),
  },
  {
    name: 'constructor of the context',
    code: "context.constructor.constructor('return process')();",
    ends: rejected(noStrings),
  },
  {
    name: 'constructor of the realm',
    code: "globalThis.constructor.constructor('return 1')();",
    ends: rejected(noStrings),
  },
  {
    name: 'constructors of other functions',
    code: `const seen = [];
      for (const f of [async () => {}, function* () {}, async function* () {}]) try { f.constructor('return 1')(); seen.push('made'); } catch (e) { seen.push(e.name); }
      return { b: seen.join() };`,
    ends: cells('EvalError,EvalError,EvalError'),
  },
  {
    name: 'an error made by the engine',
    code: `const seen = [];
      for (const f of [() => null.x, () => undefined(), () => new Array(-1), () => decodeURI('%'), () => BigInt(1.5), () => 'x'.repeat(-1), () => Symbol() + '', () => JSON.parse('{'), () => new (class { #a; static t(o) { return o.#a; } }).constructor.t({})])
        try { f(); } catch (e) { seen.push(e instanceof Error && e.constructor.constructor === Function); }
      return { b: seen.every(Boolean) ? 'own realm' : 'leak' };`,
    ends: cells('own realm'),
  },
  {
    name: 'deep recursion makes its error in this realm',
    code: `function f() { f(); } try { f(); } catch (e) { return { b: e.constructor.constructor === Function ? 'own realm' : 'leak' }; }`,
    ends: cells('own realm'),
  },
  {
    name: 'call sites',
    code: `let saw = 'shut';
      Error.prepareStackTrace = (e, sites) => { for (const s of sites) if (s.getThis() !== undefined || s.getFunction() !== undefined) saw = 'open'; if (sites.constructor !== Array || sites.constructor.constructor !== Function) saw = 'leak'; return ''; };
      new Error('x').stack;
      return { b: saw };`,
    ends: cells('shut'),
  },
  {
    name: 'import.meta',
    code: 'export default () => ({ b: Object.keys(import.meta).length });',
    ends: fails('code'),
  },
  {
    name: 'static import',
    code: "import fs from 'node:fs'; export default () => ({ b: typeof fs });",
    ends: fails('code'),
  },
  {
    name: 'import of a file',
    code: "import '/etc/passwd'; export default () => ({ b: 1 });",
    ends: fails('code'),
  },
  {
    name: 'import of data',
    code: "import 'data:text/javascript,1'; export default () => ({ b: 1 });",
    ends: fails('code'),
  },
  { name: 'top-level await', code: 'await 1; export default () => ({ b: 1 });', ends: fails('code') },
  { name: 'the caller', code: 'return { b: arguments.callee.caller };', ends: rejected(/caller/) },
  {
    name: 'stacks name nothing of the host',
    code: "return { b: /(\\/usr|\\/home|\\/root|\\/tmp|file:)/.exec(new Error('x').stack)?.[0] ?? 'clean' };",
    ends: cells('clean'),
  },
  {
    name: 'names in the realm',
    code: `const usual = new Set(Object.getOwnPropertyNames(globalThis)); const node = ['process', 'global', 'Buffer', 'URL', 'TextDecoder', 'performance', 'crypto', 'navigator', 'require', 'module', 'exports', 'setInterval', 'setImmediate', 'AbortController', 'EventTarget', 'MessageChannel', 'gc'];
      return { b: node.filter((name) => usual.has(name)).join() };`,
    ends: cells(''),
  },
  {
    name: 'the proto accessor is gone',
    code: 'return { b: String(({}).__proto__) };',
    ends: cells('undefined'),
  },
  { name: 'ShadowRealm', code: 'new ShadowRealm();', ends: rejected(missing) },
  { name: 'debugger', code: 'debugger; return { b: 1 };', ends: cells('1') },
  {
    name: 'the sandbox’s own functions',
    code: 'return { b: __run() };',
    ends: rejected(/busy/),
  },
  {
    name: 'replacing the sandbox’s own functions',
    code: 'globalThis.__run = () => \'R[["forged"]]\';',
    ends: rejected(/read only/),
  },
];
