/**
 * Loads the entities of one level with several lanes: which lane takes which batch. How one batch runs stands in run-batch.ts.
 *
 * All lanes work on the largest entity first, so that its indexes are built while the smaller ones are still loading. Ranges are entered in the ledger before they run.
 * What stops an entity stops it alone: its running batches finish, no new ones start, the other entities go on. What stops the
 * run stops the level the same way, and so does a person: running batches finish, those that wait for another attempt do not.
 */
import { isInterruption } from '../db/retry.ts';
import type { BatchTask, Lane } from './batch.ts';
import type { EntityLoad } from './entity-load.ts';
import type { KeysetRange } from './keyset-range.ts';
import type { Pace } from './pace.ts';
import type { RangePlanner } from './range-planner.ts';
import { type BatchRun, type BatchRunDependencies, type Course, createBatchRun } from './run-batch.ts';

export interface LevelLoad {
  readonly load: EntityLoad;
  readonly planner: RangePlanner;
  readonly pace: Pace;
  /** Ranges an earlier process had begun and not finished. */
  readonly unfinished: { readonly batchId: number; readonly range: KeysetRange }[];
  /** Rows that earlier processes moved or put aside. */
  readonly rowsBefore: number;
}

export interface LoadDependencies extends BatchRunDependencies {
  readonly lanes: number;
  /** True once no new batch shall start: a person or a signal asked for it. */
  stopRequested(): boolean;
  /** Called once an entity's last range has committed; runs beside the other entities' batches. */
  onLoaded(load: EntityLoad): Promise<void>;
  /** Called once for an entity that an error stopped. */
  onFailed(load: EntityLoad, error: unknown): Promise<void>;
  /** Whether an error that stopped an entity stops the run with it. */
  endsRun(error: unknown, entity: string): Promise<boolean>;
  /** An entity that waits for one that failed takes no further batches. */
  isHeld(entity: string): boolean;
  /** Plans the next batch with a session that is alive, as often as the table says. */
  planning<T>(entity: string, work: () => Promise<T>): Promise<T>;
}

interface Progress extends Course {
  readonly entry: LevelLoad;
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
  private readonly runBatch: BatchRun;
  private failure: { readonly error: unknown } | null = null;
  /** A stop came while something waited for another attempt. */
  private interrupted = false;

  constructor(entries: readonly LevelLoad[], deps: LoadDependencies) {
    this.deps = deps;
    this.runBatch = createBatchRun(deps);
    const largestFirst = [...entries].sort((a, b) => b.load.expectedRows - a.load.expectedRows);
    this.progress = largestFirst.map((entry) => ({
      entry,
      pace: entry.pace,
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
          lane = await this.runBatch(taken.task, taken.progress, lane);
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
    if (this.interrupted) return false;
    return this.progress.every((progress) => progress.finishing || this.isOut(progress));
  }

  private async fail(progress: Progress, error: unknown): Promise<void> {
    if (isInterruption(error, this.deps.signal)) {
      this.interrupted = true;
      return;
    }
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
}
