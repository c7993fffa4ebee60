/** `towpath map --diff`: what the plan would do otherwise than an earlier one. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { comparePlans, type PlanDifference } from '../../engine/plan/compare-plans.ts';
import { parsePlan } from '../../engine/plan/plan-document.ts';
import type { PlanFile } from '../../engine/plan/plan-file.ts';
import { countOf } from '../../engine/report/words.ts';
import { readTextFile } from '../../engine/workspace/files.ts';
import type { Context } from '../command.ts';
import { type ExitCode, exitCode } from '../exit-codes.ts';
import { hashOfPlan, loadPlan } from '../plan-in-use.ts';
import { plainText } from '../text/table.ts';
import { usageError } from '../usage-error.ts';

export async function showDifference(context: Context, earlier: string): Promise<ExitCode> {
  const now = await loadPlan(context);
  const before = await earlierPlan(context, earlier);
  const differences = comparePlans(before, now);
  context.output.result({
    status: 'success',
    planHash: await hashOfPlan(now),
    earlierHash: await hashOfPlan(before).catch(() => null),
    differences,
  });
  context.output.say(...differenceLines(differences));
  return exitCode.done;
}

/** A file, else the hash of a plan that was approved or run. */
async function earlierPlan(context: Context, said: string): Promise<PlanFile> {
  const file = context.path(said);
  if (existsSync(file)) return parsePlan(readTextFile(file) ?? '', basename(file));
  if (/^[0-9a-f]{6,64}$/i.test(said))
    return context.withEngine('target', (engine) => engine.storedPlan(said));
  throw usageError(
    `There is no file ${said}, and it is no hash of a plan.`,
    'Name an earlier plan file, or the hash of a plan that was approved or run.',
  );
}

function differenceLines(differences: readonly PlanDifference[]): string[] {
  if (differences.length === 0) return ['Both plans would do the same.'];
  const groups = Map.groupBy(differences, ({ entity }) => entity);
  return [
    ...[...groups].flatMap(([entity, list]) => [
      entity === null ? 'The plan as a whole' : plainText(entity),
      ...list.map(({ text }) => `  ${plainText(text, 300)}`),
      '',
    ]),
    `${countOf(differences.length, 'difference')} to the earlier plan.`,
  ];
}
