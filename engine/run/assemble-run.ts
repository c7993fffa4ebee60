/** What a run works with, put together for two given databases: those of the caller, or those of a rehearsal under faults. */
import type { CodeRunners } from '../contract/code.ts';
import type { ErrorHandler } from '../contract/recovery.ts';
import type { ValidationReport } from '../contract/validation.ts';
import { createControl } from '../control/control.ts';
import type { Clock } from '../core/clock.ts';
import type { Config } from '../core/config.ts';
import { createEventPublisher } from '../core/events.ts';
import type { Failpoints } from '../core/failpoints.ts';
import type { Log } from '../core/log.ts';
import type { Database } from '../db/database.ts';
import { createRecovery } from '../db/recovery.ts';
import { createValidation, type ValidationInput } from '../validation/validation.ts';
import type { RunDependencies } from './run-dependencies.ts';

export interface EngineDependencies {
  readonly config: Pick<Config, 'maxRetryAttempts'> & Partial<Pick<Config, 'errorRecovery'>>;
  readonly source: Database;
  readonly target: Database;
  readonly log: Log;
  readonly clock: Clock;
  readonly failpoints: Failpoints;
  /** What runs the code of a plan; without it, plans with code are refused. Stays the caller's, too. */
  readonly code?: CodeRunners | null;
  /** Asked before the table of docs/recovery-table.md what follows an error. */
  readonly errorHandlers?: readonly ErrorHandler[];
}

export interface AssembledRun {
  readonly run: RunDependencies;
  readonly control: RunDependencies['control'];
  readonly events: RunDependencies['events'];
  /** Keeps its report in the control schema. */
  validate(input: Omit<ValidationInput, 'namespace'>): Promise<ValidationReport>;
}

export function assembleRun(deps: EngineDependencies): AssembledRun {
  const { config, source, target, log, clock, failpoints, code = null } = deps;
  const events = createEventPublisher({
    clock,
    onListenerError: (_error, event) => log.warn('event.listener-failed', { event: event.type }),
  });
  const control = createControl(target, { clock });
  const validation = createValidation({ source, target, control, clock, log, events, code });

  async function validate(input: Omit<ValidationInput, 'namespace'>): Promise<ValidationReport> {
    const report = await validation.validate({
      ...input,
      namespace: await control.runs.namespace(input.runId),
    });
    const { runId, type } = input;
    await control.validations.add({ runId, type, status: report.overallStatus, report });
    return report;
  }

  const run: RunDependencies = {
    source,
    target,
    control,
    clock,
    log,
    events,
    failpoints,
    code,
    recovery: createRecovery({
      maxAttempts: config.maxRetryAttempts + 1,
      enabled: config.errorRecovery ?? true,
      handlers: deps.errorHandlers ?? [],
      told: (problem, { kind, code, entity }) => log.warn(problem, { kind, code, entity }),
    }),
    validate: (input) => validate({ ...input, type: 'all', fix: false }),
  };
  return { run, control, events, validate };
}
