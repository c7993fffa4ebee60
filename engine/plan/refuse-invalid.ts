/** A plan that does not fit the source is refused before anything is made, with its first mistake as the sentence. */
import { MigrationError } from '../core/errors.ts';
import type { Catalog } from '../schema/catalog.ts';
import { checkPlan } from './check-plan.ts';
import type { PlanFinding } from './finding.ts';
import type { PlanFile } from './plan-file.ts';

/** Throws PLAN_INVALID. */
export function refuseInvalid(plan: PlanFile, catalog: Catalog): void {
  refuseErrors(checkPlan(plan, catalog), 'The plan does not fit the source');
}

/** Throws PLAN_INVALID where one of the findings is an error. */
export function refuseErrors(findings: readonly PlanFinding[], what: string): void {
  const errors = findings.filter(({ severity }) => severity === 'error');
  const [first] = errors;
  if (!first) return;
  const more = errors.length > 1 ? ` There are ${errors.length - 1} more mistakes.` : '';
  throw new MigrationError({
    code: 'PLAN_INVALID',
    message: `${what}: ${first.path}: ${first.message}${more}`,
    hint: `${first.hint} Nothing was changed; towpath map --check shows every mistake with its line.`,
    details: {
      findings: errors.map(({ path, message, hint, inCode }) => ({
        path,
        message,
        hint,
        ...(inCode ? { inCode } : {}),
      })),
    },
  });
}
