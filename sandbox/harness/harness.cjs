'use strict';
/**
 * Runs inside the container as `node …flags -e <this text> <settings>`, so no image of our own is needed, and the two
 * sides of the protocol cannot get out of step. Everything in here may be in the hands of hostile code sooner or later:
 * the host believes nothing it says.
 *
 * Frames both ways: u32le length of payload | u8 type | u32le sequence | payload in UTF-8. The host's first bytes are a
 * magic; what comes before it is dropped (dockerode can put the body of its attach request there).
 *   in:  L unit (once)   B rows (protocol/rows.ts)   P nothing: the host is alive
 *   out: H {node}   K nothing: loaded   R outcomes (protocol/rows.ts)   E {kind,message,row,line}
 *
 * The code runs in a realm of its own that has the language and nothing else: no process, require, fetch, timers,
 * Buffer. Only strings and numbers cross between the realms. It only ever runs inside calls that have a time limit: its
 * promises have a queue of their own, emptied within the call, and what could call it later (FinalizationRegistry,
 * Atomics.waitAsync, WebAssembly) is taken out. What would answer differently tomorrow (the clock, Math.random) is
 * refused by name.
 *
 * Objects of the harness's own realm can get into wrong hands all the same: node formats stacks with a function of that
 * realm, and where the stack is full its error is made there. So this realm's built-ins are frozen before any code runs:
 * whoever holds one of them can neither change what the harness does nor reach anything from it.
 */
const vm = require('node:vm');
const fs = require('node:fs');
const { stripTypeScriptTypes } = require('node:module');

const { parse, stringify } = JSON;
const { exit, abort } = process;
const settings = parse(process.argv[1]);
const MAGIC = Buffer.from(settings.magic, 'latin1');
const HEAD = 9;

/**
 * Ends at once. An ordinary exit would first wait for the helper thread that waits for the host's next word, and as
 * process 1 nothing in here can be killed by a signal that is sent.
 */
function leave(why) {
  try {
    fs.writeSync(2, `towpath: ${why}\n`);
  } catch {
    // nobody reads it
  }
  abort();
}
process.on('uncaughtException', () => leave('failed'));

// The realm of the harness: nothing in it can be changed from here on ----------------------------------------------------

function shutRealm() {
  const seen = new Set([globalThis, console]);
  const shut = (value) => {
    if (value === null || (typeof value !== 'object' && typeof value !== 'function') || seen.has(value)) return;
    seen.add(value);
    const isAssigned = value === Object.prototype || value === Error.prototype || value instanceof Error;
    const held = [Object.getPrototypeOf(value)];
    for (const key of Reflect.ownKeys(value)) {
      if (isAssigned) letAssign(value, key);
      const { value: plain, get, set } = Reflect.getOwnPropertyDescriptor(value, key);
      held.push(plain, get, set);
    }
    Object.freeze(value);
    for (const each of held) shut(each);
  };
  const language = vm.runInNewContext('Object.getOwnPropertyNames(globalThis).join()').split(',');
  for (const name of language) shut(globalThis[name]);
  for (const maker of [async () => {}, function* () {}, async function* () {}]) shut(maker);
  for (const each of [[].values(), new Map().keys(), new Set().keys(), ''[Symbol.iterator](), ''.matchAll(/x/g)]) shut(each);
}

/** Objects that inherit it can still be given their own, as node does with errors; a frozen one would refuse that. */
function letAssign(proto, name) {
  const { value, writable } = Reflect.getOwnPropertyDescriptor(proto, name);
  if (!writable) return;
  const set = function (own) {
    if (this === proto) throw new TypeError('it cannot be changed');
    Object.defineProperty(this, name, { __proto__: null, value: own, writable: true, enumerable: true, configurable: true });
  };
  Object.defineProperty(proto, name, { __proto__: null, get: () => value, set });
}

// The realm of the code ------------------------------------------------------------------------------------------------

