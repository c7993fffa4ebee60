/** How far a run or an entity is, for machines; field names are fixed. */
import type { RunProgress } from '../../desk/run-progress.ts';
import { isoDuration } from '../text/iso-duration.ts';

export interface ProgressResult {
  readonly status: 'in_progress';
  readonly entity: string;
  readonly progress: {
    readonly currentBatch: number;
    /** An estimate while batches adapt; null before the first. */
    readonly totalBatches: number | null;
    readonly percentComplete: number;
    readonly recordsProcessed: number;
    readonly recordsRemaining: number;
    /** ISO 8601; null while nothing is known. */
    readonly estimatedTimeRemaining: string | null;
    readonly estimatedTimeRemainingMs: number | null;
  };
  readonly performance: {
    readonly recordsPerSecond: number;
    readonly averageBatchTime: string;
    readonly averageBatchTimeMs: number;
    /** Bytes of this process; of the watcher where another process moves the rows. */
    readonly memoryUsage: number;
  };
}

export function progressResult(
  progress: RunProgress,
  memoryUsage: number,
  runId: string,
): ProgressResult & { runId: string } {
  const { rowsDone, rowsTotal, batches, remainingMilliseconds } = progress;
  const averageMs = batches === 0 ? 0 : Math.round(progress.batchMilliseconds / batches);
  return {
    status: 'in_progress',
    runId,
    entity: progress.active.length === 1 ? progress.active[0]!.entity : 'all',
    progress: {
      currentBatch: batches,
      totalBatches:
        rowsDone === 0 || batches === 0
          ? null
          : Math.max(batches, Math.ceil((rowsTotal / rowsDone) * batches)),
      percentComplete: rowsTotal === 0 ? 0 : Math.floor((rowsDone / rowsTotal) * 1000) / 10,
      recordsProcessed: rowsDone,
      recordsRemaining: Math.max(0, rowsTotal - rowsDone),
      estimatedTimeRemaining: remainingMilliseconds === null ? null : isoDuration(remainingMilliseconds),
      estimatedTimeRemainingMs: remainingMilliseconds === null ? null : Math.round(remainingMilliseconds),
    },
    performance: {
      recordsPerSecond: Math.round(progress.rowsPerSecond),
      averageBatchTime: isoDuration(averageMs),
      averageBatchTimeMs: averageMs,
      memoryUsage,
    },
  };
}
