/** How a run stands, from the control schema alone: in three queries, since whoever watches asks several times a second. */
import type { EntityOutcome, EntityStatus, RunStatus } from '../contract/run.ts';
import type { BatchTotals } from '../control/batch-store.ts';
import type { Control } from '../control/control.ts';
import type { EntityProgress, EntityState } from '../control/entity-store.ts';
import type { LockHolder } from '../control/run-lock.ts';
import type { RunState } from '../control/run-states.ts';
import type { Run } from '../control/run-store.ts';
import type { ErrorReport } from '../core/errors.ts';
import { undoScopeOf } from '../rollback/undo-scope.ts';

type Committed = Pick<BatchTotals, keyof typeof NOTHING>;

const OUTCOMES: Readonly<Partial<Record<EntityState, EntityOutcome>>> = {
  completed: 'COMPLETED',
  failed: 'FAILED',
  skipped: 'ALREADY_MIGRATED',
  'rolled-back': 'SKIPPED',
};

/** `holder`: of the target's lock, where it is known already. */
export async function readRunStatus(
  control: Control,
  run: Run,
  holder: LockHolder | null | Promise<LockHolder | null> = control.lock.holder(),
): Promise<RunStatus> {
  const [entities, ownedBy] = await Promise.all([control.entities.list(run.runId), holder]);
  const alive = ownedBy?.runId === run.runId;
  if (!alive && AT_WORK.includes(run.state)) {
    // its process may have come to its end since the run was read: it must not look as if it had died
    const now = await control.runs.get(run.runId);
    if (now.state !== run.state) return readRunStatus(control, now);
  }
  const moving = entities.filter(({ state }) => MOVING.includes(state)).map(({ entity }) => entity);
  const totals = await control.batches.totalsOf(run.runId, moving);
  const undoing = undoScopeOf(run);
  return {
    runId: run.runId,
    migration: run.migration,
    state: run.state,
    planHash: run.planHash,
    startedAt: run.startedAt,
    updatedAt: run.updatedAt,
    finishedAt: run.finishedAt,
    entities: entities.map((entity) =>
      entityStatus(entity, MOVING.includes(entity.state) ? (totals.get(entity.entity) ?? NOTHING) : null),
    ),
    alive,
    ...(undoing === null ? {} : { undoing }),
    error: run.error ? shortError(run.error) : null,
  };
}

/** In these a process holds the target's lock. */
const AT_WORK: readonly RunState[] = ['copying', 'validating', 'rolling-back'];

/** In these an entity's counts are those of its committed batches; later ones are its own. */
const MOVING: readonly EntityState[] = ['copying', 'finishing', 'failed'];
const NOTHING = {
  rowsRead: 0,
  rowsWritten: 0,
  rowsRepaired: 0,
  rowsQuarantined: 0,
  rowsDuplicate: 0,
  completed: 0,
};

function entityStatus(progress: EntityProgress, committed: Committed | null): EntityStatus {
  const counts = committed ?? progress;
  return {
    entity: progress.entity,
    level: progress.level,
    state: progress.state,
    outcome: OUTCOMES[progress.state] ?? null,
    totalRecords: progress.expectedRows ?? 0,
    rowsRead: counts.rowsRead,
    written: counts.rowsWritten,
    repaired: counts.rowsRepaired,
    quarantined: counts.rowsQuarantined,
    excluded: progress.rowsExcluded,
    ...(counts.rowsDuplicate === 0 ? {} : { duplicates: counts.rowsDuplicate }),
    batches: committed?.completed ?? progress.batchesDone,
    startedAt: progress.startedAt,
    finishedAt: progress.finishedAt,
    error: progress.error ? shortError(progress.error) : null,
  };
}

function shortError({ code, message, hint }: ErrorReport): { code: string; message: string; hint: string } {
  return { code, message, hint };
}
