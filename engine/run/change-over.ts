/**
 * What the old plan brought of kinds of records that the edited one moves otherwise is taken out, as by a rollback of just these.
 * Rows that others have changed since, or that others need, would stay and be met by the ones that are moved anew, under the same
 * ids: so they are asked about before anything goes, and a person decides about them.
 */
import { MigrationError } from '../core/errors.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { planHash } from '../plan/plan-hash.ts';
import { countOf, joinWords } from '../report/words.ts';
import { createRollback, type Rollback } from '../rollback/rollback.ts';
import { compareWithSource } from './compare-with-source.ts';
import type { RunDependencies } from './run-dependencies.ts';
import { changeOverStays, tellingState } from './telling-state.ts';

export interface TakingOut {
  readonly runId: string;
  /** By which they were moved. */
  readonly plan: PlanFile;
  readonly after: PlanFile;
  readonly entities: readonly string[];
}

/** Throws CHANGED_ROWS_IN_THE_WAY, DEPENDENCY_NOT_MET. */
export async function refuseRowsInTheWay(deps: RunDependencies, taking: TakingOut): Promise<void> {
  const { runId, plan, entities } = taking;
  if (entities.length === 0) return;
  const { entities: foreseen } = await rollbackOf(deps).preview({ runId, plan, entities });
  const stay = new Map(foreseen.map(({ entity, left }) => [entity, left.changed + left.pointedAt]));
  for (const { entity, rows } of await deps.control.left.entities(runId))
    if (entities.includes(entity)) stay.set(entity, (stay.get(entity) ?? 0) + rows);
  refuse(taking, stay, 'Nothing was changed.');
}

/** The undo of these kinds of records, begun for the edited plan and told as that. */
export async function takeOut(deps: RunDependencies, taking: TakingOut): Promise<void> {
  const { runId, plan, after, entities } = taking;
  if (entities.length === 0) return;
  const forPlan = planHash(after);
  const undone = await tellingState(changeOverStays(runId), () =>
    rollbackOf(deps).undo({ runId, plan, entities, forPlan }),
  );
  const stay = undone.entities.map(({ entity, left }) => [entity, left.changed + left.pointedAt] as const);
  refuse(
    taking,
    new Map(stay),
    'What the old plan had brought of them is out, the rest of the run as it was.',
  );
  const { state } = await deps.control.runs.get(runId);
  if (state !== 'rolled-back') return;
  throw new MigrationError({
    code: 'RUN_IS_OVER',
    message: `Nothing of run ${runId} was complete, and what it had moved in part is out again.`,
    hint: 'Begin by the edited plan: towpath approve, then towpath migrate.',
    details: { runId, currentState: state },
  });
}

function rollbackOf(deps: RunDependencies): Rollback {
  const { control, target, events, failpoints, log } = deps;
  const compare: Parameters<typeof createRollback>[0]['compare'] = (of) => compareWithSource(deps, of);
  return createRollback({ control, target, events, failpoints, log, compare });
}

function refuse({ runId }: TakingOut, stay: ReadonlyMap<string, number>, state: string): void {
  const left = [...stay].filter(([, rows]) => rows > 0);
  if (left.length === 0) return;
  const names = left.map(([entity]) => entity);
  const rows = left.reduce((sum, [, count]) => sum + count, 0);
  const what = joinWords(left.map(([entity, count]) => `${countOf(count, 'row')} of ${entity}`));
  throw new MigrationError({
    code: 'CHANGED_ROWS_IN_THE_WAY',
    message: `${what} that the run moved by its old plan ${rows === 1 ? 'was' : 'were'} changed by others since, or ${rows === 1 ? 'is' : 'are'} needed by others’ rows. ${rows === 1 ? 'It' : 'They'} would not go, and the same ${rows === 1 ? 'row' : 'rows'} moved anew would meet ${rows === 1 ? 'it' : 'them'}.`,
    hint: `${state} To take out also what others changed, whose changes are lost then: towpath rollback ${runId} --entities ${names.join(',')} --force-changed --preview, then with --confirm, and towpath resume ${runId} --edited-plan. Or leave ${joinWords(names)} in the plan as the run has it.`,
    details: { runId, entities: names },
  });
}
