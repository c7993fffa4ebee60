/** The table of an entity in the target, as SQL. */
import { quoteTable } from '../../engine/db/quote.ts';
import type { PlanEntity } from '../../engine/plan/plan-file.ts';

export function tableOf({ target }: Pick<PlanEntity, 'target'>): string {
  return quoteTable({ schema: target.schema, name: target.table });
}
