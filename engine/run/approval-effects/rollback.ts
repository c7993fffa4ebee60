/** Taking a run out of the target again: what the rollback itself would meet now. */
import type { Run } from '../../control/run-store.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { countOf, formatCount } from '../../report/words.ts';
import type { Effect, EffectDependencies } from './effect.ts';
import { wordsInTarget } from './in-target.ts';
import { readSourceStructure, targetFingerprint } from './structures.ts';

export async function rollbackEffect(deps: EffectDependencies, run: Run, plan: PlanFile): Promise<Effect> {
  const { entities } = await deps.rollback.preview({ runId: run.runId, plan, entities: [] });
  const rows = entities.reduce((sum, entity) => sum + entity.rows, 0);
  const kept = entities.reduce((sum, entity) => sum + entity.kept, 0);
  const dropped = entities.filter(({ tableDropped }) => tableDropped).length;
  return {
    action: 'rollback',
    title: `Take ${countOf(rows, 'record')} out of the new system again.`,
    effect: [
      `Exactly what run ${run.runId} put there is removed from the new system: ${countOf(rows, 'record')}.`,
      'What somebody has changed in them since goes with them; whether that happened was not looked at.',
      ...(kept > 0 ? [`Records in the same tables that others put there stay: ${formatCount(kept)}.`] : []),
      ...(dropped > 0
        ? [`Tables that the move made and that are empty then are removed too: ${formatCount(dropped)}.`]
        : []),
      'The old database is not touched.',
    ],
    rows,
    maxRows: rows,
    reversible: await reversible(deps, plan),
    inTarget: await wordsInTarget(deps.control, plan.migration),
    needsReason: false,
    planHash: run.planHash,
    sourceFingerprint: null,
    targetFingerprint: await targetFingerprint(deps.target, plan),
    runId: run.runId,
    subject: '',
    basis: null,
  };
}

/** The old database is looked at, since everything hangs on it. */
async function reversible({ source }: EffectDependencies, plan: PlanFile): Promise<Effect['reversible']> {
  let same: boolean | null;
  try {
    same = (await readSourceStructure(source, plan)).fingerprint === plan.source.fingerprint;
  } catch {
    same = null; // it cannot be reached; undoing a run must not depend on it
  }
  if (same) {
    return {
      answer: 'yes',
      how: 'The old database still holds these records: moving again brings them back under the same ids. Changes made in the new system since do not come back.',
    };
  }
  return {
    answer: 'partly',
    how:
      same === null
        ? 'The old database did not answer, so whether it still holds these records is not known. If it does, moving again brings them back under the same ids.'
        : 'The tables of the old database have changed since, so bringing the records back needs a new plan first. They would get the same ids.',
  };
}
