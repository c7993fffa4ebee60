/** What a run is given by the engine. */
import type { CodeRunners } from '../contract/code.ts';
import type { ValidationReport } from '../contract/validation.ts';
import type { Control } from '../control/control.ts';
import type { Clock } from '../core/clock.ts';
import type { EventPublisher } from '../core/events.ts';
import type { Failpoints } from '../core/failpoints.ts';
import type { Log } from '../core/log.ts';
import type { Database } from '../db/database.ts';
import type { Recovery } from '../db/recovery.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import type { Catalog } from '../schema/catalog.ts';

export interface RunDependencies {
  readonly source: Database;
  readonly target: Database;
  readonly control: Control;
  readonly clock: Clock;
  readonly log: Log;
  readonly events: EventPublisher;
  readonly failpoints: Failpoints;
  /** What runs the code of a plan; null where there is nothing. */
  readonly code: CodeRunners | null;
  /** What follows an error. */
  readonly recovery: Recovery;
  /** Compares what a run moved; findings come back as values. */
  validate(input: {
    readonly runId: string;
    readonly plan: PlanFile;
    readonly catalog: Catalog;
    readonly entities: readonly string[];
    readonly signal: AbortSignal | undefined;
  }): Promise<ValidationReport>;
}
