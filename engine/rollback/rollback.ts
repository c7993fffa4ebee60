/**
 * Takes out of the target what a run, or some entities of it, put in.
 *
 * Promises: only rows that are in the run’s mapping pairs are deleted, and only tables that Towpath made and that hold
 * nothing else are dropped; rows of others stay and are counted as kept. Children go before parents. Every step is a
 * transaction of its own with its ledger entries, so a rollback that was killed is run again and goes on; one that is
 * done does nothing.
 *
 *   completed | failed | paused | cancelled | … → rolling-back → rolled-back   nothing of the run is left
 *                                               rolling-back → failed          entities were taken out, others are left:
 *                                                                              resume moves them again, rollback takes the rest
 * Not checked: whether somebody has changed a row since it was moved. Such a row is deleted like the others; the report
 * says so. Relies on the caller holding the run’s lock.
 */

import type { RollbackReport } from '../contract/contract.ts';
import type { Control } from '../control/control.ts';
import type { EntityProgress } from '../control/entity-store.ts';
import type { Run } from '../control/run-store.ts';
import type { Restored } from '../copy/restore-rows.ts';
import { MigrationError } from '../core/errors.ts';
import type { Session } from '../db/database.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import type { RollbackContext, RollbackDependencies } from './context.ts';
import { deleteEntity, restoreEntity, untieEntity } from './delete-rows.ts';
import { refuseWhileNeeded } from './dependants.ts';
import { dropEntity } from './drop-table.ts';
import { undoOrder } from './entity-order.ts';
import { type SurveyedEntity, surveyEntities } from './survey.ts';

export interface RollbackRequest {
  readonly runId: string;
  /** The plan the run was made with. */
  readonly plan: PlanFile;
  /** Empty: the whole run. */
  readonly entities: readonly string[];
  readonly signal?: AbortSignal;
}

export interface RollbackResult extends RollbackReport {
  /** What was not looked at, in words. */
  readonly notVerified: readonly string[];
}

export interface Rollback {
  /** Counts what would go, on a read-only session. Throws DEPENDENCY_NOT_MET and UNKNOWN_ENTITY. */
  preview(request: RollbackRequest): Promise<RollbackResult>;
  /** Throws DEPENDENCY_NOT_MET, UNKNOWN_ENTITY, ILLEGAL_RUN_STATE; an AbortError between two steps. */
  undo(request: RollbackRequest): Promise<RollbackResult>;
}

const NOT_VERIFIED = [
  'Whether rows were changed by somebody else after they had been moved was not checked.',
];

export function createRollback(deps: RollbackDependencies): Rollback {
  const { control, target } = deps;

  /** Names in the order of undoing; rolled back and skipped ones left out. */
  async function choose({ runId, plan, entities }: RollbackRequest): Promise<string[]> {
    const ofRun = await control.entities.list(runId);
    const names = entities.length === 0 ? ofRun.map(({ entity }) => entity) : entities;
    const chosen = names.map(
      (name) => ofRun.find(({ entity }) => entity === name) ?? unknownEntity(runId, name),
    );
    const order = undoOrder(
      plan,
      chosen.filter(isLeft).map(({ entity }) => entity),
    );
    await refuseWhileNeeded(plan, order, deps);
    return order;
  }

  async function withSession<T>(readOnly: boolean, work: (session: Session) => Promise<T>): Promise<T> {
    const session = await target.session({ readOnly, purpose: 'rollback' });
    try {
      return await work(session);
    } finally {
      await session.release();
    }
  }

  return {
    preview: async (request) => {
      const { runId } = await control.runs.get(request.runId);
      const order = await choose(request);
      const surveyed = await withSession(true, (session) =>
        surveyEntities({ plan: request.plan, runId, entities: order, control, session }),
      );
      const entities = surveyed.map((survey) => ({
        entity: survey.entity,
        rows: survey.rows,
        kept: survey.kept,
        ...restoredOf(survey, { rows: survey.merged, left: [] }),
        tableDropped: survey.drop,
      }));
      return { runId, preview: true, entities, notVerified: NOT_VERIFIED };
    },
    undo: async (request) => {
      const run = await control.runs.get(request.runId);
      const order = await choose(request);
      const isDone =
        run.state === 'rolled-back' || (request.entities.length > 0 && run.state !== 'rolling-back');
      if (order.length === 0 && isDone) return result(run.runId, []);
      await control.runs.move(run.runId, 'rolling-back');
      const entities = await withSession(false, (session) =>
        undoEntities(
          { ...deps, runId: run.runId, session, ...(request.signal ? { signal: request.signal } : {}) },
          request.plan,
          order,
        ),
      );
      await closeRun(control, run);
      const removed = entities.reduce((sum, { rows }) => sum + rows, 0);
      const kept = entities.reduce((sum, entity) => sum + entity.kept, 0);
      deps.events.publish({
        type: 'migration.rolled-back',
        runId: run.runId,
        rowsRemoved: removed,
        rowsRestored: entities.reduce((sum, { restored = 0 }) => sum + restored, 0),
        rowsKept: kept,
      });
      return result(run.runId, entities);
    },
  };
}

