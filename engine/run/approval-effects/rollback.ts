/** Taking a run out of the target again: what the rollback itself would meet now. */
import type { RollbackReport } from '../../contract/undo.ts';
import type { Run } from '../../control/run-store.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { countOf, formatCount } from '../../report/words.ts';
import type { Effect, EffectDependencies } from './effect.ts';
import { wordsInTarget } from './in-target.ts';
import { readSourceStructure, targetFingerprint } from './structures.ts';

/** What a wish names that goes beyond the usual: a yes to the one is no yes to the other. */
export const FORCE_CHANGED = 'force-changed';

export async function rollbackEffect(
  deps: EffectDependencies,
  run: Run,
  plan: PlanFile,
  forceChanged = false,
): Promise<Effect> {
  const report = await deps.rollback.preview({
    runId: run.runId,
    plan,
    entities: [],
    force: forceChanged,
  });
  const sum = sumOf(report);
  const rows = sum(({ rows: removed }) => removed) + sum(({ restored = 0 }) => restored);
  const kept = sum((entity) => entity.kept);
  const dropped = sum(({ tableDropped }) => (tableDropped ? 1 : 0));
  const removed = sum((entity) => entity.rows);
  return {
    action: 'rollback',
    title: forceChanged
      ? `Take ${countOf(removed, 'record')} out of the new system again, with what others wrote into them.`
      : `Take ${countOf(removed, 'record')} out of the new system again.`,
    effect: [
      `What run ${run.runId} put there is removed from the new system: ${countOf(removed, 'record')}.`,
      ...changedWords(report, forceChanged),
      ...(kept > 0 ? [`Records in the same tables that others put there stay: ${formatCount(kept)}.`] : []),
      ...(dropped > 0
        ? [`Tables that the move made and that are empty then are removed too: ${formatCount(dropped)}.`]
        : []),
      ...report.notVerified,
      'The old database is not touched.',
    ],
    rows,
    maxRows: rows,
    reversible: await reversible(
      deps,
      plan,
      sum(({ forced }) => forced),
    ),
    inTarget: await wordsInTarget(deps.control, plan.migration),
    needsReason: false,
    planHash: run.planHash,
    sourceFingerprint: null,
    targetFingerprint: await targetFingerprint(deps.target, plan),
    runId: run.runId,
    subject: forceChanged ? FORCE_CHANGED : '',
    basis: null,
  };
}

function sumOf({ entities }: RollbackReport) {
  return (pick: (entity: RollbackReport['entities'][number]) => number) =>
    entities.reduce((total, entity) => total + pick(entity), 0);
}

function changedWords(report: RollbackReport, forceChanged: boolean): string[] {
  const sum = sumOf(report);
  const [changed, pointedAt] = [sum(({ left }) => left.changed), sum(({ left }) => left.pointedAt)];
  const [restored, forced] = [sum(({ restored: back = 0 }) => back), sum((entity) => entity.forced)];
  const gone = sum(({ goneBefore }) => goneBefore);
  return [
    ...(restored > 0
      ? [
          `Records that were there before get back what the move had changed in them: ${formatCount(restored)}.`,
        ]
      : []),
    ...(changed > 0
      ? [`Records that somebody has changed since stay as they are now: ${formatCount(changed)}.`]
      : []),
    ...(pointedAt > 0
      ? [`Records of the move that other records need stay as well: ${formatCount(pointedAt)}.`]
      : []),
    ...(forced > 0
      ? [
          `${countOf(forced, 'record')} that somebody has changed since ${forced === 1 ? 'goes' : 'go'} too. What was written into ${forced === 1 ? 'it' : 'them'} in the new system is lost for good.`,
        ]
      : []),
    ...(changed === 0 && forced === 0
      ? [
          forceChanged
            ? 'Nobody has changed any of them since, so nothing more goes than without asking for it.'
            : 'Nobody has changed any of them since.',
        ]
      : []),
    ...(gone > 0 ? [`Records of the move that others have deleted already: ${formatCount(gone)}.`] : []),
  ];
}

/** The old database is looked at, since everything hangs on it. */
async function reversible(
  { source }: EffectDependencies,
  plan: PlanFile,
  forced: number,
): Promise<Effect['reversible']> {
  let same: boolean | null;
  try {
    same = (await readSourceStructure(source, plan)).fingerprint === plan.source.fingerprint;
  } catch {
    same = null; // it cannot be reached; undoing a run must not depend on it
  }
  if (same) {
    return {
      answer: forced > 0 ? 'partly' : 'yes',
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
