/** What every step of a rollback is given. */
import type { Control } from '../control/control.ts';
import type { EventPublisher } from '../core/events.ts';
import type { Failpoints } from '../core/failpoints.ts';
import type { Log } from '../core/log.ts';
import type { Database, Session } from '../db/database.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import type { ChangedRows } from '../validation/changed-rows.ts';
import type { EmptiedColumn } from './rollback.sql.ts';

export interface RollbackDependencies {
  readonly control: Control;
  readonly target: Database;
  readonly events: EventPublisher;
  readonly failpoints: Failpoints;
  readonly log: Pick<Log, 'info' | 'warn'>;
  /** Changed rows that are left at most; by default as many as find-changed.ts says. */
  readonly mostLeft?: number;
  /** Compares rows that others wrote last with the source; null where the source cannot be read as the plan has it. */
  readonly compare?: (of: { readonly runId: string; readonly plan: PlanFile }) => Promise<ChangedRows | null>;
}

export interface RollbackContext extends RollbackDependencies {
  readonly runId: string;
  readonly session: Session;
  readonly plan: PlanFile;
  /** Rows that others have changed go as well. */
  readonly force: boolean;
  readonly signal?: AbortSignal;
}

export interface LooseTie extends EmptiedColumn {
  readonly entity: string;
  /** Writers of the entity's rows that were looked at. */
  readonly seen: readonly string[];
  readonly quiet: boolean;
}

export interface TakingOut extends Pick<RollbackContext, 'control' | 'session' | 'runId' | 'failpoints'> {
  /** Rows that others have changed go as well. */
  readonly force: boolean;
  /** Writers of rows that were looked at. */
  readonly seen: readonly string[];
  /** What rows of the run that are still there may let go of. */
  readonly ties: readonly LooseTie[];
}