type Undone = RollbackReport['entities'][number];

async function undoEntities(
  context: RollbackContext,
  plan: PlanFile,
  order: readonly string[],
): Promise<Undone[]> {
  const { control, session, runId } = context;
  const surveyed = await surveyEntities({ plan, runId, entities: order, control, session });
  const given = new Map<string, Restored>();
  for (const entity of surveyed) given.set(entity.entity, await restoreEntity(context, entity));
  await context.failpoints.hit('rollback.restored');
  for (const entity of surveyed) if (!entity.drop) await untieEntity(context, entity);
  const undone: Undone[] = [];
  for (const [i, entity] of surveyed.entries()) {
    context.signal?.throwIfAborted();
    const result = {
      ...(await undoEntity(context, entity, surveyed.slice(i))),
      ...restoredOf(entity, given.get(entity.entity)!),
    };
    undone.push(result);
    context.log.info(
      'rollback.entity',
      { rows: result.rows, kept: result.kept, tableDropped: result.tableDropped },
      { entity: entity.entity },
    );
    context.events.publish({
      type: 'entity.rolled-back',
      runId,
      entity: entity.entity,
      rowsRemoved: result.rows,
    });
    await context.failpoints.hit('rollback.entity');
  }
  return undone;
}

async function undoEntity(
  context: RollbackContext,
  entity: SurveyedEntity,
  remaining: readonly SurveyedEntity[],
): Promise<Undone> {
  const { entity: name, kept } = entity;
  if (entity.drop) {
    const rows = await dropEntity(context, entity);
    if (rows !== null) return { entity: name, rows, kept: 0, tableDropped: true };
    // it has to stay after all, so its rows and those that point to it must let go of each other
    for (const other of remaining) await untieEntity(context, other);
  }
  return { entity: name, rows: await deleteEntity(context, entity), kept, tableDropped: false };
}

/** Said of entities that change rows which were there before, and of no others. */
function restoredOf(
  { plan }: SurveyedEntity,
  { rows, left }: Restored,
): Pick<Undone, 'restored' | 'leftChanged'> {
  return plan.merge?.onMatch === 'update' ? { restored: rows, leftChanged: left } : {};
}

/** The whole run is rolled back once none of its entities is left in the target. */
async function closeRun(control: Control, { runId }: Run): Promise<void> {
  const entities = await control.entities.list(runId);
  const left = entities.filter(isLeft);
  if (left.length === 0) {
    await control.runs.move(runId, 'rolled-back');
    return;
  }
  const gone = entities.filter(({ state }) => state === 'rolled-back').map(({ entity }) => entity);
  const error = new MigrationError({
    code: 'ROLLED_BACK_IN_PART',
    message: `${gone.join(', ')} ${gone.length === 1 ? 'was' : 'were'} rolled back; ${left.length} other entities of the run are still in the target.`,
    hint: `towpath resume ${runId} moves what was rolled back again; towpath rollback ${runId} --confirm takes out the rest.`,
    details: { rolledBack: gone, left: left.map(({ entity }) => entity) },
  });
  await control.runs.move(runId, 'failed', { error: error.toJSON() });
}

function isLeft({ state }: EntityProgress): boolean {
  return state !== 'rolled-back' && state !== 'skipped';
}

function result(runId: string, entities: readonly Undone[]): RollbackResult {
  return { runId, preview: false, entities, notVerified: entities.length > 0 ? NOT_VERIFIED : [] };
}

function unknownEntity(runId: string, name: string): never {
  throw new MigrationError({
    code: 'UNKNOWN_ENTITY',
    message: `Run ${runId} has no entity named ${name}.`,
    hint: `towpath status ${runId} --details lists its entities.`,
    details: { runId, entity: name },
  });
}
