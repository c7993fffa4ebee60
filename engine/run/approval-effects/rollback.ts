/** Taking a run, or a part of it, out of the target again: what the rollback itself would meet now. */
import type { RollbackReport } from '../../contract/undo.ts';
import type { Run } from '../../control/run-store.ts';
import { shownText } from '../../core/shown-text.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { countOf, formatCount, joinWords } from '../../report/words.ts';
import type { Effect, EffectDependencies } from './effect.ts';
import { wordsInTarget } from './in-target.ts';
import { readSourceStructure, targetFingerprint } from './structures.ts';
import { subjectOfUndo, type UndoWish } from './undo-subject.ts';

export async function rollbackEffect(
  deps: EffectDependencies,
  run: Run,
  plan: PlanFile,
  wish: UndoWish,
): Promise<Effect> {
  const { forceChanged, entities, level } = wish;
  const report = await deps.rollback.preview({
    runId: run.runId,
    plan,
    entities,
    force: forceChanged,
    ...(level === null ? {} : { level }),
  });
  const sum = sumOf(report);
  const rows = sum(({ rows: removed }) => removed) + sum(({ restored = 0 }) => restored);
  const kept = sum((entity) => entity.kept);
  const dropped = sum(({ tableDropped }) => (tableDropped ? 1 : 0));
  const removed = sum((entity) => entity.rows);
  const what = `${countOf(removed, 'record')}${partWords(wish)}`;
  return {
    action: 'rollback',
    title: forceChanged
      ? `Take ${what} out of the new system again, with what others wrote into them.`
      : `Take ${what} out of the new system again.`,
    effect: [
      `What the move put there is removed from the new system: ${what}.`,
      ...(partWords(wish) === '' ? [] : ['Other kinds of records of the run stay as they are.']),
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
    subject: subjectOfUndo(wish),
    basis: null,
  };
}

/** Empty for the whole run. */
function partWords({ entities, level }: UndoWish): string {
  const names = entities.length === 0 ? '' : ` of ${joinWords(entities.map((name) => shownText(name, 63)))}`;
  return level === null ? names : `${names} of level ${level} and later`;
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
