/**
 * How much would move, how long it may take and how much room it wants, from sizes alone. The rehearsal replaces it by what
 * it measures; until then the band is wide. A row gains a uuid, its old key, notes and a pair of old and new key; indexes and
 * write-ahead log are the shares that the rehearsal reckons with (rehearsal/forecast.ts).
 */
import type { PlanFile } from '../../plan/plan-file.ts';
import type { Table } from '../../schema/catalog.ts';
import type { Size } from './assessment.ts';

const ROW_OVERHEAD_BYTES = 150;
const INDEX_SHARE = 0.6;
const WAL_SHARE = 1.2;

export function sizeOf(moving: readonly Table[], plan: PlanFile | null): Size {
  const { rows, bytes, seconds } = plan?.estimate ?? { rows: 0, bytes: 0, seconds: 0 };
  const targetBytes = Math.round((bytes + rows * ROW_OVERHEAD_BYTES) * (1 + INDEX_SHARE));
  return {
    tables: moving.length,
    columns: moving.reduce((sum, table) => sum + table.columns.length, 0),
    rows,
    bytes,
    seconds: { low: Math.ceil(seconds / 2), likely: seconds, high: seconds * 3 },
    targetBytes,
    walBytes: Math.round(targetBytes * WAL_SHARE),
  };
}
