/**
 * From an approved plan to a finished run: checks that it may start, takes the target's lock, loads, validates, and
 * leaves a state that says what is in the target and what to do next – also when it ends badly.
 *
 * The states of a run are in engine/control/run-states.ts. A process that dies leaves one of them behind; nobody holds the
 * lock then, and resume (resume-run.ts) takes over: committed batches stay, begun ones are repeated.
 */
import { randomBytes } from 'node:crypto';
import type { MigrateOptions, RunResult } from '../contract/run.ts';
import type { RunLock } from '../control/run-lock.ts';
import { refuseOpenQuestions } from '../plan/open-questions.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { planHash } from '../plan/plan-hash.ts';
import { refuseInvalid } from '../plan/refuse-invalid.ts';
import { beginRun, type Choice, chooseEntities } from './begin-run.ts';
import { refuseUnsteady, refuseWithoutSandbox, refuseWrongCode } from './code-at-hand.ts';
import { readDriftedSource, type SourceNow, unchanged } from './drifted-source.ts';
import { finishRun } from './finish-run.ts';
import { loadRun } from './load-run.ts';
import { refuseTargetDrift } from './look-at-target.ts';
import { refusePoolers } from './refuse-pooler.ts';
import { refuseUnfinished } from './refuse-unfinished.ts';
import type { RunDependencies } from './run-dependencies.ts';
import { batchesStay, tellingState } from './telling-state.ts';
import { keepCatalog, readUnchangedSource } from './unchanged-source.ts';

const PLAN_ARTIFACT = 'plan';

/** Starts a new run, or says that there is nothing left to move. The plan of a rehearsal comes from one that was checked. */
export async function startRun(
  deps: RunDependencies,
  plan: PlanFile,
  options: MigrateOptions,
  planIsChecked = false,
): Promise<RunResult> {
  const { control } = deps;
  const startedAt = deps.clock.monotonic();
  if (!planIsChecked) {
    refuseOpenQuestions(plan);
    await refuseWithoutSandbox(deps.code, plan);
  }
  await refusePoolers([deps.source, deps.target]);
  await control.ensure();
  await control.lock.ensureFree();
  const choice = await chooseEntities(deps, plan, options);
  const { names } = choice;
  await refuseUnfinished(deps.target, plan.migration, names);
  const now = planIsChecked ? await readExactly(deps, plan) : await readSource(deps, plan, choice);
  const { catalog } = now;
  if (!planIsChecked) {
    await refuseTargetDrift(deps.target, plan);
    refuseInvalid(plan, now.planned);
    await refuseWrongCode(deps.code, plan, now.planned);
  }
  await keepCatalog(deps, now.planned);
  const free = names.filter((name) => !now.held.has(name));
  await refuseUnsteady(deps, plan, catalog, free);
  const { runId, lock } = await createRun(deps, plan, options);
  try {
    await deps.failpoints.hit('run.created');
    await refuseAndCancel(deps, runId, () =>
      beginRun(deps, choice, { runId, plan, approveAs: options.approveAs }),
    );
    const settings = options;
    const broken = now.broken(runId);
    return await tellingState(batchesStay(runId), async () => {
      const outcome = await loadRun(deps, {
        ...{ runId, plan, catalog, names: free, settings, resumed: false, lock, broken },
      });
      return finishRun(deps, { runId, plan, catalog, names, outcome, settings, startedAt });
    });
  } finally {
    await lock.release();
  }
}

/**
 * What changed since the plan was made keeps only what it concerns from moving. Where that is everything, or records came
 * that the plan knows nothing of, nothing begins. Throws SOURCE_DRIFT.
 */
async function readSource(
  deps: RunDependencies,
  plan: PlanFile,
  { names, migrated }: Choice,
): Promise<SourceNow> {
  const now = await readDriftedSource(deps, plan, migrated);
  const unknown = now.drift?.changes.some(
    ({ entity, kind, column }) => entity === null && kind === 'new' && column === null,
  );
  if (unknown || (names.length > 0 && names.every((name) => now.held.has(name))))
    await readUnchangedSource(deps, plan);
  return now;
}

/** A rehearsal is of the plan as it is. Throws SOURCE_DRIFT. */
async function readExactly(deps: RunDependencies, plan: PlanFile): Promise<SourceNow> {
  return unchanged(await readUnchangedSource(deps, plan));
}

async function createRun(
  { control, clock }: RunDependencies,
  plan: PlanFile,
  options: MigrateOptions,
): Promise<{ runId: string; lock: RunLock }> {
  const hash = planHash(plan);
  const runId = newRunId(clock.now());
  await control.artifacts.put({
    hash,
    kind: PLAN_ARTIFACT,
    content: plan,
    parentHash: plan.source.fingerprint,
  });
  await control.runs.create({
    runId,
    migration: plan.migration,
    planHash: hash,
    state: 'planned',
    options: settingsToStore(options),
    sourceFingerprint: plan.source.fingerprint,
  });
  try {
    return { runId, lock: await control.lock.acquire(runId) };
  } catch (error) {
    await control.runs.move(runId, 'cancelled');
    throw error;
  }
}

/** A run that may not begin ends here, before anything was made. */
async function refuseAndCancel(
  { control }: RunDependencies,
  runId: string,
  work: () => Promise<void>,
): Promise<void> {
  try {
    await work();
  } catch (error) {
    await control.runs.move(runId, 'cancelled').catch(() => undefined);
    throw error;
  }
}

/** `20261121-104207-3f9a`: sorts by time, can be read out on the telephone. */
function newRunId(now: Date): string {
  const [day, time] = now.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').split('T');
  return `${day}-${time}-${randomBytes(2).toString('hex')}`;
}

function settingsToStore(options: MigrateOptions): Record<string, unknown> {
  const { signal: _signal, approveAs: _approveAs, ...stored } = options;
  return stored;
}
