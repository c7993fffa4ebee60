/** A wish → what it would do now. */
import type { Wish } from '../../contract/approvals.ts';
import type { Run } from '../../control/run-store.ts';
import { MigrationError } from '../../core/errors.ts';
import { type PlanFile, planFile } from '../../plan/plan-file.ts';
import { acceptSetAsideEffect } from './accept-set-aside.ts';
import { cleanUpEffect } from './clean-up.ts';
import type { Effect, EffectDependencies } from './effect.ts';
import { migrateEffect } from './migrate.ts';
import { rehearseEffect } from './rehearse.ts';
import { retryEffect } from './retry-quarantine.ts';
import { rollbackEffect } from './rollback.ts';
import { signOffEffect } from './sign-off.ts';
import { readSourceStructure } from './structures.ts';

/** Gives the fingerprint of the source as it is now; asked where an approval is bound to it. */
export type ReadSource = (plan: PlanFile) => Promise<string>;

/** Throws UNKNOWN_RUN, and what makes the wish senseless: GATE_NOT_CLOSED, NOT_VALIDATED, DEPENDENCY_NOT_MET … */
export async function effectOf(
  deps: EffectDependencies,
  wish: Wish,
  sourceNow: ReadSource = async (plan) => (await readSourceStructure(deps.source, plan)).fingerprint,
): Promise<Effect> {
  switch (wish.action) {
    case 'rehearse':
      refuseSample(wish.sample);
      return rehearseEffect(deps, wish, await sourceNow(wish.plan));
    case 'migrate':
      return migrateEffect(deps, wish.plan, await sourceNow(wish.plan));
    case 'clean-up':
      return cleanUpEffect(deps, wish.olderThanDays);
    case 'accept-set-aside': {
      const { run, plan } = await runOf(deps, wish.runId);
      return acceptSetAsideEffect(deps, run, plan, await sourceNow(plan));
    }
    case 'retry-quarantine': {
      const { run, plan: old } = await runOf(deps, wish.runId);
      const { plan, cards } = wish;
      return retryEffect(deps, { run, old, plan, cards, sourceFingerprint: await sourceNow(plan) });
    }
    case 'rollback': {
      const { run, plan } = await runOf(deps, wish.runId);
      const { forceChanged = false, entities = [], level = null } = wish;
      return rollbackEffect(deps, run, plan, { forceChanged, entities, level });
    }
    case 'sign-off': {
      const { run, plan } = await runOf(deps, wish.runId);
      return signOffEffect(deps, run, plan);
    }
  }
}

export async function runOf(
  { control }: Pick<EffectDependencies, 'control'>,
  runId: string,
): Promise<{ run: Run; plan: PlanFile }> {
  const run = await control.runs.get(runId);
  return { run, plan: planFile.parse((await control.artifacts.get(run.planHash)).content) };
}

function refuseSample(sample: number): void {
  if (Number.isInteger(sample) && sample > 0) return;
  throw new MigrationError({
    code: 'INVALID_SAMPLE',
    message: `“${sample}” is not a number of records.`,
    hint: 'Give a whole number, 1 or more.',
    details: { sample },
  });
}
