/** Brings a run to its state after loading: paused, cancelled, failed, or validated and completed. */
import type { RunResult, ValidationReport } from '../contract/contract.ts';
import { type ErrorReport, MigrationError } from '../core/errors.ts';
import { classify } from '../db/sqlstate.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import type { Catalog } from '../schema/catalog.ts';
import { explainFailure } from './explain-failure.ts';
import type { LoadOutcome } from './load-entities.ts';
import type { LoadSettings } from './load-run.ts';
import type { RunDependencies } from './run-dependencies.ts';
import { readRunStatus } from './status.ts';
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
      throw await fail(deps, runId, outcome.error);
    case 'stopped':
      await stop(deps, runId, outcome.reason);
      return result(deps, input, null);
    case 'exceeded':
    case 'drifted':
      await suspend(deps, runId, outcome.error);
      return result(deps, input, null);
    case 'gate-closed':
      await closeGate(deps, runId, outcome);
      return result(deps, input, null);
    case 'loaded':
      return result(deps, input, await complete(deps, input));
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

async function closeGate(
  { control, events }: RunDependencies,
  runId: string,
  { level, findings }: Extract<LoadOutcome, { kind: 'gate-closed' }>,
): Promise<void> {
  const entities = findings.map((finding) => finding.entity);
  const missing = findings.filter(({ check }) => check !== 'failure-rate').map(({ entity }) => entity);
  const error: ErrorReport = {
    code: 'GATE_CLOSED',
    message: `Level ${level} did not pass its check, so nothing further moves. ${findings.map((finding) => finding.message).join(' ')}`,
    hint: `Look at the rows: towpath quarantine list. Accept them with a reason: towpath approve --run ${runId} --reason "…", then towpath resume ${runId}. Or undo: towpath rollback ${runId} --preview`,
    retryable: false,
    severity: 'critical',
    details: { level, entities, missing },
  };
  await control.runs.move(runId, 'failed', { error });
  events.publish({ type: 'migration.failed', runId, error });
}

/** Marks the run failed, if the target can still be reached, and gives the error to throw. */
async function fail(
  { control, events, log }: RunDependencies,
  runId: string,
  cause: unknown,
): Promise<MigrationError> {
  const error = explainFailure(cause);
  const explained = new MigrationError({
    code: error.code,
    message: error.message,
    hint: `${error.hint} Everything up to the last finished batch is in the target; nothing is half done. Continue with: towpath resume ${runId}`,
    severity: error.severity,
    retryable: error.retryable,
    details: { ...error.details, runId },
    cause: error.cause,
  });
  log.error('run.failed', { code: error.code, cause: classify(cause).code });
  events.publish({ type: 'migration.failed', runId, error: explained.toJSON() });
  try {
    await control.errors.add(error, { runId });
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
