/**
 * Which rows carry which defect, decided by arithmetic before any row exists.
 *
 * Every table is cut into strides of equal length. The last row of a stride may hold one defect that quarantines it,
 * the row in the middle one that does not. So a row never holds two defects, and `id % stride = 0` tells the
 * generator which parents to avoid: **no row refers to a quarantined row**, hence no cascades, and the manifest
 * counts exactly what a migration must set aside. Rejected: drawing defect rows by chance, which would need a look-up
 * for every reference of four million rows.
 */
import { MigrationError } from '../engine/core/errors.ts';
import { type PlannedDefect, plannedDefects } from './defect-kinds.ts';
import type { Sizes } from './tables.ts';

export interface PlacedDefect extends PlannedDefect {
  /** Place i (1-based, i ≤ count) is row `stride × (first + i − 1) − back`. */
  readonly first: number;
  readonly count: number;
  readonly back: number;
}

export interface TableLayout {
  readonly rows: number;
  readonly stride: number;
  readonly placed: readonly PlacedDefect[];
  /** Whether rows at multiples of the stride may be quarantined. */
  readonly hasBadRows: boolean;
}

export type DefectLayout = ReadonlyMap<string, TableLayout>;

const largestRate = 0.05;

export function layOutDefects(sizes: Sizes, rate: number): DefectLayout {
  if (!(rate >= 0 && rate <= largestRate)) {
    throw new MigrationError({
      code: 'SAMPLE_OPTION_INVALID',
      message: `The sample cannot be built with a defect rate of ${rate}.`,
      hint: `Choose a rate from 0 (clean) to ${largestRate}; 0.0005 is the usual one.`,
      details: { defectRate: rate },
    });
  }
  return new Map([...sizes].map(([table, rows]) => [table, layOutTable(table, rows, rate)]));
}

function layOutTable(table: string, rows: number, rate: number): TableLayout {
  const planned = rate === 0 ? [] : plannedDefects.filter((defect) => defect.table === table);
  const next = { bad: 1, harmless: 1 };
  const counted = planned.map((defect) => {
    const side: keyof typeof next = defect.expected === 'quarantined' ? 'bad' : 'harmless';
    const count = defect.fixedCount ?? Math.max(defect.forms.length, Math.round(rate * rows));
    const first = next[side];
    next[side] += count;
    return { ...defect, first, count, side };
  });
  const stride = Math.floor(rows / Math.max(1, next.bad - 1, next.harmless - 1));
  const placed = counted.map(({ side, ...defect }) => ({
    ...defect,
    back: side === 'bad' ? 0 : Math.floor(stride / 2),
  }));
  return { rows, stride, placed, hasBadRows: next.bad > 1 };
}
