/**
 * Looks at a run on behalf of everybody who watches it. Many viewers cost the migration as much as one: whoever asks within
 * a moment gets the same look. The pace comes from the looks of the last ten seconds.
 */
import { planOfRun } from '../../desk/plan-of-run.ts';
import { forecastOf } from '../../desk/rows-forecast.ts';
import { createProgressTracker, type ProgressTracker, type RunProgress } from '../../desk/run-progress.ts';
import type { Engine } from '../../engine/contract/contract.ts';
import type { MigrationReport } from '../../engine/contract/report.ts';
import type { RunStatus } from '../../engine/contract/run.ts';
import type { Clock } from '../../engine/core/clock.ts';
import type { PlanFile } from '../../engine/plan/plan-file.ts';
import { createSharedLook } from './shared-look.ts';

export interface RunLook {
  readonly at: string;
  readonly status: RunStatus;
  /** The plan that it goes by; null where it is not kept any more. */
  readonly plan: PlanFile | null;
  readonly forecast: ReadonlyMap<string, number>;
  readonly progress: RunProgress;
  readonly throughput: MigrationReport['throughput'];
}

export interface RunWatch {
  /** Of the newest run where no id is given. Throws NO_RUN and UNKNOWN_RUN. */
  look(runId: string | null): Promise<RunLook>;
  /** Something has changed: the next look is a new one. */
  forget(): void;
}

type Watched = Pick<Engine, 'status' | 'storedPlan' | 'throughput'>;

/** What is known of a run beyond its status. */
interface Known {
  readonly tracker: ProgressTracker;
  readonly planHash: string;
  readonly plan: PlanFile | null;
}

export function createRunWatch(engine: Watched, clock: Pick<Clock, 'now' | 'monotonic'>): RunWatch {
  const known = new Map<string, Known>();

  async function knowledgeOf({ runId, planHash, alive }: RunStatus): Promise<Known> {
    const before = known.get(runId);
    if (before?.planHash === planHash && alive) return before;
    const plan = before?.planHash === planHash ? before.plan : await planOfRun(engine, planHash);
    // while it stands still there is no pace, and the time that it stood must not count once it goes on
    const tracker = alive && before !== undefined ? before.tracker : createProgressTracker();
    const now = { tracker, planHash, plan };
    known.set(runId, now);
    return now;
  }

  async function lookNow(runId: string | null): Promise<RunLook> {
    const status = await engine.status(runId ?? undefined);
    const [{ tracker, plan }, throughput] = await Promise.all([
      knowledgeOf(status),
      engine.throughput(status.runId),
    ]);
    const now = clock.now();
    const forecast = forecastOf(plan);
    tracker.seeStatus(status, now, forecast);
    return { at: now.toISOString(), status, plan, forecast, progress: tracker.current(), throughput };
  }

  const shared = createSharedLook<string | null>(clock);
  return { look: (runId) => shared.of(runId, () => lookNow(runId)), forget: shared.forget };
}
