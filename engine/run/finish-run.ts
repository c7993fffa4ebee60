/** Brings a run to its state after loading: paused, cancelled, failed, or validated and completed. */
import type { RunResult } from '../contract/run.ts';
import type { ValidationReport } from '../contract/validation.ts';
import { MigrationError } from '../core/errors.ts';
import { classify } from '../db/sqlstate.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import type { Catalog } from '../schema/catalog.ts';
import { wordsInTarget } from './approval-effects/in-target.ts';
import { closeGate } from './close-gate.ts';
import { explainFailure } from './explain-failure.ts';
import type { LoadOutcome } from './load-entities.ts';
import type { LoadSettings } from './load-run.ts';
import type { RunDependencies } from './run-dependencies.ts';
import { readRunStatus } from './status.ts';
import { type HeldOutcome, heldError, isPause } from './tell-held.ts';
import type { StopReason } from './watch-requests.ts';

export interface FinishInput {
  readonly runId: string;
  readonly plan: PlanFile;
  readonly catalog: Catalog;
  readonly names: readonly string[];
  readonly outcome: LoadOutcome;
  readonly settings: LoadSettings;
  /** Of the clock's monotonic time, when the work began. */
  readonly startedAt: number;
}

const STOPPED: Readonly<Record<StopReason, string>> = {
  pause: 'somebody asked for a pause',
  cancel: 'somebody cancelled it',
  interrupt: 'it was interrupted',
  timeout: 'its time was over',
};

/** Throws what made the load fail, after the run has been marked. */
export async function finishRun(deps: RunDependencies, input: FinishInput): Promise<RunResult> {
  const { outcome, runId } = input;
  await summarize(deps, runId, outcome.kind);
  switch (outcome.kind) {
    case 'failed':
      throw await fail(deps, input, outcome.error);
    case 'stopped':
      await stop(deps, runId, outcome.reason);
      return result(deps, input, null);
    case 'held':
      return endHeld(deps, input, outcome);
    case 'exceeded':
      await suspend(deps, runId, outcome.error);
      return result(deps, input, null);
    case 'gate-closed':
      await closeGate(deps, input, outcome);
      return result(deps, input, null);
    case 'loaded':
      return result(deps, input, await complete(deps, input));
  }
}

/**
 * Some kinds of records could not be moved, the others are in. Throws where nothing is: then it is the error of the run. What
 * a change of the source holds back waits; anything else failed.
 */
async function endHeld(deps: RunDependencies, input: FinishInput, held: HeldOutcome): Promise<RunResult> {
  const { control, events } = deps;
  const { runId } = input;
  const [first] = held.broken.values();
  if (isPause(held)) await suspend(deps, runId, first!);
  else {
    const status = await readRunStatus(control, await control.runs.get(runId));
    const error = heldError(held, status, await whatIsThere(deps, input.plan.migration));
    await control.runs.move(runId, 'failed', { error: error.toJSON() });
    events.publish({ type: 'migration.failed', runId, error: error.toJSON() });
    if (!status.entities.some(({ state }) => state === 'completed')) throw error;
  }
  return result(deps, input, null);
}

/** What is in the target now, where it can still be asked. */
async function whatIsThere({ control }: RunDependencies, migration: string): Promise<string> {
  const sure = 'Everything up to the last finished batch is in the target; nothing is half done.';
  try {
    return `${await wordsInTarget(control, migration)} ${sure}`;
  } catch {
    return sure;
  }
}

