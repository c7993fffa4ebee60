/** A plan that does not fit the source is refused before anything is made, with its first mistake as the sentence. */
import { MigrationError } from '../core/errors.ts';
import type { Catalog } from '../schema/catalog.ts';
import { checkPlan } from './check-plan.ts';
import type { PlanFile } from './plan-file.ts';

/** Throws PLAN_INVALID. */
export function refuseInvalid(plan: PlanFile, catalog: Catalog): void {
  const errors = checkPlan(plan, catalog).filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (!first) return;
  const more = errors.length > 1 ? ` There are ${errors.length - 1} more mistakes.` : '';
  throw new MigrationError({
    code: 'PLAN_INVALID',
    message: `The plan does not fit the source: ${first.path}: ${first.message}${more}`,
    hint: `${first.hint} Nothing was changed; towpath map --check shows every mistake with its line.`,
    details: { findings: errors.map(({ path, message, hint }) => ({ path, message, hint })) },
  });
}
