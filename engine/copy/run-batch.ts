/**
 * Runs one batch until it is in the target or will not come.
 *
 * What can go wrong and what follows stands in db/recovery-table.ts. A bad row → quarantine (isolate.ts). What may pass → the
 * batch rolled back by itself, and again; whether an uncertain commit happened is read from the ledger first. A batch that had to
 * be halved runs as its halves, each with attempts of its own. A stop ends the waiting for another attempt: the batch stays
 * planned, and a later process takes it up.
 */
import type { Control } from '../control/control.ts';
import type { Clock } from '../core/clock.ts';
import type { EventPublisher } from '../core/events.ts';
import type { Recovery } from '../db/recovery.ts';
import { type FaultWatch, isInterruption, withRetry } from '../db/retry.ts';
import type { BatchDependencies, BatchTask, Lane } from './batch.ts';
import type { BatchCounters, EntityLoad } from './entity-load.ts';
import { runIsolating } from './isolate.ts';
import type { Pace } from './pace.ts';

export interface BatchRunDependencies extends BatchDependencies {
  readonly control: Control;
  readonly clock: Clock;
  readonly events: EventPublisher;
  readonly recovery: Recovery;
  readonly watch: FaultWatch;
  /** Ends the waiting for another attempt. */
  readonly signal: AbortSignal;
  openLane(): Promise<Lane>;
  closeLane(lane: Lane, error?: Error): Promise<void>;
  /** Called behind each batch that committed. */
  onCommitted(load: EntityLoad): Promise<void>;
}

/** How an entity gets on. */
export interface Course {
  readonly pace: Pace;
  /** Rows that were moved or put aside. */
  rowsDone: number;
}

/** Returns the lane that goes on. Throws what ended the last attempt, the lane closed; the signal's reason after a stop. */
export type BatchRun = (task: BatchTask, course: Course, lane: Lane | null) => Promise<Lane | null>;

/** The lane that goes on, and the halves that took a batch's place. */
interface Ran {
  readonly lane: Lane | null;
  readonly halves: readonly BatchTask[];
}

export function createBatchRun(deps: BatchRunDependencies): BatchRun {
  return async (task, course, current) => {
    const parts = [task];
    let lane = current;
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
      const done = await runWithRetries(deps, part, course, lane);
      lane = done.lane;
      parts.push(...[...done.halves].reverse());
    }
    return lane;
  };
}

async function runWithRetries(
  deps: BatchRunDependencies,
  task: BatchTask,
  course: Course,
  current: Lane | null,
): Promise<Ran> {
  let lane = current;
  const run = async (): Promise<Ran> => {
    lane ??= await deps.openLane();
    const started = deps.clock.monotonic();
    const result = await runIsolating(task, lane, deps);
    if (result.kind === 'halved') return { lane, halves: result.parts };
    tell(deps, task, course, result.counters, deps.clock.monotonic() - started);
    await deps.onCommitted(task.load);
    return { lane, halves: [] };
  };
  const { recovery, clock, watch, signal } = deps;
  const place = { step: 'batch', entity: task.load.compiled.plan.name, batchId: task.batchId };
  try {
    return await withRetry(run, {
      ...{ recovery, clock, watch, signal, place },
      prepare: async (decision, error) => {
        if (decision.smallerBatch) course.pace.slowDown();
        const kept = decision.again && !decision.freshConnection && lane !== null && (await answers(lane));
        if (lane !== null && !kept) await deps.closeLane(lane, asError(error));
        if (!kept) lane = null;
      },
      happened: async () => ((await committedAfterAll(deps, task)) ? { result: { lane, halves: [] } } : null),
    });
  } catch (error) {
    if (lane !== null && isInterruption(error, signal)) await deps.closeLane(lane, asError(error));
    throw error;
  }
}

/** A connection lost during commit leaves open whether it happened: the ledger, written in it, knows. */
async function committedAfterAll(
  { control: { batches, mappings } }: BatchRunDependencies,
  { batchId, load }: BatchTask,
): Promise<boolean> {
  if ((await batches.state(batchId)) !== 'completed') return false;
  for (const key of await mappings.legacyIdsOfBatch(load.entityNo, batchId)) load.keys.add(key);
  return true;
}

function tell(
  { events }: BatchRunDependencies,
  { load, batchId }: BatchTask,
  course: Course,
  counters: BatchCounters,
  milliseconds: number,
): void {
  course.rowsDone += counters.rowsRead;
  course.pace.done(counters.rowsRead, milliseconds);
  const of = { runId: load.runId, entity: load.compiled.plan.name, batchId };
  for (const fault of counters.faults) events.publish({ type: 'recovery.rows', ...of, ...fault });
  const { rowsRead, rowsWritten, rowsQuarantined, rowsRepaired, rowsDuplicate } = counters;
  const { bytesRead, bytesWritten } = counters;
  events.publish({
    type: 'batch.completed',
    ...of,
    rowsRead,
    rowsWritten,
    rowsQuarantined,
    rowsRepaired,
    ...(rowsDuplicate === 0 ? {} : { rowsDuplicate }),
    bytesRead,
    bytesWritten,
    rowsDone: course.rowsDone,
    rowsTotal: load.expectedRows,
    milliseconds,
    nextBatchSize: course.pace.size(),
  });
}

/** A connection that has ended, or whose transaction has failed, is of no further use. */
async function answers({ source, target }: Lane): Promise<boolean> {
  try {
    await source.query('select');
    await target.query('select');
    return true;
  } catch {
    return false;
  }
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
