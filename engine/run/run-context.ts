/** One run under way: what its steps share. */
import type { PreparedEntities } from '../copy/prepare.ts';
import type { Session } from '../db/database.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import type { TableFinisher } from './finish-tables.ts';
import type { Lanes } from './lanes.ts';
import type { RunDependencies } from './run-dependencies.ts';
import type { StopReason } from './watch-requests.ts';

export interface RunContext extends Omit<RunDependencies, 'source' | 'code'> {
  readonly runId: string;
  readonly plan: PlanFile;
  readonly prepared: PreparedEntities;
  readonly lanes: Lanes;
  readonly finisher: TableFinisher;
  /** For counting, planning ranges and the second pass; on the run's snapshot. */
  readonly source: Session;
  /** The same on the target's side. */
  readonly session: Session;
  /** Null: adaptive. */
  readonly batchSize: number | null;
  readonly maxConcurrency: number;
  /** Overrides the plan's share of rows that may be set aside. */
  readonly maxFailureRate: number | null;
  /** Called behind each batch that committed. */
  summarize(): Promise<void>;
  /** Ends what runs the entity's code until more of its rows come. */
  restCode(entity: string): Promise<void>;
  /** Throws where the run's lock is lost. */
  checkLock(): Promise<void>;
  /** Why no new batch shall start; null while it may go on. */
  stopReason(): StopReason | null;
}
