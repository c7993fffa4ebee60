/**
 * Goes on with a run whose process was stopped or died, from whatever state that left behind:
 * planned → begun again, with the yes it has or needs · approved, copying, paused, failed → loaded on ·
 * copied, validating → everything is in, so only what follows · completed, cancelled, rolled back → nothing to resume.
 * With a plan that was edited since, what is not complete goes on by that one (follow-plan.ts).
 */
import type { ResumeOptions, RunResult } from '../contract/run.ts';
import type { RunState } from '../control/run-states.ts';
import type { Run } from '../control/run-store.ts';
import { MigrationError } from '../core/errors.ts';
import { type PlanFile, planFile } from '../plan/plan-file.ts';
import { planHash } from '../plan/plan-hash.ts';
import { undoCommand, undoScopeOf } from '../rollback/undo-scope.ts';
import { beginRun, chooseEntities } from './begin-run.ts';
import { refuseWithoutSandbox } from './code-at-hand.ts';
import { doneEntities, readDriftedSource } from './drifted-source.ts';
import { finishRun } from './finish-run.ts';
import { followPlan, isChangingOver } from './follow-plan.ts';
import type { LoadOutcome } from './load-entities.ts';
import { type LoadSettings, loadRun } from './load-run.ts';
import { refuseTargetDrift } from './look-at-target.ts';
import { refusePoolers } from './refuse-pooler.ts';
import { noRun } from './request-stop.ts';
import { restartFromBatch } from './restart-from-batch.ts';
import type { RunDependencies } from './run-dependencies.ts';
import { selectEntities } from './select-entities.ts';

const NOT_BEGUN: readonly RunState[] = ['created', 'analysed', 'planned'];
const LOADED: readonly RunState[] = ['copied', 'validating'];
const OVER: Readonly<Partial<Record<RunState, string>>> = {
  completed: 'It is complete: towpath report shows what it moved.',
  cancelled:
    'Start a new one with towpath migrate; what this one moved can be taken out with towpath rollback.',
  'rolled-back': 'Start a new one with towpath migrate.',
};

/** The plan of a rehearsal comes from one that was checked. */
export async function resumeRun(
  deps: RunDependencies,
  runId: string,
  options: ResumeOptions,
  planIsChecked = false,
): Promise<RunResult> {
  const { control } = deps;
  const startedAt = deps.clock.monotonic();
  if ((await control.state()) === 'absent') throw noRun();
  await refusePoolers([deps.source, deps.target]);
  await control.ensure();
  const known = await control.runs.get(runId);
  if (!isChangingOver(known, options.plan)) refuseOver(known);
  const before = planFile.parse((await control.artifacts.get(known.planHash)).content);
  const plan = options.plan ?? before;
  await refuseWithoutSandbox(deps.code, plan);
  const lock = await control.lock.acquire(runId);
  try {
    const run = await control.runs.get(runId);
    if (!isChangingOver(run, options.plan)) refuseOver(run);
    const done = await doneEntities(control, runId);
    const now = await readDriftedSource(deps, plan, done).catch((cause) => refuseDrift(deps, run, cause));
    const { catalog, held } = now;
    const error = now.error(runId);
    if (!planIsChecked)
      await refuseTargetDrift(deps.target, plan).catch((error) => refuseDrift(deps, run, error));
    await control.runs.clearRequest(runId);
    if (error !== null && NOT_BEGUN.includes(run.state)) await refuseDrift(deps, run, error);
    if (planHash(plan) !== run.planHash || isChangingOver(run, plan)) {
      const approveAs = options.approveAs ?? null;
      await followPlan(deps, { run, before, after: plan, catalog, approveAs });
    }
    if (NOT_BEGUN.includes(run.state)) await begin(deps, plan, run);
    const names = await namesOf(deps, plan, runId);
    const settings = { ...storedSettings(run.options), ...options };
    const restart = options.restartFromBatch !== undefined;
    if (restart) await restartFromBatch(deps, { runId, plan, batchId: options.restartFromBatch! });
    const free = names.filter((name) => !held.has(name));
    const isLoaded = LOADED.includes(run.state) && !restart && !(await hasOpen(deps, runId, names));
    if (error !== null && (isLoaded || !(await hasOpen(deps, runId, free))))
      await refuseDrift(deps, run, error);
    const broken = now.broken(runId);
    if (run.state === 'validating' && !isLoaded) await control.runs.move(runId, 'copied');
    const outcome: LoadOutcome = isLoaded
      ? { kind: 'loaded' }
      : await loadRun(deps, { runId, plan, catalog, names: free, settings, resumed: true, lock, broken });
    return await finishRun(deps, { runId, plan, catalog, names, settings, startedAt, outcome });
  } finally {
    await lock.release();
  }
}

