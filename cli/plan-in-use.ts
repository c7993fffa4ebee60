/** The plan file that a command works with. */
import { basename, dirname } from 'node:path';
import { MigrationError } from '../engine/core/errors.ts';
import type { PlanFile } from '../engine/plan/plan-file.ts';
import type { ReadCode } from '../engine/plan/read-code.ts';
import { codeBeside } from '../engine/workspace/code-files.ts';
import { readTextFile } from '../engine/workspace/files.ts';
import type { Context } from './command.ts';

/** @throws MigrationError PLAN_MISSING or PLAN_INVALID, the latter with a line number for each mistake */
export async function loadPlan(context: Context): Promise<PlanFile> {
  const { parsePlan } = await import('../engine/plan/plan-document.ts');
  return parsePlan(planText(context), basename(context.planPath), codeOf(context));
}

/** Code files beside the plan in use. */
export function codeOf(context: Context): ReadCode {
  return codeBeside(dirname(context.planPath));
}

/** @throws MigrationError PLAN_MISSING */
export function planText(context: Context): string {
  const text = readTextFile(context.planPath);
  if (text !== null) return text;
  throw new MigrationError({
    code: 'PLAN_MISSING',
    message: `There is no plan file ${context.planPath}.`,
    hint: 'Run “towpath plan” to have one proposed, or name one with --plan.',
  });
}

export async function hashOfPlan(plan: PlanFile): Promise<string> {
  const { planHash } = await import('../engine/plan/plan-hash.ts');
  return planHash(plan);
}
