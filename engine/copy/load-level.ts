/**
 * Loads the entities of one level with several lanes.
 *
 * All lanes work on the largest entity first, so that its indexes are built while the smaller ones are still loading. Ranges are entered in the ledger before they run.
 * What can go wrong and what follows stands in db/recovery-table.ts. A bad row → quarantine (isolate.ts). What may pass →
 * the batch rolled back by itself, and again; whether an uncertain commit happened is read from the ledger first. What
 * stops an entity stops it alone: its running batches finish, no new ones start, the other entities go on. What stops the
 * run stops the level the same way.
 */
import type { Control } from '../control/control.ts';
import type { Clock } from '../core/clock.ts';
import type { EventPublisher } from '../core/events.ts';
import type { Recovery } from '../db/recovery.ts';
import { type FaultWatch, withRetry } from '../db/retry.ts';
import type { BatchDependencies, BatchTask, Lane } from './batch.ts';
import type { BatchCounters, EntityLoad } from './entity-load.ts';
import { runIsolating } from './isolate.ts';
import type { KeysetRange } from './keyset-range.ts';
import type { Pace } from './pace.ts';
import type { RangePlanner } from './range-planner.ts';

export interface LevelLoad {
  readonly load: EntityLoad;
  readonly planner: RangePlanner;
  readonly pace: Pace;
  /** Ranges an earlier process had begun and not finished. */
  readonly unfinished: { readonly batchId: number; readonly range: KeysetRange }[];
  /** Rows that earlier processes moved or put aside. */
  readonly rowsBefore: number;
}

export interface LoadDependencies extends BatchDependencies {
  readonly control: Control;
  readonly clock: Clock;
  readonly events: EventPublisher;
  readonly lanes: number;
  readonly recovery: Recovery;
  readonly watch: FaultWatch;
  openLane(): Promise<Lane>;
  closeLane(lane: Lane, error?: Error): Promise<void>;
  /** True once no new batch shall start: a person or a signal asked for it. */
  stopRequested(): boolean;
  /** Called once an entity's last range has committed; runs beside the other entities' batches. */
  onLoaded(load: EntityLoad): Promise<void>;
  /** Called behind each batch that committed. */
  onCommitted(load: EntityLoad): Promise<void>;
  /** Called once for an entity that an error stopped. */
  onFailed(load: EntityLoad, error: unknown): Promise<void>;
  /** Whether an error that stopped an entity stops the run with it. */
  endsRun(error: unknown, entity: string): Promise<boolean>;
  /** An entity that waits for one that failed takes no further batches. */
  isHeld(entity: string): boolean;
  /** Plans the next batch with a session that is alive, as often as the table says. */
  planning<T>(entity: string, work: () => Promise<T>): Promise<T>;
}

/** The lane that goes on, and the halves that took a batch's place. */
interface Ran {
  readonly lane: Lane | null;
  readonly halves: readonly BatchTask[];
}

interface Progress {
  readonly entry: LevelLoad;
  rowsDone: number;
  inFlight: number;
  exhausted: boolean;
  finishing: boolean;
  failed: boolean;
}

/**
 * Resolves `true` when every entity that is not held is loaded and `false` when it was asked to stop before. Throws what
 * ends the run.
 */
export async function loadLevel(entries: readonly LevelLoad[], deps: LoadDependencies): Promise<boolean> {
  const run = new LevelRun(entries, deps);
  await Promise.all(Array.from({ length: deps.lanes }, () => run.work()));
  return run.finish();
}

class LevelRun {
  private readonly progress: Progress[];
  private readonly deps: LoadDependencies;
  private readonly finishing: Promise<void>[] = [];
  private failure: { readonly error: unknown } | null = null;

  constructor(entries: readonly LevelLoad[], deps: LoadDependencies) {
    this.deps = deps;
    const largestFirst = [...entries].sort((a, b) => b.load.expectedRows - a.load.expectedRows);
    this.progress = largestFirst.map((entry) => ({
      entry,
      rowsDone: entry.rowsBefore,
      inFlight: 0,
      exhausted: false,
      finishing: false,
      failed: false,
    }));
  }

  /** One lane: takes batches until there are none, then closes its sessions. */
  async work(): Promise<void> {
    let lane: Lane | null = null;
    try {
      for (;;) {
        const taken = await this.take();
        if (taken === null) break;
        try {
          lane = await this.runWhole(taken.task, taken.progress, lane);
        } catch (error) {
          lane = null;
          await this.fail(taken.progress, error);
        } finally {
          taken.progress.inFlight--;
        }
        this.settleIfLoaded(taken.progress);
      }
    } catch (error) {
      this.failure ??= { error };
    } finally {
      if (lane) await this.deps.closeLane(lane);
    }
  }

  async finish(): Promise<boolean> {
    await Promise.all(this.finishing);
    if (this.failure !== null) throw this.failure.error;
    return this.progress.every((progress) => progress.finishing || this.isOut(progress));
  }

  private async fail(progress: Progress, error: unknown): Promise<void> {
    const { load } = progress.entry;
    const first = !progress.failed;
    progress.failed = true;
    if (first) await this.deps.onFailed(load, error);
    if (await this.deps.endsRun(error, load.compiled.plan.name)) this.failure ??= { error };
  }

