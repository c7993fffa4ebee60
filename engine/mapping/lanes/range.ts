/** Range rules of the plan (`range: {min, max}`), compared on the binary value by the type's own order. */
import { DATE_INFINITY, DATE_MINUS_INFINITY, parseDate, parseTimestamp } from '../../db/binary/date-time.ts';
import { compareDecimals, numericText, parseDecimal } from '../../db/binary/numeric.ts';
import type { RowView } from '../../db/binary/row-reader.ts';
import { Misfit } from '../misfit.ts';
import { type Guard, named } from './block.ts';
import { readInteger } from './reference.ts';

export interface Range {
  readonly min?: string | undefined;
  readonly max?: string | undefined;
}

/** A comparison of text values of a type: negative, zero, positive; null where one is no value of the type. */
export function comparison(type: string): ((a: string, b: string) => number | null) | null {
  switch (type) {
    case 'int2':
    case 'int4':
    case 'int8':
    case 'numeric':
    case 'float4':
    case 'float8':
      return (a, b) => {
        const [x, y] = [parseDecimal(a), parseDecimal(b)];
        return x && y ? compareDecimals(x, y) : null;
      };
    case 'date':
      return (a, b) => difference(parseDate(a), parseDate(b));
    case 'timestamp':
    case 'timestamptz':
      return (a, b) => difference(parseTimestamp(a), parseTimestamp(b));
    default:
      return null;
  }
}

function difference(a: number | bigint | null, b: number | bigint | null): number | null {
  if (a === null || b === null) return null;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Whether a text value lies within; a value that cannot be compared does not. */
export function inRange(
  value: string,
  range: Range,
  compare: (a: string, b: string) => number | null,
): boolean {
  const low = range.min === undefined ? 0 : compare(value, range.min);
  const high = range.max === undefined ? 0 : compare(value, range.max);
  return low !== null && high !== null && low >= 0 && high <= 0;
}

export function outOfRange(range: Range): Misfit {
  const bounds = [range.min && `from ${range.min}`, range.max && `to ${range.max}`].filter(Boolean).join(' ');
  return new Misfit('out-of-range', `outside the values allowed (${bounds})`);
}

/** A guard for a pass-through column of a binary type, or null where the type needs the text form. */
export function rangeGuard(field: number, column: string, type: string, range: Range): Guard | null {
  const within = withinBinary(type, range);
  if (!within) return null;
  return (row) => {
    if (row.lengths[field]! < 0 || within(row, field)) return null;
    return named(outOfRange(range), column);
  };
}

function withinBinary(type: string, range: Range): ((row: RowView, field: number) => boolean) | null {
  switch (type) {
    case 'int2':
    case 'int4':
      return between(Number(range.min ?? -Infinity), Number(range.max ?? Infinity));
    case 'date': {
      const low = range.min === undefined ? DATE_MINUS_INFINITY : parseDate(range.min);
      const high = range.max === undefined ? DATE_INFINITY : parseDate(range.max);
      return low === null || high === null ? null : between(low, high);
    }
    case 'numeric': {
      const compare = comparison('numeric')!;
      return (row, field) => inRange(numericText(row.bytes, row.offsets[field]!), range, compare);
    }
    default:
      return null;
  }
}

function between(low: number, high: number): (row: RowView, field: number) => boolean {
  return (row, field) => {
    const value = readInteger(row, field);
    return value >= low && value <= high;
  };
}