/** Evaluated in the realm before any code of others. Takes hold of every built-in it needs, so later changes miss it. */
const realmSource = (unit) => String.raw`(function () { 'use strict';
  const { parse, stringify } = JSON, { isArray } = Array, { isFinite } = Number, { getPrototypeOf, keys, defineProperty, seal, freeze } = Object;
  const { construct } = Reflect, Text = String, Num = Number, Big = BigInt, TypeErr = TypeError, Moment = Date, objectProto = Object.prototype;
  const uncurry = Function.prototype.bind.bind(Function.prototype.call);
  const toISO = uncurry(Moment.prototype.toISOString), getTime = uncurry(Moment.prototype.getTime), push = uncurry(Array.prototype.push);
  const slice = uncurry(Text.prototype.slice), split = uncurry(Text.prototype.split), join = uncurry(Array.prototype.join), indexOf = uncurry(Text.prototype.indexOf), includes = uncurry(Text.prototype.includes), wellFormed = uncurry(Text.prototype.isWellFormed), toWellFormed = uncurry(Text.prototype.toWellFormed), exec = uncurry(RegExp.prototype.exec);
  const define = (o, k, value) => defineProperty(o, k, { __proto__: null, value, writable: false, configurable: false, enumerable: false });
  const hidden = (o, k, value) => defineProperty(o, k, { __proto__: null, value, writable: true, configurable: true, enumerable: false });

  for (const name of ['WebAssembly', 'SharedArrayBuffer', 'Atomics', 'FinalizationRegistry', 'WeakRef']) delete globalThis[name];
  if (typeof Temporal === 'object') delete Temporal.Now;

  const show = (v) => { try { return typeof v === 'string' ? v : typeof v === 'bigint' ? Text(v) : stringify(v) ?? Text(v); } catch { return 'something that cannot be shown'; } };
  const cut = (s, n) => { s = typeof s === 'string' ? s : show(s); s = typeof s === 'string' ? s : ''; return s.length > n ? slice(s, 0, n) + '…' : s; };
  const lineOf = (stack) => { const m = exec(/\n +at [^\n]*transform\.ts:(\d+):\d+/, cut(stack, 20000)); return m ? +m[1] : null; };

  const safeLine = (e) => { try { return lineOf(e.stack); } catch { return null; } };

  // What would answer differently for the same row is refused for the whole batch, even if the code catches the error.
  let refused = '';
  const refuse = (what) => {
    const message = 'the code asks for ' + what + '; the same row must always give the same result', e = new TypeErr(message);
    const told = (line) => stringify({ __proto__: null, kind: 'not-repeatable', message, row: at, line });
    if (!refused) { refused = told(null); refused = told(safeLine(e)); } // a stack can be made never to end
    throw e;
  };
  const Clock = function Date(first) {
    if (new.target === undefined || arguments.length === 0) refuse('the current time');
    if (new.target === Clock && arguments.length === 1) return new Moment(first);
    return construct(Moment, arguments, new.target);
  };
  define(Clock, 'prototype', Moment.prototype);
  hidden(Clock, 'UTC', Moment.UTC); hidden(Clock, 'parse', Moment.parse); hidden(Clock, 'now', () => refuse('the current time'));
  define(Clock, 'length', 7); hidden(Moment.prototype, 'constructor', Clock); hidden(globalThis, 'Date', Clock);
  hidden(Math, 'random', () => refuse('Math.random'));
  if (typeof Intl === 'object') {
    const format = Intl.DateTimeFormat.prototype, getFormat = uncurry(Object.getOwnPropertyDescriptor(format, 'format').get), toParts = uncurry(format.formatToParts);
    defineProperty(format, 'format', { __proto__: null, get() { const f = getFormat(this); return (d) => d === undefined ? refuse('the current time') : f(d); }, configurable: true });
    hidden(format, 'formatToParts', function formatToParts(d) { return d === undefined ? refuse('the current time') : toParts(this, d); });
  }
  const silent = () => {};
  hidden(globalThis, 'console', { log: silent, info: silent, warn: silent, error: silent, debug: silent });
  define(Text.prototype, Symbol.split, undefined);        // split then asks nobody
  seal(Object.prototype); seal(Array.prototype);          // nobody adds toJSON, index setters or then; assigning o.toString goes on working

  const columns = ${stringify(unit.writes)}, width = columns.length, stride = width || 1, most = ${unit.outputCharacters};
  const known = { __proto__: null }; for (let i = 0; i < width; i++) known[columns[i]] = true;
  const context = freeze(parse(${stringify(stringify(unit.context))}));
  const asNumber = (v) => v === null ? null : Num(v), asBigint = (v) => v === null ? null : Big(v), asBoolean = (v) => v === null ? null : v === 't' || v === 'true', asJson = (v) => v === null ? null : parse(v);
  const special = (c) => c === '' ? '' : c[0] === '\x01' ? (c.length === 1 ? null : slice(c, 1)) : parse(slice(c, 1));
  const cellOf = (c) => c < '\x03' ? special(c) : c;
  const toRow = (v, k) => ({ ${unit.reads.map((name, i) => `[${stringify(name)}]: ${fromCell(unit.readAs[i], `cellOf(v[k + ${i}])`)}`).join(', ')} });

  const bad = (col, what) => new TypeErr('column ' + stringify(cut(col, 80)) + ': ' + what);
  const className = (v) => { try { return 'an object of class ' + cut(getPrototypeOf(v).constructor.name, 60); } catch { return 'an object of an unknown class'; } };
  const scan = (s, col) => { if (includes(s, '\0')) throw bad(col, 'text with a NUL character cannot be stored'); if (!wellFormed(s)) throw bad(col, 'text with half of a surrogate pair cannot be stored'); };

  /** A copy made of plain values only, so that turning it into JSON runs none of the code. */
  function plain(v, col, depth) {
    switch (typeof v) {
      case 'string': scan(v, col); return v;
      case 'boolean': return v;
      case 'number': if (isFinite(v)) return v; throw bad(col, v + ' cannot be stored');
      case 'bigint': return Text(v);
      case 'undefined': throw bad(col, 'undefined cannot be stored; null is no value');
      case 'object': break;
      default: throw bad(col, 'a ' + typeof v + ' cannot be stored');
    }
    if (v === null) return null;
    if (depth > 32) throw bad(col, 'it is nested deeper than 32 levels, or in a circle');
    if (isArray(v)) { const n = v.length, out = []; for (let i = 0; i < n; i++) push(out, plain(v[i], col, depth + 1)); return out; }
    const p = getPrototypeOf(v);
    if (p === objectProto || p === null) {
      const out = { __proto__: null }, ks = keys(v);
      for (let i = 0; i < ks.length; i++) { scan(ks[i], col); defineProperty(out, ks[i], { __proto__: null, value: plain(v[ks[i]], col, depth + 1), enumerable: true }); }
      return out;
    }
    return moment(v, col);
  }
  function moment(v, col) {
    let t; try { t = getTime(v); } catch { throw bad(col, className(v) + ' cannot be stored'); }
    if (t !== t) throw bad(col, 'an invalid date cannot be stored');
    return toISO(v);
  }
  let size = 0;
  const sized = (s) => { size += s.length; return s; };
  function textCell(v, i) {
    switch (typeof v) {
      case 'string': size += v.length; return v < '\x03' && v !== '' ? '\x01' + v : v;
      case 'number': if (isFinite(v)) return sized(Text(v)); throw bad(columns[i], v + ' cannot be stored');
      case 'boolean': return v ? 'true' : 'false';
      case 'bigint': return sized(Text(v));
      case 'object': { if (v === null) return '\x01'; const p = plain(v, columns[i], 0); return sized(typeof p === 'string' ? p : stringify(p)); }
      default: return plain(v, columns[i], 0);             // throws, by name
    }
  }
  const booleanCell = (v, i) => typeof v === 'boolean' ? (v ? 't' : 'f') : textCell(v, i);
  const jsonCell = (v, i) => v === null ? '\x01' : sized(stringify(plain(v, columns[i], 0)));
  // One line a column, not a loop: the engine then knows where each property lies.
  const toCells = (r, out, k) => { ${unit.writes.map((name, i) => `out[k + ${i}] = ${toCell(unit.writeAs[i])}(r[${stringify(name)}], ${i});`).join(' ')} };
  function cells(r, out, k) {
    if (typeof r !== 'object' || r === null || isArray(r)) throw new TypeErr('transform must return an object with a property for each column; it returned ' + (r === undefined ? 'nothing' : r === null ? 'null' : isArray(r) ? 'an array' : 'a ' + typeof r));
    const p = getPrototypeOf(r);
    if (p !== objectProto && p !== null) throw new TypeErr(typeof r.then === 'function' ? 'transform must not be async: it returned a promise' : 'transform must return a plain object; it returned ' + className(r));
    const ks = keys(r);
    for (let i = 0; i < ks.length; i++) if (ks[i] !== columns[i] && !known[ks[i]]) throw new TypeErr('transform returned a column that it does not declare: ' + stringify(cut(ks[i], 80)));
    toCells(r, out, k);
  }
  function thrown(e) {
    let m = '', l = null;
    try {
      if (typeof e === 'object' && e !== null) {
        const name = cut(e.name, 100); m = cut(e.message, 1000); l = safeLine(e);
        if (name && name !== 'Error' && name !== 'TypeError') m = m ? name + ': ' + m : name;
        if (!m) m = 'the code threw an error without a message';
      } else m = 'the code threw ' + cut(e, 500);
    } catch { m = 'the code threw an object that cannot be read'; l = null; }
    return { __proto__: null, m, l };
  }
  /** In the place of a row's cells. */
  function reject(e, out, k) {
    const { m, l } = thrown(e);
    let words = '\x02' + (l ?? '') + ' ';
    if (includes(m, '\0')) for (let i = 0; i < m.length; i++) words += m[i] === '\0' ? ' ' : m[i];
    else words += m;
    out[k] = words;
    for (let i = 1; i < stride; i++) out[k + i] = '';
    size += words.length;
  }
  const fault = (kind, message, row, line) => stringify({ __proto__: null, kind, message, row, line });

  let at = -1, fn, given, job = '';
  const jobs = {
    __proto__: null,
    use: (value) => { fn = value; return refused || (typeof fn === 'function' ? '' : fault('code', 'the code has no default export that is a function: export default function transform(row, context)', -1, null)); },
    thrown: (value) => { const t = thrown(value); return refused || fault('code', t.m, -1, t.l); },
    run: (text) => {
      const cellsIn = split(text, '\0'), n = +cellsIn[0], out = [cellsIn[0]];
      size = 0;
      for (let row = 0, k = 1; row < n; row++, k += stride) {
        at = row;
        try { cells(fn(toRow(cellsIn, 1 + row * ${unit.reads.length}), context), out, k); } catch (e) { reject(e, out, k); }
        if (refused) return 'E' + refused;
        if (size > most) return 'E' + fault('output-limit', 'the results of one batch are longer than ' + most + ' characters', row, null);
      }
      if (width === 0) for (let row = 1; row <= n; row++) out[row] ??= '';
      let s = join(out, '\0');
      if (!isClean(s, n * stride)) { closerLook(out, n); s = join(out, '\0'); }
      at = -1;
      return 'R' + s;
    },
  };
  /** As many NULs as separators, and no half of a surrogate pair. */
  function isClean(s, separators) {
    let found = 0;
    for (let i = indexOf(s, '\0'); i >= 0; i = indexOf(s, '\0', i + 1)) found++;
    return found === separators && wellFormed(s);
  }
  function closerLook(out, n) {
    for (let row = 0, k = 1; row < n; row++, k += stride) {
      if (out[k][0] === '\x02') { out[k] = toWellFormed(out[k]); continue; }
      try { for (let i = 0; i < width; i++) scan(out[k + i], columns[i]); } catch (e) { reject(e, out, k); }
    }
  }
  // The one thing that can be called from outside with a limit of time. The code can see it, and gains nothing by calling it.
  define(globalThis, '__run', () => {
    if (at >= 0) throw new TypeErr('the sandbox is busy');
    const work = jobs[job], value = given;
    job = ''; given = undefined;
    return work === undefined ? '' : work(value);
  });
  return { __proto__: null, at: () => at, give: (name, value) => { job = name; given = value; } };
})()`;