  private isOut({ failed, entry }: Progress): boolean {
    return failed || this.deps.isHeld(entry.load.compiled.plan.name);
  }

  private async take(): Promise<{ task: BatchTask; progress: Progress } | null> {
    while (this.failure === null && !this.deps.stopRequested()) {
      const progress = this.largestLeft();
      if (!progress) return null;
      progress.inFlight++;
      try {
        const task = await this.nextTask(progress.entry);
        if (task) return { task, progress };
      } catch (error) {
        progress.inFlight--;
        await this.fail(progress, error);
        continue;
      }
      progress.inFlight--;
      progress.exhausted = true;
      this.settleIfLoaded(progress);
    }
    return null;
  }

  private largestLeft(): Progress | undefined {
    const left = (p: Progress) => p.entry.load.expectedRows - p.rowsDone - p.inFlight * p.entry.pace.size();
    return this.progress.filter((p) => !p.exhausted && !this.isOut(p)).sort((a, b) => left(b) - left(a))[0];
  }

  private async nextTask({ load, planner, pace, unfinished }: LevelLoad): Promise<BatchTask | null> {
    const begun = unfinished.shift();
    if (begun) return { load, batchId: begun.batchId, range: begun.range, refused: new Map() };
    const entity = load.compiled.plan.name;
    const planned = await this.deps.planning(entity, () =>
      planner.next(pace.size(), (range) =>
        this.deps.control.batches.plan({ runId: load.runId, entity, range }),
      ),
    );
    return planned && { load, ...planned, refused: new Map() };
  }

  private settleIfLoaded(progress: Progress): void {
    if (!progress.exhausted || progress.inFlight > 0 || progress.finishing || this.isOut(progress)) return;
    progress.finishing = true;
    const { load } = progress.entry;
    this.finishing.push(this.deps.onLoaded(load).catch((error: unknown) => this.fail(progress, error)));
  }

  /** Runs a batch and, where it had to be halved, what became of it; each part with retries of its own. */
  private async runWhole(task: BatchTask, progress: Progress, current: Lane | null): Promise<Lane | null> {
    const parts = [task];
    let lane = current;
    for (let part = parts.pop(); part !== undefined; part = parts.pop()) {
      const done = await this.runWithRetries(part, progress, lane);
      lane = done.lane;
      parts.push(...[...done.halves].reverse());
    }
    return lane;
  }

  private async runWithRetries(task: BatchTask, progress: Progress, current: Lane | null): Promise<Ran> {
    const { deps } = this;
    let lane = current;
    const run = async (): Promise<Ran> => {
      lane ??= await deps.openLane();
      const started = deps.clock.monotonic();
      const result = await runIsolating(task, lane, deps);
      if (result.kind === 'halved') return { lane, halves: result.parts };
      this.report(task, progress, result.counters, deps.clock.monotonic() - started);
      await deps.onCommitted(task.load);
      return { lane, halves: [] };
    };
    const entity = task.load.compiled.plan.name;
    return withRetry(run, {
      recovery: deps.recovery,
      clock: deps.clock,
      watch: deps.watch,
      place: { step: 'batch', entity, batchId: task.batchId },
      prepare: async (decision, error) => {
        if (decision.smallerBatch) progress.entry.pace.slowDown();
        const kept = decision.again && !decision.freshConnection && lane !== null && (await answers(lane));
        if (lane !== null && !kept) await deps.closeLane(lane, asError(error));
        if (!kept) lane = null;
      },
      happened: async () => ((await this.committedAfterAll(task)) ? { result: { lane, halves: [] } } : null),
    });
  }

  /** A connection lost during commit leaves open whether it happened: the ledger, written in it, knows. */
  private async committedAfterAll(task: BatchTask): Promise<boolean> {
    const { batches, mappings } = this.deps.control;
    if ((await batches.state(task.batchId)) !== 'completed') return false;
    const { load } = task;
    for (const key of await mappings.legacyIdsOfBatch(load.entityNo, task.batchId)) load.keys.add(key);
    return true;
  }

  private report(task: BatchTask, progress: Progress, counters: BatchCounters, milliseconds: number): void {
    const { load } = task;
    progress.rowsDone += counters.rowsRead;
    progress.entry.pace.done(counters.rowsRead, milliseconds);
    const of = { runId: load.runId, entity: load.compiled.plan.name, batchId: task.batchId };
    for (const fault of counters.faults) this.deps.events.publish({ type: 'recovery.rows', ...of, ...fault });
    this.deps.events.publish({
      type: 'batch.completed',
      runId: load.runId,
      entity: load.compiled.plan.name,
      batchId: task.batchId,
      rowsRead: counters.rowsRead,
      rowsWritten: counters.rowsWritten,
      rowsQuarantined: counters.rowsQuarantined,
      rowsRepaired: counters.rowsRepaired,
      ...(counters.rowsDuplicate === 0 ? {} : { rowsDuplicate: counters.rowsDuplicate }),
      bytesRead: counters.bytesRead,
      bytesWritten: counters.bytesWritten,
      rowsDone: progress.rowsDone,
      rowsTotal: load.expectedRows,
      milliseconds,
      nextBatchSize: progress.entry.pace.size(),
    });
  }
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
