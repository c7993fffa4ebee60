/** One change of the plan file, as somebody chose it. Approvals of the plan as it was fit no longer: they name its hash. */
import type { z } from 'zod';
import type { changeFacts, PlanChange } from '../../contract/facts.ts';
import type { Told } from '../../contract/journey.ts';
import { MigrationError } from '../../core/errors.ts';
import { changePlan } from '../../plan/changes/change-plan.ts';
import { hasCode } from '../../plan/code-units.ts';
import type { PlanFinding } from '../../plan/finding.ts';
import { parsePlan } from '../../plan/plan-document.ts';
import { planHash } from '../../plan/plan-hash.ts';
import { countOf } from '../../report/words.ts';
import type { JourneyDependencies } from '../dependencies.ts';
import { mistakesOf } from '../facts/plan-facts.ts';
import { anyPlan } from '../plan-in-hand.ts';
import { refuseInUse } from './prepare.ts';

type Changed = z.infer<typeof changeFacts>;

/** @throws PLAN_MISSING, PLAN_IN_USE, or why the change cannot be made; the file is then as it was */
export async function editPlan(deps: JourneyDependencies, change: PlanChange): Promise<Told<Changed>> {
  const { text, data } = await changedPlan(deps, change);
  if (data.changed) deps.workspace.writePlanText(text);
  return {
    data,
    words: wordsOf(data),
    choices: data.changed ? ['Show the plan', 'Rehearse first'] : ['Show the plan'],
  };
}

/** What the change would do; nothing is written. @throws as editPlan */
export async function checkChange(deps: JourneyDependencies, change: PlanChange): Promise<Told<Changed>> {
  const { data } = await changedPlan(deps, change);
  return { data, words: checkWords(data), choices: [] };
}

async function changedPlan(
  deps: JourneyDependencies,
  change: PlanChange,
): Promise<{ readonly text: string; readonly data: Changed }> {
  const { engine, workspace, names } = deps;
  const before = anyPlan(deps);
  await refuseInUse(deps, before);
  const { text, changed, ...lines } = changePlan(workspace.planText()!, change);
  const hashAfter = planHash(parsePlan(text, undefined, workspace.readCode));
  const granted = names.target === null ? [] : await engine.approvals({ states: ['granted'] });
  const data = {
    changed,
    ...lines,
    hashBefore: before.hash,
    hashAfter,
    mistakes: mistakesOf(await mistakesIn(deps, text)),
    approvalsLost: changed ? granted.filter(({ planHash: hash }) => hash === before.hash).length : 0,
  };
  return { text, data };
}

/** Where the plan fits otherwise, what the compiler says of its code. */
async function mistakesIn(deps: JourneyDependencies, text: string): Promise<readonly PlanFinding[]> {
  const checked = deps.workspace.checkPlanText(text);
  const mistakes = checked.findings.filter(({ severity }) => severity === 'error');
  if (!checked.ok) return mistakes;
  const { plan } = checked;
  const catalog = deps.workspace.readCatalog();
  if (mistakes.length > 0 || catalog === null || !hasCode(plan)) return mistakes;
  try {
    return await deps.engine.checkCode(plan, catalog);
  } catch (error) {
    // Said when the plan is to be used; it can be written without.
    if (error instanceof MigrationError && error.code === 'SANDBOX_MISSING') return [];
    throw error;
  }
}

function wordsOf({ changed, before, after, mistakes, approvalsLost }: Changed): string {
  if (!changed) return `The plan says so already: ${closed(after)}`;
  const lost =
    approvalsLost === 0
      ? ''
      : ` ${countOf(approvalsLost, 'approval')} of the plan as it was ${approvalsLost === 1 ? 'does' : 'do'} not count any more.`;
  const wrong =
    mistakes.length === 0
      ? ''
      : ` With this the plan has ${countOf(mistakes.length, 'mistake')}: ${mistakes[0]!.message} ${mistakes[0]!.hint}`;
  return `Changed in the plan. Before: ${closed(before)} Now: ${closed(after)} It has to be rehearsed as it stands now before it can move anything.${lost}${wrong}`;
}

function checkWords({ changed, before, after, mistakes, approvalsLost }: Changed): string {
  if (!changed) return `The plan says so already: ${closed(after)}`;
  const lost =
    approvalsLost === 0
      ? ''
      : ` ${countOf(approvalsLost, 'approval')} of the plan as it is would not count any more.`;
  const [first] = mistakes;
  const wrong =
    first === undefined
      ? ' The plan would be without mistakes, and would have to be rehearsed as it stands then.'
      : ` The plan would have ${countOf(mistakes.length, 'mistake')}: ${first.message} ${first.hint}`;
  return `Before: ${closed(before)} Then: ${closed(after)} Nothing is written yet.${wrong}${lost}`;
}

function closed(line: string): string {
  return /[.!?]$/.test(line) ? line : `${line}.`;
}
