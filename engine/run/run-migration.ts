/**
 * From an approved plan to a finished run: checks that it may start, takes the target's lock, loads, validates, and
 * leaves a state that says what is in the target and what to do next – also when it ends badly.
 *
 * The states of a run are in engine/control/run-states.ts. A process that dies leaves `copying` behind; nobody holds the
 * lock then, and resume takes over: committed batches stay, begun ones are repeated.
 */
import { randomBytes } from 'node:crypto';
import type { MigrateOptions, ResumeOptions, RunResult } from '../contract/contract.ts';
import type { RunLock } from '../control/run-lock.ts';
import { entityOf } from '../copy/prepare.ts';
import { MigrationError } from '../core/errors.ts';
import { readCurrentCatalog } from '../plan/current-catalog.ts';
import { type PlanFile, planFile } from '../plan/plan-file.ts';
import { planHash } from '../plan/plan-hash.ts';
import { finishRun } from './finish-run.ts';
import { type LoadSettings, loadRun } from './load-run.ts';
import { migratedEntities } from './migrated-entities.ts';
import type { RunDependencies } from './run-dependencies.ts';
import { missingDependencies, selectEntities } from './select-entities.ts';

export const MIGRATE_ACTION = 'migrate';
const PLAN_ARTIFACT = 'plan';
const ONE_CLICK_SECONDS = 600;

/** Starts a new run, or says that there is nothing left to move. */
export async function startRun(
  deps: RunDependencies,
  plan: PlanFile,
  options: MigrateOptions,
): Promise<RunResult> {
  const { control } = deps;
  const startedAt = deps.clock.monotonic();
  await control.ensure();
  const selection = selectEntities(plan, options.entities, options.withDependencies).names;
  const migrated = await migratedEntities(deps.target, plan.migration);
  const names = selection.filter((name) => !migrated.has(name));
  refuseMissingParents(plan, names, migrated);
  const catalog = await readCurrentCatalog(deps.source, plan);
  const { runId, lock } = await createRun(deps, plan, options);
  try {
    await enterEntities(deps, runId, plan, selection, migrated);
    if (names.length > 0) await approveRun(deps, runId, plan, names, options.approveAs);
    const outcome = await loadRun(deps, {
      runId,
      plan,
      catalog,
      names,
      settings: options,
      resumed: false,
      lock,
    });
    return await finishRun(deps, { runId, plan, catalog, names, outcome, settings: options, startedAt });
  } finally {
    await lock.release();
  }
}

/** Goes on with a run whose process was stopped or died. */
export async function resumeRun(
  deps: RunDependencies,
  runId: string,
  options: ResumeOptions,
): Promise<RunResult> {
  const { control } = deps;
  const startedAt = deps.clock.monotonic();
  await control.ensure();
  const run = await control.runs.get(runId);
  const plan = planFile.parse((await control.artifacts.get(run.planHash)).content);
  const lock = await control.lock.acquire(runId);
  try {
    const catalog = await readCurrentCatalog(deps.source, plan);
    await control.runs.clearRequest(runId);
    const chosen = new Set(
      (await control.entities.list(runId))
        .filter(({ state }) => state !== 'skipped')
        .map(({ entity }) => entity),
    );
    const names = selectEntities(plan, ['all'], false).names.filter((name) => chosen.has(name));
    const settings = { ...storedSettings(run.options), ...options };
    const outcome = await loadRun(deps, { runId, plan, catalog, names, settings, resumed: true, lock });
    return await finishRun(deps, { runId, plan, catalog, names, outcome, settings, startedAt });
  } finally {
    await lock.release();
  }
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

async function enterEntities(
  { control }: RunDependencies,
  runId: string,
  plan: PlanFile,
  selection: readonly string[],
  migrated: ReadonlySet<string>,
): Promise<void> {
  await control.entities.register(
    runId,
    selection.map((entity) => ({ entity, level: entityOf(plan, entity).level })),
  );
  for (const entity of selection.filter((name) => migrated.has(name)))
    await control.entities.skip({ runId, entity });
}

/** Uses up a person's approval of this very plan; without one the run ends here, before anything was made. */
async function approveRun(
  { control }: RunDependencies,
  runId: string,
  plan: PlanFile,
  names: readonly string[],
  approveAs: string | null,
): Promise<void> {
  const hash = planHash(plan);
  const rows = names.reduce((sum, name) => sum + entityOf(plan, name).estimatedRows, 0);
  if (approveAs !== null) {
    await control.approvals.add({
      action: MIGRATE_ACTION,
      planHash: hash,
      approver: approveAs,
      reason: 'approved with --yes',
      maxRows: null,
      validSeconds: ONE_CLICK_SECONDS,
    });
  }
  try {
    const approval = await control.approvals.use({ action: MIGRATE_ACTION, planHash: hash, rows, runId });
    await control.audit.add({
      actor: approval.approver,
      action: 'migration.start',
      details: { runId, planHash: hash },
    });
  } catch (error) {
    await control.runs.move(runId, 'cancelled');
    throw error;
  }
  await control.runs.move(runId, 'approved');
}

export function refuseMissingParents(
  plan: PlanFile,
  names: readonly string[],
  migrated: ReadonlySet<string>,
): void {
  const missingDependenciesOf = missingDependencies(plan, names, migrated);
  if (missingDependenciesOf.length === 0) return;
  throw new MigrationError({
    code: 'DEPENDENCY_NOT_MET',
    message: `${names.join(', ')} cannot be moved before ${missingDependenciesOf.join(', ')}.`,
    hint: 'Nothing was moved. Add --with-deps to move them as well, or move them first.',
    details: { missingDependencies: missingDependenciesOf, currentState: [...migrated] },
  });
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
