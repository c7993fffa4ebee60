/**
 * A first estimate of the whole migration, from sizes only; the rehearsal replaces it by measured paces.
 * The paces are deliberately low ends for two cores and one network hop.
 */
import type { EntityOutline } from './outline.ts';
import type { PlanFile } from './plan-file.ts';

const ROWS_PER_SECOND = 60_000;
const BYTES_PER_SECOND = 15 * 1024 * 1024;
const SECONDS_PER_ENTITY = 0.2;

export function estimateOf(entities: readonly Pick<EntityOutline, 'table'>[]): PlanFile['estimate'] {
  const rows = sum(entities.map(({ table }) => table.exactRows ?? table.estimatedRows ?? 0));
  const bytes = sum(entities.map(({ table }) => table.bytes));
  const seconds =
    Math.max(rows / ROWS_PER_SECOND, bytes / BYTES_PER_SECOND) + entities.length * SECONDS_PER_ENTITY;
  return { rows, bytes, seconds: Math.ceil(seconds) };
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + Math.max(0, Math.round(value)), 0);
}
