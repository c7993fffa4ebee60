/**
 * Text → binary field of a target type: the last step of every computed value.
 * A type without an encoder makes its entity travel as text (see `wire` in compiled-entity.ts).
 */
import type { ByteWriter } from '../db/binary/byte-writer.ts';
import { parseDate, parseTimestamp } from '../db/binary/date-time.ts';
import { parseDecimal, rescale, writeNumeric } from '../db/binary/numeric.ts';
import { arrayEncoder } from './array-encoder.ts';
import { jsonbProblem } from './json-text.ts';
import { Misfit } from './misfit.ts';
import type { SqlType } from './sql-type.ts';
import { uuidBytes } from './uuid-v5.ts';

/** Writes one field that is not null; the misfit leaves nothing written. */
export type Encoder = (value: string, out: ByteWriter) => Misfit | null;

const TEXT_TYPES = new Set(['text', 'varchar', 'bpchar', 'citext', 'name', 'xml']);
const INTEGER_BYTES: Readonly<Record<string, number>> = { int2: 2, int4: 4, int8: 8 };
const UUID = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i;
const TRUE = new Set(['t', 'true', 'y', 'yes', 'on', '1']);
const FALSE = new Set(['f', 'false', 'n', 'no', 'off', '0']);

/** Encoder for a target type, or null where only PostgreSQL can read the text. */
export function encoderFor(type: SqlType, wire: 'binary' | 'text'): Encoder | null {
  if (wire === 'text') return withLength(type, writeText);
  if (type.name.startsWith('_')) return listEncoder({ ...type, name: type.name.slice(1) });
  if (type.name === 'json') return writeJson;
  if (TEXT_TYPES.has(type.name)) return withLength(type, writeText);
  const integer = INTEGER_BYTES[type.name];
  if (integer !== undefined) return (value, out) => writeInteger(value, integer, out);
  switch (type.name) {
    case 'numeric':
      return (value, out) => writeDecimal(value, type, out);
    case 'bool':
      return writeBoolean;
    case 'uuid':
      return writeUuid;
    case 'date':
      return writeDate;
    case 'timestamp':
    case 'timestamptz':
      return type.scale === null || type.scale === 6 ? writeTimestamp : null;
    case 'jsonb':
      return writeJsonb;
    case 'float8':
      return (value, out) => writeFloat(value, 8, out);
    case 'float4':
      return (value, out) => writeFloat(value, 4, out);
    case 'time':
      return type.scale === null || type.scale === 6 ? writeTime : null;
    case 'bytea':
      return writeBytes;
    default:
      return null;
  }
}

function listEncoder(element: SqlType): Encoder | null {
  const encode = encoderFor(element, 'binary');
  return encode && arrayEncoder(element.name, encode);
}

/** Number of characters (code points) in a UTF-8 run is at most `limit`. */
export function fitsCharacters(bytes: Uint8Array, start: number, end: number, limit: number): boolean {
  if (end - start <= limit) return true;
  let characters = 0;
  for (let i = start; i < end; i++) if ((bytes[i]! & 0xc0) !== 0x80) characters++;
  return characters <= limit;
}

export function tooLong(limit: number): Misfit {
  return new Misfit('too-long', `longer than the ${limit} characters the column holds`);
}

function withLength(type: SqlType, encode: Encoder): Encoder {
  const limit = type.name === 'varchar' || type.name === 'bpchar' ? type.length : null;
  if (limit === null) return encode;
  return (value, out) => {
    let characters = 0;
    for (const _ of value) if (++characters > limit) return tooLong(limit);
    return encode(value, out);
  };
}

function writeText(value: string, out: ByteWriter): null {
  out.text(value);
  return null;
}

/** Zeros in front included. */
const MOST_DIGITS = 1000;

function writeInteger(value: string, size: number, out: ByteWriter): Misfit | null {
  if (!/^\s*[+-]?\d+\s*$/.test(value)) return new Misfit('malformed-value', 'not a whole number');
  const digits = value.trim().replace(/^\+/, '');
  if (digits.length > MOST_DIGITS) return new Misfit('numeric-overflow', `beyond what ${size} bytes hold`);
  const number = BigInt(digits);
  if (BigInt.asIntN(size * 8, number) !== number) {
    return new Misfit('numeric-overflow', `beyond what ${size} bytes hold`);
  }
  out.ensure(size + 4);
  out.int32(size);
  if (size === 2) out.int16(Number(number));
  else if (size === 4) out.int32(Number(number));
  else writeInt64(out, number);
  return null;
}

function writeInt64(out: ByteWriter, value: bigint): void {
  out.int32(Number(BigInt.asIntN(32, value >> 32n)));
  out.int32(Number(BigInt.asIntN(32, value)));
}

function writeDecimal(value: string, type: SqlType, out: ByteWriter): Misfit | null {
  const decimal = parseDecimal(value);
  if (!decimal) return new Misfit('not-a-number', 'not a finite number');
  if (type.length === null) {
    writeNumeric(out, decimal);
    return null;
  }
  const scale = type.scale ?? 0;
  const fitted = rescale(decimal, scale);
  if (!fitted)
    return new Misfit(
      'excess-scale',
      `more than ${scale} digits after the point, and it must not be rounded`,
    );
  if (String(fitted.digits).length > type.length) {
    return new Misfit('numeric-overflow', `more than ${type.length - scale} digits before the point`);
  }
  writeNumeric(out, fitted);
  return null;
}