async function complete(deps: RunDependencies, input: FinishInput): Promise<ValidationReport | null> {
  const { control, events, failpoints } = deps;
  const { runId, plan, catalog, names, settings } = input;
  const nothingToMove = names.length === 0;
  if (nothingToMove) await passOver(control, runId);
  await failpoints.hit('run.loaded');
  await control.runs.move(runId, 'copied');
  await failpoints.hit('run.copied');
  let report: ValidationReport | null = null;
  if (settings.validate && !nothingToMove) {
    await control.runs.move(runId, 'validating');
    await failpoints.hit('run.validating');
    try {
      report = await deps.validate({ runId, plan, catalog, entities: names, signal: settings.signal });
    } catch (error) {
      await control.runs.move(runId, 'copied');
      throw error;
    }
    if (report.overallStatus !== 'verified') {
      await control.runs.move(runId, 'copied');
      return report;
    }
  }
  await failpoints.hit('run.completing');
  await control.runs.move(runId, 'completed');
  const { rowsRead, rowsWritten, rowsQuarantined, rowsRepaired, rowsDuplicate } =
    await control.batches.totals(runId);
  const milliseconds = Math.round(deps.clock.monotonic() - input.startedAt);
  events.publish({
    type: 'migration.completed',
    runId,
    rowsRead,
    rowsWritten,
    rowsQuarantined,
    rowsRepaired,
    ...(rowsDuplicate === 0 ? {} : { rowsDuplicate }),
    milliseconds,
  });
  return report;
}

/** Nothing was left to move, so nobody was asked to approve anything. */
async function passOver({ runs }: RunDependencies['control'], runId: string): Promise<void> {
  const { state } = await runs.get(runId);
  if (state === 'planned') await runs.move(runId, 'approved');
  if (state === 'planned' || state === 'approved') await runs.move(runId, 'copying');
}

/** For people; where the target cannot be reached any more, what made the run fail is the thing to tell. */
async function summarize({ control, log }: RunDependencies, runId: string, reason: string): Promise<void> {
  try {
    await control.checkpoints.add({ runId, reason, summary: { ...(await control.batches.totals(runId)) } });
  } catch (error) {
    log.warn('checkpoint.not-written', { code: classify(error).code });
  }
}

async function stop({ control, events }: RunDependencies, runId: string, reason: StopReason): Promise<void> {
  if (reason === 'cancel') {
    await control.runs.move(runId, 'cancelled');
    events.publish({ type: 'migration.cancelled', runId, reason: STOPPED[reason] });
    return;
  }
  await control.runs.move(runId, 'paused');
  events.publish({ type: 'migration.paused', runId, reason: STOPPED[reason] });
}

/** It waits for a person; nothing failed. */
async function suspend(
  { control, events }: RunDependencies,
  runId: string,
  error: MigrationError,
): Promise<void> {
  await control.runs.move(runId, 'paused', { error: error.toJSON() });
  events.publish({ type: 'migration.paused', runId, reason: error.message });
}

/** Marks the run failed, if the target can still be reached, and gives the error to throw. */
async function fail(
  deps: RunDependencies,
  { runId, plan }: FinishInput,
  cause: unknown,
): Promise<MigrationError> {
  const { control, events, log } = deps;
  const error = explainFailure(cause);
  const explained = new MigrationError({
    code: error.code,
    message: error.message,
    hint: `${error.hint} ${await whatIsThere(deps, plan.migration)} Continue with: towpath resume ${runId}`,
    severity: error.severity,
    retryable: error.retryable,
    details: { ...error.details, runId },
    cause: error.cause,
  });
  log.error('run.failed', { code: error.code, cause: classify(cause).code });
  events.publish({ type: 'migration.failed', runId, error: explained.toJSON() });
  try {
    await control.runs.move(runId, 'failed', { error: explained.toJSON() });
  } catch (unreachable) {
    log.warn('run.not-marked', { code: classify(unreachable).code });
  }
  return explained;
}

async function result(
  deps: RunDependencies,
  input: FinishInput,
  validation: ValidationReport | null,
): Promise<RunResult> {
  const { outcome, runId } = input;
  const status = await readRunStatus(deps.control, await deps.control.runs.get(runId));
  const closed = outcome.kind === 'gate-closed';
  return {
    ...status,
    dryRun: false,
    gate: {
      status: closed ? 'closed' : 'passed',
      level: closed ? outcome.level : null,
      findings: closed ? outcome.findings : [],
    },
    validation,
    milliseconds: Math.round(deps.clock.monotonic() - input.startedAt),
  };
}