/** Whether one of them is not in yet. */
async function hasOpen(
  { control }: RunDependencies,
  runId: string,
  names: readonly string[],
): Promise<boolean> {
  const entities = await control.entities.list(runId);
  return entities.some(({ entity, state }) => names.includes(entity) && state !== 'completed');
}

/** Its process died before a person's yes was used or the entities were entered. */
async function begin(deps: RunDependencies, plan: PlanFile, { runId, options }: Run): Promise<void> {
  const asked = {
    entities: (options.entities as string[] | undefined) ?? [],
    withDependencies: options.withDependencies === true,
  };
  await beginRun(deps, await chooseEntities(deps, plan, asked), { runId, plan, approveAs: null });
}

/** In the order of levels. */
async function namesOf({ control }: RunDependencies, plan: PlanFile, runId: string): Promise<string[]> {
  const entities = await control.entities.list(runId);
  const chosen = new Set(entities.filter(({ state }) => state !== 'skipped').map(({ entity }) => entity));
  return selectEntities(plan, ['all'], false).names.filter((name) => chosen.has(name));
}

/** A run that was stopped in the middle says why it cannot go on; what failed keeps the error it failed with. */
async function refuseDrift(
  { control }: RunDependencies,
  { runId, state }: Run,
  cause: unknown,
): Promise<never> {
  const drift = cause instanceof MigrationError && ['SOURCE_DRIFT', 'TARGET_DRIFT'].includes(cause.code);
  if (!drift) throw cause;
  const side = cause.code === 'SOURCE_DRIFT' ? 'old database' : 'target';
  const error = new MigrationError({
    code: cause.code,
    message: cause.message,
    hint: `Nothing was changed; what the run moved so far stays. Put the tables of the ${side} back as they were and go on with towpath resume ${runId}, or undo the run: towpath rollback ${runId} --preview`,
    details: { ...cause.details, runId },
    cause,
  });
  if (state === 'copying' || state === 'paused')
    await control.runs.move(runId, 'paused', { error: error.toJSON() });
  throw error;
}

function refuseOver(run: Run): void {
  const { runId, state } = run;
  const hint = state === 'rolling-back' ? finishFirst(run) : OVER[state];
  if (hint === undefined) return;
  throw new MigrationError({
    code: 'RUN_IS_OVER',
    message: `Run ${runId} is ${state.replace('-', ' ')}; there is nothing to resume.`,
    hint,
    details: { runId, currentState: state },
  });
}

function finishFirst(run: Run): string {
  const scope = undoScopeOf(run);
  if (scope === null)
    return `Finish taking it out first: towpath rollback ${run.runId} --preview shows what is left.`;
  const command = undoCommand(run.runId, scope);
  return scope.forPlan === null
    ? `Finish taking it out first: ${command}`
    : `It was about to go on by an edited plan. Go on with that: ${command}`;
}

function storedSettings(options: Readonly<Record<string, unknown>>): LoadSettings {
  return {
    batchSize: (options.batchSize as number | null) ?? null,
    maxConcurrency: (options.maxConcurrency as number | null) ?? 4,
    checkpointFrequency: (options.checkpointFrequency as number | null) ?? 10,
    timeoutMinutes: (options.timeoutMinutes as number | null) ?? null,
    maxFailureRate: (options.maxFailureRate as number | null) ?? null,
    validate: options.validate !== false,
  };
}
