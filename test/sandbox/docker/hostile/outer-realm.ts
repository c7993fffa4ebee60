/** Code that gets hold of an object of the realm around its own, or of what the two share, and makes use of it. */
import { cells, fails, rejected, type Snippet } from './snippet.ts';

/** An error that node makes while it formats a stack where the stack is full: it belongs to the harness's realm. */
const leak = `
  let outer = null;
  const look = (e) => { if (e?.constructor?.constructor !== Function) outer = e; };
  function fall() { let e; try { e = new Error('x'); } catch {} try { fall(); } catch (f) { try { e?.stack; } catch (g) { look(g); } throw f; } }
  try { fall(); } catch {}
`;
const withLeak = (body: string) =>
  `export default function transform(row) { ${leak} if (outer === null) return { b: 'nothing leaked' }; ${body} }`;
const either = (held: string) => cells(new RegExp(`^(?:nothing leaked|${held})$`));

export const outerRealm: readonly Snippet[] = [
  {
    name: 'a built-in of the outer realm is changed',
    code: withLeak(`
      const done = [];
      const tries = {
        then: () => { outer.constructor.prototype.then = 1; },
        polluted: () => { Object.getPrototypeOf(Object.getPrototypeOf(outer.constructor.prototype)).polluted = 1; },
        define: () => { Object.defineProperty(outer.constructor.constructor.prototype, 'call', { value: () => 1 }); },
        prepare: () => { Object.getPrototypeOf(outer.constructor).prepareStackTrace = () => 1; },
        proto: () => { Object.setPrototypeOf(outer.constructor.prototype, {}); },
        limit: () => { Object.getPrototypeOf(outer.constructor).stackTraceLimit = 0; },
        name: () => { outer.constructor.prototype.name = 'forged'; },
        text: () => { outer.constructor.prototype.toString = () => 'forged'; },
      };
      for (const [name, attempt] of Object.entries(tries)) try { attempt(); done.push(name); } catch {}
      return { b: done.join() || 'shut' };`),
    ends: either('shut'),
  },
  {
    name: 'the outer realm compiles a text',
    code: withLeak(
      "try { outer.constructor.constructor('return process')(); return { b: 'open' }; } catch (e) { return { b: 'shut' }; }",
    ),
    ends: either('shut'),
  },
  {
    name: 'everything that the outer realm leads to',
    code: withLeak(`
      const seen = new Set([outer]), open = [], todo = [Object.getPrototypeOf(outer), outer.constructor];
      while (todo.length > 0) {
        const v = todo.pop();
        if (v === null || (typeof v !== 'object' && typeof v !== 'function') || seen.has(v)) continue;
        seen.add(v);
        if (!Object.isFrozen(v)) open.push(v.name ?? Object.prototype.toString.call(v));
        todo.push(Object.getPrototypeOf(v));
        for (const k of Reflect.ownKeys(v)) { const d = Reflect.getOwnPropertyDescriptor(v, k); if (['process', 'require', 'global'].includes(k)) open.push(k); todo.push(d.value, d.get, d.set); }
      }
      return { b: open.join() || (seen.size > 20 ? 'shut' : 'saw too little') };`),
    ends: either('shut'),
  },
  {
    name: 'an outer clock',
    code: withLeak(`
      const seen = new Set(), todo = [outer]; let clock = 'none';
      while (todo.length > 0) {
        const v = todo.pop();
        if (v === null || (typeof v !== 'object' && typeof v !== 'function') || seen.has(v)) continue;
        seen.add(v);
        if (typeof v.now === 'function' || typeof v.random === 'function' || typeof v.hrtime === 'function') clock = 'found';
        todo.push(Object.getPrototypeOf(v));
        for (const k of Reflect.ownKeys(v)) { const d = Reflect.getOwnPropertyDescriptor(v, k); todo.push(d.value, d.get, d.set); }
      }
      return { b: clock };`),
    ends: either('none'),
  },
  {
    name: 'import() for its promise',
    code: "return { b: String(import('x').constructor === Promise) };",
    ends: fails('code'),
  },
  {
    name: 'import() behind a comment',
    code: 'let p = import /* ( */\n// )\n("node:fs"); return { b: typeof p };',
    ends: fails('code'),
  },
  {
    name: 'import() behind a strange space',
    code: 'let p = import\ufeff\u2028("node:fs"); return { b: typeof p };',
    ends: fails('code'),
  },
  {
    name: 'import() spread',
    code: 'try { [...import("x")]; } catch {} return { b: 1 };',
    ends: fails('code'),
  },
  {
    name: 'import() in a text in a template',
    code: 'return { b: `$' + "{import('node:fs')}` };",
    ends: fails('code'),
  },
  { name: 'import.source', code: "import.source('x'); return { b: 1 };", ends: fails('code') },
  {
    name: 'what is only called import',
    code: 'const o = { $import: (x) => x, importer(x) { return x; } }; return { b: o.$import(row.a) + o.importer("y") };',
    ends: cells('xy'),
  },
  {
    name: 'a name of the sandbox that is taken before it',
    code: `for (const name of ['__in', '__run', '__use', '__thrown', '__give']) try { Object.defineProperty(globalThis, name, { value: () => 'R1\\u0000forged', writable: false }); } catch {}
      export default (row) => ({ b: row.a });`,
    rows: [['1'], ['2']],
    ends: cells('1', '2'),
  },
  {
    name: 'a world that is frozen',
    code: `const deep = (o, s = new Set()) => { if ((typeof o !== 'object' && typeof o !== 'function') || o === null || s.has(o)) return; s.add(o); Object.freeze(o); for (const k of Reflect.ownKeys(o)) { const d = Reflect.getOwnPropertyDescriptor(o, k); deep(d.value, s); deep(d.get, s); } };
      deep(globalThis); export default (row) => ({ b: [row.a, { c: 1 }, new Date(0)] });`,
    ends: cells('["x",{"c":1},"1970-01-01T00:00:00.000Z"]'),
  },
  {
    name: 'the batch as the sandbox holds it',
    code: 'return { b: Object.getOwnPropertyNames(globalThis).filter((n) => n.startsWith("__")).map((n) => typeof globalThis[n]).join() };',
    ends: cells('function'),
  },
  {
    name: 'running the batch from within, later',
    code: 'Promise.resolve().then(() => { globalThis.saw = String(__run()); }); return { b: globalThis.saw ?? "nothing" };',
    ends: cells('nothing'),
  },
  {
    name: 'a symbol in the way of cutting texts',
    code: `try { String.prototype[Symbol.split] = () => ['1', 'forged']; } catch {} Array.prototype.join = () => 'R1\\u0000forged'; String.prototype.indexOf = () => -1; String.prototype.isWellFormed = () => true;
      return { b: row.a };`,
    rows: [['1'], ['2']],
    ends: cells('1', '2'),
  },
  {
    name: 'stacks that throw',
    code: 'Error.prepareStackTrace = () => { throw { get message() { for (;;); } }; }; try { null.x; } catch (e) { throw e; }',
    ends: rejected(/Cannot read/),
  },
  {
    name: 'stacks that throw hide no clock',
    code: 'Error.prepareStackTrace = () => { throw 1; }; try { Date.now(); } catch {} return { b: 1 };',
    ends: fails('not-repeatable'),
  },
  {
    name: 'stacks that are not texts',
    code: 'Error.prepareStackTrace = (e, sites) => sites; throw new Error("x");',
    ends: rejected(/^x$/),
  },
  {
    name: 'a clock where the stack is full',
    code: 'let n; function f() { try { f(); } catch (e) { try { n ??= Date.now(); } catch {} throw e; } } try { f(); } catch {} return { b: typeof n };',
    ends: fails('not-repeatable'),
  },
  {
    name: 'the call of the code where the stack is full',
    code: 'const e = new Error("x"); Object.defineProperty(e, "stack", { get() { const f = () => f(); f(); } }); throw e;',
    ends: rejected(/cannot be read|^x$/),
  },
];
