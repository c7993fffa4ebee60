/** The one place where the engine is built: everything it needs comes in, everything it does goes out by the contract. */
import type { Engine } from '../contract/contract.ts';
import { createControl } from '../control/control.ts';
import type { Clock } from '../core/clock.ts';
import type { Config } from '../core/config.ts';
import { MigrationError } from '../core/errors.ts';
import { createEventPublisher } from '../core/events.ts';
import type { Failpoints } from '../core/failpoints.ts';
import type { Log } from '../core/log.ts';
import type { Database } from '../db/database.ts';
import { createPlan } from '../mapping/suggest-plan.ts';
import { runPreflight } from '../preflight/preflight.ts';
import { introspect } from '../schema/introspect.ts';
import { acceptSetAside, approvePlan } from './approve.ts';
import { dryRunPlan } from './dry-run-plan.ts';
import type { RunDependencies } from './run-dependencies.ts';
import { resumeRun, startRun } from './run-migration.ts';
import { readRunStatus } from './status.ts';

export interface EngineDependencies {
  readonly config: Pick<Config, 'maxRetryAttempts' | 'batchSize'>;
  readonly source: Database;
  readonly target: Database;
  readonly log: Log;
  readonly clock: Clock;
  readonly failpoints: Failpoints;
}

/** The databases stay the caller's: `close` ends what the engine opened, not them. */
export function createEngine({ config, source, target, log, clock, failpoints }: EngineDependencies): Engine {
  const events = createEventPublisher({
    clock,
    onListenerError: (_error, event) => log.warn('event.listener-failed', { event: event.type }),
  });
  const control = createControl(target, { clock });
  const run: RunDependencies = {
    source,
    target,
    control,
    clock,
    log,
    events,
    failpoints,
    maxAttempts: config.maxRetryAttempts + 1,
    validate: () => {
      throw new Error('soon');
    },
  };

  async function newestRun(runId: string | undefined) {
    await requireControl();
    const found = runId === undefined ? await control.runs.latest() : await control.runs.get(runId);
    if (found) return found;
    throw new MigrationError({
      code: 'NO_RUN',
      message: 'There is no run in this target yet.',
      hint: 'Start one: towpath migrate',
    });
  }

  /** Reading commands make nothing: a target without a control schema has no runs. */
  async function requireControl(): Promise<void> {
    const installed = (await control.state()) !== 'absent';
    if (installed) return;
    throw new MigrationError({
      code: 'NO_RUN',
      message: 'Nothing has been moved into this target yet.',
      hint: 'Start with: towpath preflight, then towpath analyze and towpath plan',
    });
  }

  return {
    events,
    preflight: () => runPreflight({ source, target, log }),
    analyze: (options = {}) => introspect(source, options),
    createPlan,
    approve: (plan, options) => approvePlan(control, plan, options),
    acceptSetAside: (runId, options) => acceptSetAside(control, runId, options),
    migrate: (plan, options) =>
      options.dryRun ? dryRunPlan(run, plan, options) : startRun(run, plan, options),
    resume: (runId, options) => resumeRun(run, runId, options),
    requestPause: (runId) => control.runs.request(runId, 'pause'),
    requestCancel: (runId) => control.runs.request(runId, 'cancel'),
    runs: async () => Promise.all((await control.runs.list()).map((found) => readRunStatus(control, found))),
    status: async (runId) => readRunStatus(control, await newestRun(runId)),
    close: async () => {},
  } as unknown as Engine;
}