function writeBoolean(value: string, out: ByteWriter): Misfit | null {
  const word = value.trim().toLowerCase();
  const truth = TRUE.has(word);
  if (!truth && !FALSE.has(word)) return new Misfit('malformed-value', 'neither true nor false');
  out.ensure(5);
  out.int32(1);
  out.bytes[out.position++] = truth ? 1 : 0;
  return null;
}

function writeUuid(value: string, out: ByteWriter): Misfit | null {
  if (!UUID.test(value)) return new Misfit('malformed-value', 'not a UUID');
  out.field(uuidBytes(value));
  return null;
}

function writeDate(value: string, out: ByteWriter): Misfit | null {
  const days = parseDate(value);
  if (days === null) return new Misfit('malformed-value', 'not a date');
  out.ensure(8);
  out.int32(4);
  out.int32(days);
  return null;
}

function writeTimestamp(value: string, out: ByteWriter): Misfit | null {
  const microseconds = parseTimestamp(value);
  if (microseconds === null) return new Misfit('malformed-value', 'not a timestamp');
  out.ensure(12);
  out.int32(8);
  writeInt64(out, microseconds);
  return null;
}

function writeJson(value: string, out: ByteWriter): Misfit | null {
  try {
    JSON.parse(value);
  } catch {
    return new Misfit('malformed-value', 'not JSON');
  }
  return writeText(value, out);
}

function writeJsonb(value: string, out: ByteWriter): Misfit | null {
  const problem = jsonbProblem(value);
  if (problem !== null) return new Misfit('malformed-value', problem);
  const length = Buffer.byteLength(value);
  out.ensure(length + 5);
  out.int32(length + 1);
  out.bytes[out.position++] = 1;
  out.position += out.bytes.write(value, out.position, 'utf8');
  return null;
}

function writeFloat(value: string, size: 4 | 8, out: ByteWriter): Misfit | null {
  const words: Readonly<Record<string, number>> = {
    nan: Number.NaN,
    infinity: Infinity,
    '-infinity': -Infinity,
  };
  const trimmed = value.trim();
  const word = words[trimmed.toLowerCase()];
  const number = word ?? (FLOAT.test(trimmed) ? Number(trimmed) : Number.NaN);
  if (word === undefined && Number.isNaN(number)) return new Misfit('malformed-value', 'not a number');
  const held = size === 4 ? Math.fround(number) : number;
  // The server refuses what is too large or too small to be told from nothing.
  const isLost =
    word === undefined && (!Number.isFinite(held) || (held === 0 && /[1-9]/.test(mantissa(trimmed))));
  if (isLost) return new Misfit('numeric-overflow', `beyond what ${size} bytes hold`);
  out.ensure(size + 4);
  out.int32(size);
  if (size === 4) out.bytes.writeFloatBE(held, out.position);
  else out.bytes.writeDoubleBE(held, out.position);
  out.position += size;
  return null;
}

const FLOAT = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;

function mantissa(text: string): string {
  return text.split(/[eE]/, 1)[0]!;
}

/** Microseconds since midnight. */
function writeTime(value: string, out: ByteWriter): Misfit | null {
  const match = /^\s*(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?\s*$/.exec(value);
  const [hour, minute, second] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3] ?? 0)];
  const seconds = (hour * 60 + minute) * 60 + second;
  const microseconds = seconds * 1_000_000 + Number((match?.[4] ?? '').padEnd(6, '0'));
  if (!match || minute > 59 || second > 59 || microseconds > 86_400_000_000)
    return new Misfit('malformed-value', 'not a time of day');
  out.ensure(12);
  out.int32(8);
  writeInt64(out, BigInt(microseconds));
  return null;
}

/** In hexadecimal as the server prints it, or as text in which a backslash begins three octal digits or another one. */
function writeBytes(value: string, out: ByteWriter): Misfit | null {
  if (/^\\x/.test(value)) {
    const digits = value.slice(2).replace(/\s+/g, '');
    if (digits.length % 2 === 1 || !/^[0-9a-f]*$/i.test(digits))
      return new Misfit('malformed-value', 'not hexadecimal digits');
    out.field(Buffer.from(digits, 'hex'));
    return null;
  }
  if (value.replace(/\\\\|\\[0-3][0-7]{2}/g, '').includes('\\'))
    return new Misfit('malformed-value', 'not bytes');
  const bytes = Buffer.concat(
    value
      .split(/(\\\\|\\[0-3][0-7]{2})/)
      .map((part) =>
        part === '\\\\'
          ? Buffer.from('\\')
          : /^\\[0-3]/.test(part)
            ? Buffer.of(Number.parseInt(part.slice(1), 8))
            : Buffer.from(part),
      ),
  );
  out.field(bytes);
  return null;
}
