import type { HeldRow } from '../../control/quarantine-store.ts';
import type { PlanEntity } from '../../plan/plan-file.ts';

/** The old value that did not fit; null where no single one did. */
export function misfitValue(
  row: Pick<HeldRow, 'column' | 'sourceRow'>,
  entity: PlanEntity | undefined,
): string | null {
  const from = entity?.columns.find(({ to }) => to === row.column)?.from;
  if (from === undefined || row.sourceRow === null || typeof row.sourceRow !== 'object') return null;
  const value = (row.sourceRow as Readonly<Record<string, unknown>>)[from];
  return typeof value === 'string' ? value : null;
}
