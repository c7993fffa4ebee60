/**
 * Takes out of the target what a run, or some entities of it, put in.
 *
 * Promises: only rows that are in the run’s mapping pairs are deleted, and only tables and schemas that Towpath made and that
 * hold nothing else are dropped; rows of others stay and are counted as kept. Rows of the run that somebody has changed since,
 * and rows that others’ rows point to, stay as well and are listed (kept-rows.ts); told to, it takes the changed ones too.
 * Children go before parents. Every step is a transaction of its own with its ledger entries, so a rollback that was killed is
 * run again and goes on; one that is done does nothing. Where nobody else wrote, the target is what it was before.
 *
 *   completed | failed | paused | cancelled | … → rolling-back → rolled-back   nothing of the run is left but what others need
 *                                               rolling-back → failed          entities were taken out, others are left:
 *                                                                              resume moves them again, rollback takes the rest
 * Relies on the caller holding the run’s lock.
 */

import type { LeftRow, RollbackReport, UndoneEntity, UndoScope } from '../contract/undo.ts';
import { LISTED_LEFT_ROWS } from '../contract/undo.ts';
import type { Session } from '../db/database.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import type { ChangedRows } from '../validation/changed-rows.ts';
import { chooseEntities } from './choose-entities.ts';
import { closeRun } from './close-run.ts';
import type { RollbackDependencies } from './context.ts';
import { findKept, type KeptOfEntity } from './kept-rows.ts';
import { type SurveyedEntity, settleDrops, surveyEntities } from './survey.ts';
import { takeLeftRows } from './take-left-rows.ts';
import { undoEntities } from './undo-entities.ts';

export interface RollbackRequest {
  readonly runId: string;
  /** The plan the run was made with. */
  readonly plan: PlanFile;
  /** Empty: the whole run. */
  readonly entities: readonly string[];
  /** This level and every later one. */
  readonly level?: number;
  /** Takes rows that others have changed as well. */
  readonly force?: boolean;
  /** Who asked. */
  readonly by?: string;
  /** Hash of the edited plan that the run changes over to. */
  readonly forPlan?: string;
  readonly signal?: AbortSignal;
}

export interface Rollback {
  /** Counts what would go, and writes nothing. Throws DEPENDENCY_NOT_MET and UNKNOWN_ENTITY. */
  preview(request: RollbackRequest): Promise<RollbackReport>;
  /** Throws DEPENDENCY_NOT_MET, UNKNOWN_ENTITY, ILLEGAL_RUN_STATE; an AbortError between two steps. */
  undo(request: RollbackRequest): Promise<RollbackReport>;
}

