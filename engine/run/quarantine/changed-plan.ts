/** A plan with changes that stand in no file yet. */
import { MigrationError } from '../../core/errors.ts';
import { editText } from '../../plan/changes/change-plan.ts';
import type { PlanChange } from '../../plan/changes/plan-change.ts';
import { readPlan } from '../../plan/plan-document.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { writePlan } from '../../plan/write-plan.ts';

/** Throws what changes throw, and PLAN_INVALID. */
export function changedPlan(plan: PlanFile, changes: readonly PlanChange[]): PlanFile {
  if (changes.length === 0) return plan;
  const text = editText(writePlan(plan), undefined, (opened) => {
    for (const change of changes) opened.change(change);
  });
  const read = readPlan(text);
  if (read.ok) return read.plan;
  const [first] = read.findings;
  throw new MigrationError({
    code: 'PLAN_INVALID',
    message: `With this change the plan is none any more: ${first?.message ?? 'it cannot be read'}`,
    hint: `Nothing was changed. ${first?.hint ?? 'Edit the plan file instead.'}`,
  });
}
