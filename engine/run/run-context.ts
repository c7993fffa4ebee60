/** One run under way: what its steps share. */
import type { PreparedEntities } from '../copy/prepare.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import type { TableFinisher } from './finish-tables.ts';
import type { HeldEntities } from './held-entities.ts';
import type { Lanes } from './lanes.ts';
import type { RunDependencies } from './run-dependencies.ts';
import type { SteadySession } from './steady-session.ts';
import type { RunFaultWatch } from './watch-faults.ts';
import type { StopReason } from './watch-requests.ts';

export interface RunContext extends Omit<RunDependencies, 'source' | 'code'> {
  readonly runId: string;
  readonly plan: PlanFile;
  readonly prepared: PreparedEntities;
  readonly lanes: Lanes;
  readonly finisher: TableFinisher;
  /** For counting, planning ranges and the second pass; on the run's snapshot. */
  readonly source: SteadySession;
  /** The same on the target's side. */
  readonly session: SteadySession;
  readonly watch: RunFaultWatch;
  /** What cannot go on, and what waits for it. */
  readonly held: HeldEntities;
  /** Null: adaptive. */
  readonly batchSize: number | null;
  readonly maxConcurrency: number;
  /** Overrides the plan's share of rows that may be set aside. */
  readonly maxFailureRate: number | null;
  /** Called behind each batch that committed. */
  summarize(): Promise<void>;
  /** Ends what runs the entity's code until more of its rows come. */
  restCode(entity: string): Promise<void>;
  /** Whether an error that stopped an entity stops the run: where it does not, the others go on. */
  endsRun(error: unknown, entity: string): Promise<boolean>;
  /** Throws where the run's lock is lost. */
  checkLock(): Promise<void>;
  /** Why no new batch shall start; null while it may go on. */
  stopReason(): StopReason | null;
  /** Fires once there is a reason to stop: nothing waits for another attempt any longer. */
  readonly signal: AbortSignal;
}