export function createRollback(deps: RollbackDependencies): Rollback {
  const { control, target } = deps;

  async function withSession<T>(readOnly: boolean, work: (session: Session) => Promise<T>): Promise<T> {
    const session = await target.session({ readOnly, purpose: 'rollback' });
    try {
      return await work(session);
    } finally {
      await session.release();
    }
  }

  /** What compares rows with the source, and what is not known without it. */
  async function comparing<T>(
    { runId, plan }: RollbackRequest,
    work: (compare: ChangedRows | null) => Promise<T>,
  ): Promise<T> {
    const compare = (await deps.compare?.({ runId, plan })) ?? null;
    try {
      return await work(compare);
    } finally {
      await compare?.close();
    }
  }

  return {
    preview: async (request) => {
      const { runId } = await control.runs.get(request.runId);
      const { plan, force = false, signal } = request;
      const order = await chooseEntities(deps, request);
      return comparing(request, (compare) =>
        withSession(true, async (session) => {
          const surveyed = await surveyEntities({ plan, runId, entities: order, control, session });
          const looking = { ...deps, session, runId, plan, force, ...(signal ? { signal } : {}) };
          const kept = await findKept(looking, surveyed, compare);
          const entities = settleDrops(surveyed, (entity) => kept.get(entity)!.rows.size > 0).map((entity) =>
            foreseen(entity, kept.get(entity.entity)!, force),
          );
          return report({ runId, preview: true, force, entities, compared: compare !== null });
        }),
      );
    },
    undo: async (request) => {
      const run = await control.runs.get(request.runId);
      const { runId } = run;
      const { plan, force = false, signal } = request;
      const order = await chooseEntities(deps, request);
      const left = force ? await control.left.entities(runId) : [];
      const isDone =
        run.state === 'rolled-back' || (request.entities.length > 0 && run.state !== 'rolling-back');
      if (order.length === 0 && left.length === 0 && isDone)
        return report({ runId, preview: false, force, entities: [], compared: true });
      if (run.state !== 'rolled-back')
        await control.runs.move(runId, 'rolling-back', { remember: { undoing: scopeOf(request) } });
      return comparing(request, async (compare) => {
        const entities = await withSession(false, async (session) => {
          const context = { ...deps, runId, session, plan, force, ...(signal ? { signal } : {}) };
          const undone = await undoEntities(context, order, compare);
          return [
            ...undone,
            ...(await takeLeftRows(
              context,
              left.map(({ entity }) => entity),
              undone,
            )),
          ];
        });
        if (run.state !== 'rolled-back') await closeRun(deps, run, plan);
        const rows = (pick: (entity: UndoneEntity) => number) =>
          entities.reduce((sum, entity) => sum + pick(entity), 0);
        deps.events.publish({
          type: 'migration.rolled-back',
          runId,
          rowsRemoved: rows((entity) => entity.rows),
          rowsRestored: rows(({ restored = 0 }) => restored),
          rowsKept: rows(({ kept }) => kept),
          rowsLeft: rows((entity) => entity.left.changed + entity.left.pointedAt),
        });
        return report({ runId, preview: false, force, entities, compared: compare !== null });
      });
    },
  };
}

function scopeOf({ entities, level, force, by, forPlan }: RollbackRequest): UndoScope {
  return {
    entities,
    level: level ?? null,
    forceChanged: force ?? false,
    by: by ?? null,
    forPlan: forPlan ?? null,
  };
}

function foreseen(entity: SurveyedEntity, { rows, forced }: KeptOfEntity, force: boolean): UndoneEntity {
  const updates = entity.plan.merge?.onMatch === 'update';
  const stay = [...rows.values()];
  const images = force
    ? []
    : entity.changedImages.map((row) => ({ ...row, reason: 'changed' as const, columns: null }));
  return {
    entity: entity.entity,
    level: entity.plan.level,
    rows: entity.rows - stay.length,
    kept: entity.drop ? 0 : entity.kept,
    ...(updates ? { restored: entity.merged - images.length } : {}),
    tableDropped: entity.drop,
    left: {
      changed: stay.filter(({ reason }) => reason === 'changed').length + images.length,
      pointedAt: stay.filter(({ reason }) => reason === 'pointed-at').length,
      rows: [...stay, ...images].sort(byReasonAndKey).slice(0, LISTED_LEFT_ROWS),
    },
    forced: forced + (force ? entity.changedImages.length : 0),
    goneBefore: entity.gone,
  };
}

/** As they are listed once they are left. */
function byReasonAndKey(a: LeftRow, b: LeftRow): number {
  const [left, right] = [`${a.reason} ${a.legacyId}`, `${b.reason} ${b.legacyId}`];
  return left < right ? -1 : left > right ? 1 : 0;
}

interface Reported {
  readonly runId: string;
  readonly preview: boolean;
  readonly force: boolean;
  readonly entities: readonly UndoneEntity[];
  readonly compared: boolean;
}

/** Without the source every row that others wrote last counts as changed. */
const NOT_COMPARED =
  'The old database could not be read as the plan has it, so rows that others wrote last count as changed even where they hold what was moved.';

function report({ runId, preview, force, entities, compared }: Reported): RollbackReport {
  const some = entities.some(({ left, forced }) => left.changed > 0 || forced > 0);
  return {
    runId,
    preview,
    forceChanged: force,
    entities,
    notVerified: some && !compared ? [NOT_COMPARED] : [],
  };
}