const toCell = (form) => ({ boolean: 'booleanCell', json: 'jsonCell' })[form] ?? 'textCell';

function fromCell(form, value) {
  const reader = { number: 'asNumber', bigint: 'asBigint', boolean: 'asBoolean', json: 'asJson' }[form];
  return reader === undefined ? value : `${reader}(${value})`;
}

// The host's side of the border ----------------------------------------------------------------------------------------

let realm, api, runScript, timeout, outputBytes;
let isOver = false;

const fixed = (value, type) => (typeof value === type ? value : leave('something else than text crossed'));
const fault = (kind, message, row = -1, line = null) => stringify({ kind, message, row, line });
const timedOut = (row) => fault('timeout', `the code did not answer within ${timeout} ms`, row);
const isTimeout = (error) => error?.code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';

/** The value is only handed on: nothing of the code's is looked at out here. */
function inRealm(job, value) {
  api.give(job, value);
  return fixed(runScript.runInContext(realm, { timeout, displayErrors: false }), 'string');
}

/** After `import`: what calls back into this realm. Also in texts and comments: telling them apart takes a parser. */
const callsBack = /(?<![\w$])import\s*(?:[(/]|\.)/;

function load(text) {
  const unit = parse(text);
  timeout = unit.milliseconds;
  outputBytes = unit.outputBytes;
  realm = vm.createContext(vm.constants.DONT_CONTEXTIFY, {
    codeGeneration: { strings: false, wasm: false },
    microtaskMode: 'afterEvaluate',
  });
  api = new vm.Script(realmSource(unit), { filename: 'sandbox' }).runInContext(realm);
  runScript = new vm.Script('__run()', { filename: 'sandbox' });
  let plainSource;
  try {
    // Here and not on the host: one deeply nested text breaks the stripper for the life of its process.
    plainSource = stripTypeScriptTypes(unit.source);
  } catch (error) {
    if (error.code === 'ERR_INTERNAL_ASSERTION') return fault('code', 'the code is nested too deeply to be read');
    return fault('code', String(error.message), -1, Number(/^[^\n]*?:(\d+)\n/.exec(String(error.stack))?.[1] ?? NaN));
  }
  const at = callsBack.exec(plainSource)?.index;
  if (at !== undefined)
    return fault('code', 'the code must not use import() or import.meta, nor write them in a text or comment', -1, plainSource.slice(0, at).split('\n').length);
  let module;
  try {
    module = new vm.SourceTextModule(plainSource, {
      context: realm,
      identifier: 'transform.ts',
      importModuleDynamically: () => {
        throw 'import() is not available'; // refused above already
      },
      initializeImportMeta: () => {},
    });
  } catch (error) {
    return fault('code', String(error.message), -1, Number(/transform\.ts:(\d+)/.exec(String(error.stack))?.[1] ?? NaN));
  }
  const [wanted] = module.moduleRequests;
  if (wanted !== undefined) return fault('code', `the code must not import anything: ${stringify(wanted.specifier)}`);
  if (module.hasTopLevelAwait()) return fault('code', 'the code must not await outside of a function');
  try {
    module.linkRequests([]);
    module.instantiate();
    const started = performance.now();
    module.evaluate({ timeout }).catch(() => {});
    // A timer of whole milliseconds may ring a little early.
    const isLate = performance.now() - started >= timeout * 0.9; // null is what is told of a module that was stopped, and what code may throw
    if (module.status === 'errored') return module.error === null && isLate ? timedOut(-1) : inRealm('thrown', module.error);
    if (module.status !== 'evaluated') return timedOut(-1);
    let transform;
    try {
      transform = module.namespace.default ?? module.namespace.transform;
    } catch {
      transform = undefined; // declared, but never given a value
    }
    return inRealm('use', transform);
  } catch (error) {
    return isTimeout(error) ? timedOut(-1) : fault('code', 'the code could not be loaded');
  }
}

function batch(text) {
  try {
    return inRealm('run', text);
  } catch (error) {
    const row = fixed(api.at(), 'number');
    return `E${isTimeout(error) ? timedOut(row) : fault('code', 'the batch failed outside of the code', row)}`;
  }
}

function handle(type, sequence, text) {
  if (type === 'P' || isOver) return;
  if (type === 'L') {
    const problem = load(text);
    send(problem === '' ? 'K' : 'E', sequence, problem);
  } else if (type === 'B') {
    const answer = batch(text);
    const isTooLong = answer[0] === 'R' && Buffer.byteLength(answer) > outputBytes;
    // After a fault nothing more is run: the state of the code is anybody's guess, and the host is about to end this.
    isOver = isTooLong || answer[0] !== 'R';
    if (isTooLong) send('E', sequence, fault('output-limit', `the results of one batch are longer than ${outputBytes} bytes`));
    else send(isOver ? 'E' : 'R', sequence, answer.slice(1));
  } else leave('a message of no known type');
}

// Frames ---------------------------------------------------------------------------------------------------------------

// Reading and writing are done by helper threads while this one computes. Without a word from the host for a while the
// host is taken for dead, however its connection looks.
const idle = setTimeout(() => leave('idle'), settings.idleMilliseconds);
const chunk = Buffer.allocUnsafe(1 << 16);
let buffer = Buffer.allocUnsafe(1 << 20);
let head = 0;
let tail = 0;
let synchronised = false;

function read() {
  fs.read(0, chunk, 0, chunk.length, null, (error, count) => {
    if (error?.code === 'EAGAIN') return setTimeout(read, 1);
    if (error && error.code !== 'EOF') return leave('input failed');
    if (error || count === 0) return outgoing.length === 0 ? exit(0) : leave('nobody hears the answer');
    idle.refresh();
    keep(count);
    read();
    if (!synchronised) synchronise();
    if (synchronised) while (handleNext());
    idle.refresh();
  });
}

function keep(count) {
  if (buffer.length - tail < count) {
    const wanted = tail - head + count;
    const next = wanted > buffer.length / 2 ? Buffer.allocUnsafe(wanted * 2) : buffer;
    buffer.copy(next, 0, head, tail);
    tail -= head;
    head = 0;
    buffer = next;
  }
  chunk.copy(buffer, tail, 0, count);
  tail += count;
}

function synchronise() {
  const found = buffer.subarray(head, tail).indexOf(MAGIC);
  if (found >= 0) {
    head += found + MAGIC.length;
    synchronised = true;
  } else if (tail - head > 1 << 14) leave('no beginning');
}

function handleNext() {
  if (tail - head < HEAD) return false;
  const length = buffer.readUInt32LE(head);
  if (length > settings.inputBytes) leave('a message that is too long');
  if (tail - head < HEAD + length) return false;
  const type = String.fromCharCode(buffer[head + 4]);
  const sequence = buffer.readUInt32LE(head + 5);
  const text = buffer.toString('utf8', head + HEAD, head + HEAD + length);
  head += HEAD + length;
  handle(type, sequence, text);
  return true;
}

const outgoing = [];

function send(type, sequence, text) {
  const length = Buffer.byteLength(text);
  const frame = Buffer.allocUnsafe(HEAD + length);
  frame.writeUInt32LE(length, 0);
  frame[4] = type.charCodeAt(0);
  frame.writeUInt32LE(sequence, 5);
  frame.write(text, HEAD, 'utf8');
  if (outgoing.push(frame) === 1) write(0);
}

function write(offset) {
  fs.write(1, outgoing[0], offset, outgoing[0].length - offset, null, (error, count) => {
    if (error?.code === 'EAGAIN') return setTimeout(write, 1, offset);
    if (error) return leave('output failed');
    if (offset + count < outgoing[0].length) return write(offset + count);
    outgoing.shift();
    if (outgoing.length > 0) write(0);
  });
}

stripTypeScriptTypes('let warm: 1'); // loads the stripper while the container waits for work
shutRealm();
send('H', 0, stringify({ node: process.version }));
read();
