/** Which plan rows are tried or moved by: the file as it stands, and with --suggested what the chosen cards suggest on top. */
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import type { CauseCard } from '../../engine/contract/quarantine.ts';
import type { PlanFile } from '../../engine/plan/plan-file.ts';
import { planHash } from '../../engine/plan/plan-hash.ts';
import type { Context } from '../command.ts';
import { codeOf, loadPlan, planText } from '../plan-in-use.ts';
import { usageError } from '../usage-error.ts';

export interface WantedPlan {
  /** Null where there is no plan file: the run's own. */
  readonly plan: PlanFile | null;
  /** Of the file with the suggestions in it; null where it needs none. */
  readonly text: string | null;
  readonly changes: readonly string[];
}

export async function wantedPlan(
  context: Context,
  run: { readonly planHash: string },
  cards: readonly CauseCard[],
  suggested: boolean,
): Promise<WantedPlan> {
  const asItStands = async () => (existsSync(context.planPath) ? await loadPlan(context) : null);
  if (!suggested) return { plan: await asItStands(), text: null, changes: [] };
  const fixes = cards.flatMap(({ suggestion }) => suggestion ?? []);
  if (fixes.length === 0) {
    // a retry that broke off may have left what was suggested in the file: then it is that which is wanted
    const plan = await asItStands();
    if (plan !== null && planHash(plan) !== run.planHash) return { plan, text: null, changes: [] };
    throw usageError(
      'None of these cards suggests a change of the plan.',
      'See what would do: towpath quarantine list. Or edit the plan file, and try without --suggested.',
    );
  }
  const { editText } = await import('../../engine/plan/changes/change-plan.ts');
  const { parsePlan } = await import('../../engine/plan/plan-document.ts');
  const before = planText(context);
  const text = editText(before, undefined, (opened) => {
    for (const { changes } of fixes) for (const change of changes) opened.change(change);
  });
  return {
    plan: parsePlan(text, basename(context.planPath), codeOf(context)),
    text: text === before ? null : text,
    changes: fixes.flatMap(({ words, loses }) => [
      words,
      ...(loses === null ? [] : [`Lost by it: ${loses}`]),
    ]),
  };
}
