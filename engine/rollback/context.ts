/** What every step of a rollback is given. */
import type { Control } from '../control/control.ts';
import type { EventPublisher } from '../core/events.ts';
import type { Failpoints } from '../core/failpoints.ts';
import type { Log } from '../core/log.ts';
import type { Database, Session } from '../db/database.ts';

export interface RollbackDependencies {
  readonly control: Control;
  readonly target: Database;
  readonly events: EventPublisher;
  readonly failpoints: Failpoints;
  readonly log: Pick<Log, 'info'>;
}

export interface RollbackContext extends RollbackDependencies {
  readonly runId: string;
  readonly session: Session;
  readonly signal?: AbortSignal;
}
