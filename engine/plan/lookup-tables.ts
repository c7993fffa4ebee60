/** Tables of the source that a plan reads without moving them: those that values are looked up in. */
import type { PlanFile } from './plan-file.ts';
import { transformsOf } from './transforms.ts';

export function lookupTables(plan: Pick<PlanFile, 'entities'>): { schema: string; table: string }[] {
  return plan.entities.flatMap(({ columns }) =>
    columns.flatMap((column) =>
      transformsOf(column).flatMap((step) =>
        step.kind === 'lookup' && step.table !== undefined ? [step.table] : [],
      ),
    ),
  );
}
