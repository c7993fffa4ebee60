/** What the plan in its file would do otherwise than one that was approved or run. */
import type { Engine } from '../../engine/contract/contract.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import { shownSentence } from '../../engine/core/shown-text.ts';
import { comparePlans } from '../../engine/plan/compare-plans.ts';
import type { PlanFile } from '../../engine/plan/plan-file.ts';
import { planHash } from '../../engine/plan/plan-hash.ts';
import { countOf } from '../../engine/report/words.ts';
import type { PlanDifference } from '../shapes/plan.ts';

const YES = ['granted', 'used'] as const;

/** `to`: `approved`, or the hash of a plan or its beginning. Throws UNKNOWN_PLAN. */
export async function planDifferenceOf(
  engine: Pick<Engine, 'approvals' | 'storedPlan'>,
  now: PlanFile,
  to: string,
): Promise<PlanDifference> {
  const before = await engine.storedPlan(to === 'approved' ? await approvedHash(engine) : to);
  const differences = comparePlans(before, now).map(({ text, ...where }) => ({
    ...where,
    text: shownSentence(text, 300),
  }));
  const words =
    differences.length === 0
      ? 'Both plans would do the same.'
      : `${countOf(differences.length, 'difference')} to the earlier plan.`;
  return { words, choices: [], data: { from: planHash(before), to: planHash(now), differences } };
}

async function approvedHash(engine: Pick<Engine, 'approvals'>): Promise<string> {
  const cards = await engine.approvals({ states: YES });
  const newest = cards.find(
    ({ action }) => action === 'rehearse' || action === 'migrate' || action === 'retry-quarantine',
  );
  if (newest !== undefined) return newest.planHash;
  throw new MigrationError({
    code: 'UNKNOWN_PLAN',
    message: 'No plan has been approved yet, so there is nothing to compare with.',
    hint: 'Ask for an approval first.',
  });
}
