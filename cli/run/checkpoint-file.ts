/** A small file for people and scripts about a run that is not finished. The control schema stays the truth. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RunStatus } from '../../engine/contract/run.ts';
import type { Context } from '../command.ts';

export function checkpointPath(context: Context, runId: string): string {
  return join(context.path('checkpoints'), `${runId.replace(/[^\w.-]/g, '_')}.json`);
}

export function saveCheckpoint(context: Context, run: RunStatus): void {
  const document = {
    runId: run.runId,
    migration: run.migration,
    state: run.state,
    planHash: run.planHash,
    savedAt: context.world.clock.now().toISOString(),
    startedAt: run.startedAt,
    resume: context.again(`resume ${run.runId}`),
    error: run.error,
    entities: run.entities.map(
      ({ entity, level, state, totalRecords, rowsRead, written, repaired, quarantined, batches }) => ({
        entity,
        level,
        state,
        totalRecords,
        rowsRead,
        written,
        repaired,
        quarantined,
        batches,
      }),
    ),
  };
  try {
    mkdirSync(context.path('checkpoints'), { recursive: true });
    writeFileSync(checkpointPath(context, run.runId), `${JSON.stringify(document, null, 2)}\n`);
  } catch {
    context.output.warn('The checkpoint file could not be written; the run can be resumed without it.');
  }
}
