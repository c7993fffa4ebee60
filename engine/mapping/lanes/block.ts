/**
 * Pass-through: columns whose bytes are the same on both sides stand side by side at the end of both lists,
 * so that one memcpy moves them all, lengths included. Guards look before it copies.
 */
import type { RowView } from '../../db/binary/row-reader.ts';
import { fitsCharacters, tooLong } from '../encoders.ts';
import type { Lane } from '../lane.ts';
import { Misfit } from '../misfit.ts';

/** Looks at one field without writing; a misfit names its column. */
export type Guard = (row: RowView) => Misfit | null;

/** Copies fields first..last of the source row as they are. */
export function blockLane(first: number, last: number, guards: readonly Guard[]): Lane {
  return (row, out) => {
    for (let i = 0; i < guards.length; i++) {
      const misfit = guards[i]!(row);
      if (misfit !== null) return misfit;
    }
    const start = row.offsets[first]! - 4;
    const length = row.lengths[last]!;
    const end = row.offsets[last]! + (length > 0 ? length : 0);
    out.ensure(end - start);
    out.raw(row.bytes, start, end);
    return null;
  };
}

export function notNullGuard(field: number, column: string): Guard {
  return (row) => {
    if (row.lengths[field]! >= 0) return null;
    return named(new Misfit('required-null', 'empty, but the column must not be'), column);
  };
}

export function lengthGuard(field: number, column: string, limit: number): Guard {
  return (row) => {
    const start = row.offsets[field]!;
    const length = row.lengths[field]!;
    if (length <= limit || fitsCharacters(row.bytes, start, start + length, limit)) return null;
    return named(tooLong(limit), column);
  };
}

export function named(misfit: Misfit, column: string): Misfit {
  misfit.column = column;
  return misfit;
}
