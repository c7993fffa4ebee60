/** How a run stands, from the control schema alone. */
import type { EntityOutcome, EntityStatus, RunStatus } from '../contract/contract.ts';
import type { Control } from '../control/control.ts';
import type { EntityProgress, EntityState } from '../control/entity-store.ts';
import type { Run } from '../control/run-store.ts';
import type { ErrorReport } from '../core/errors.ts';

const OUTCOMES: Readonly<Partial<Record<EntityState, EntityOutcome>>> = {
  completed: 'COMPLETED',
  failed: 'FAILED',
  skipped: 'ALREADY_MIGRATED',
  'rolled-back': 'SKIPPED',
};

export async function readRunStatus(control: Control, run: Run): Promise<RunStatus> {
  const [entities, holder] = await Promise.all([control.entities.list(run.runId), control.lock.holder()]);
  return {
    runId: run.runId,
    migration: run.migration,
    state: run.state,
    planHash: run.planHash,
    startedAt: run.startedAt,
    updatedAt: run.updatedAt,
    finishedAt: run.finishedAt,
    entities: await Promise.all(entities.map((entity) => entityStatus(control, entity))),
    alive: holder?.runId === run.runId,
    error: run.error ? shortError(run.error) : null,
  };
}

/** While an entity copies, its counts are those of its committed batches. */
async function entityStatus(control: Control, progress: EntityProgress): Promise<EntityStatus> {
  const live = progress.state === 'copying' || progress.state === 'finishing' || progress.state === 'failed';
  const counts = live ? await control.batches.totals(progress.runId, progress.entity) : progress;
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
    batches: 'completed' in counts ? counts.completed : progress.batchesDone,
    startedAt: progress.startedAt,
    finishedAt: progress.finishedAt,
    error: progress.error ? shortError(progress.error) : null,
  };
}

function shortError({ code, message, hint }: ErrorReport): { code: string; message: string; hint: string } {
  return { code, message, hint };
}
