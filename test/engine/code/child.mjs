// What the sandbox does, without its walls: runs the code of a test in a child process. For tests of the engine only.
import { stripTypeScriptTypes } from 'node:module';

let unit;
let transform;

const read = {
  string: (text) => text,
  number: (text) => Number(text),
  bigint: (text) => BigInt(text),
  boolean: (text) => text === 'true' || text === 't',
  json: (text) => JSON.parse(text),
};

function written(value, as) {
  if (value === undefined) throw new TypeError('undefined cannot be stored');
  if (value === null) return null;
  if (as === 'json') return JSON.stringify(value);
  if (as === 'boolean' && typeof value === 'boolean') return value ? 't' : 'f';
  if (value instanceof Date) return value.toISOString();
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function outcome(cells) {
  try {
    const row = Object.fromEntries(
      unit.reads.map((name, i) => [name, cells[i] === null ? null : read[unit.readAs?.[i] ?? 'string'](cells[i])]),
    );
    const result = transform(row, unit.context ?? {});
    return { ok: true, cells: unit.writes.map((name, i) => written(result[name], unit.writeAs?.[i] ?? 'text')) };
  } catch (error) {
    const line = /transform\.ts:(\d+)|data:[^)]*?:(\d+):\d+/.exec(error.stack ?? '');
    return { ok: false, message: error.message, line: line ? Number(line[1] ?? line[2]) : null };
  }
}

process.on('message', async ({ type, id, body }) => {
  if (type === 'load') {
    unit = body;
    const text = `${stripTypeScriptTypes(unit.source)}\n//# sourceURL=transform.ts`;
    const module = await import(`data:text/javascript,${encodeURIComponent(text)}`);
    transform = module.default;
    process.send({ id, outcomes: [] });
    return;
  }
  globalThis.processedRow = -1;
  process.send({ id, outcomes: body.map(outcome) });
});
