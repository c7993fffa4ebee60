/** Does Towpath make the table of an entity, or is it there already? Said for the whole plan, and per entity where it differs. */
import type { PlanEntity, PlanFile } from './plan-file.ts';

export function createsTable(
  { target }: Pick<PlanFile, 'target'>,
  entity: Pick<PlanEntity, 'target'>,
): boolean {
  return entity.target.create ?? target.create;
}
