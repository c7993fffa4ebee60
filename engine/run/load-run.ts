/** Opens what a run needs, loads its entities, and closes it all again, however it ends. */
import type { MigrateOptions } from '../contract/run.ts';
import type { RunLock } from '../control/run-lock.ts';
import { decideDuplicates } from '../copy/duplicates.ts';
import { createKeyLedger } from '../copy/key-ledger.ts';
import { matchExisting } from '../copy/match-existing.ts';
import { createPreparation, entityOf } from '../copy/prepare.ts';
import type { MigrationError } from '../core/errors.ts';
import { type FaultWatch, isInterruption, withRetry } from '../db/retry.ts';
import { openSnapshot, type SourceSnapshot } from '../db/snapshot.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import type { Catalog } from '../schema/catalog.ts';
import { openDesk } from './code-at-hand.ts';
import { quietEntities } from './existing-tables.ts';
import { createTableFinisher, type TableFinisher } from './finish-tables.ts';
import { createHeldEntities } from './held-entities.ts';
import { createLanes, type Lanes } from './lanes.ts';
import { type LoadOutcome, loadEntities } from './load-entities.ts';
import type { RunContext } from './run-context.ts';
import type { RunDependencies } from './run-dependencies.ts';
import { workingOn } from './steadily.ts';
import { openSteadySession, type SteadySession } from './steady-session.ts';
import { createFaultWatch } from './watch-faults.ts';
import { watchRequests } from './watch-requests.ts';
import { createSummaries } from './write-summaries.ts';

export type LoadSettings = Pick<
  MigrateOptions,
  | 'batchSize'
  | 'maxConcurrency'
  | 'checkpointFrequency'
  | 'timeoutMinutes'
  | 'maxFailureRate'
  | 'validate'
  | 'signal'
>;

export interface RunInput {
  readonly runId: string;
  readonly plan: PlanFile;
  readonly catalog: Catalog;
  /** In the order of levels. */
  readonly names: readonly string[];
  readonly settings: LoadSettings;
  readonly resumed: boolean;
  readonly lock: RunLock;
  /** What cannot go on from the start, each with its error. */
  readonly broken?: ReadonlyMap<string, MigrationError>;
}

/** Moves the run to `copying` and loads; the outcome says how far it came. Errors leave the run `failed`. */
export async function loadRun(deps: RunDependencies, input: RunInput): Promise<LoadOutcome> {
  const { control, events, clock, log } = deps;
  const { runId, plan, names, settings } = input;
  if (names.length === 0) return { kind: 'loaded' };
  await control.runs.move(runId, 'copying');
  const rowsTotal = plan.entities
    .filter(({ name }) => names.includes(name))
    .reduce((sum, { estimatedRows }) => sum + estimatedRows, 0);
  events.publish({
    type: 'migration.started',
    runId,
    migration: plan.migration,
    entities: names,
    rowsTotal,
    resumed: input.resumed,
    dryRun: false,
  });
  const watch = watchRequests(runId, control, clock, log, {
    signal: settings.signal,
    timeoutMinutes: settings.timeoutMinutes,
  });
  const fault = createFaultWatch({ runId, control, events, log });
  let opened: Opened | null = null;
  let finisher: TableFinisher | null = null;
  const code = openDesk(deps, plan);
  try {
    const done = await completed(deps, runId);
    const held = createHeldEntities(plan, { done, ...(input.broken ? { broken: input.broken } : {}) });
    opened = await openAll(deps, fault, watch.signal);
    finisher = createTableFinisher(
      { plan, names, source: opened.source, watch: fault, signal: watch.signal },
      deps,
    );
    const namespace = await control.runs.namespace(runId);
    const silenced = await quietEntities(plan, names, opened.target);
    const ledger = createKeyLedger(control, plan.migration, opened.target);
    const lanes = createLanes(deps.target, opened.snapshot);
    const prepared = createPreparation({
      plan,
      catalog: input.catalog,
      runId,
      namespace,
      ledger,
      source: opened.source,
      comesLater: (entity) => names.includes(entity) || (held.has(entity) && !done.has(entity)),
      silenced,
      code,
    });
    const context: RunContext = {
      ...deps,
      restCode: async (entity) => code?.rest(entity),
      runId,
      plan,
      prepared,
      lanes,
      finisher,
      source: opened.source,
      session: opened.target,
      watch: fault,
      held,
      endsRun: (error, entity) => endsRun(deps, lanes, error, entity),
      batchSize: settings.batchSize,
      maxConcurrency: settings.maxConcurrency,
      maxFailureRate: settings.maxFailureRate,
      summarize: createSummaries(runId, settings.checkpointFrequency, deps),
      checkLock: () => input.lock.check(),
      stopReason: () => watch.reason(),
      signal: watch.signal,
    };
    await matchAll(context, input);
    return await loadEntities(context, names);
  } catch (error) {
    const reason = watch.reason();
    if (reason !== null && isInterruption(error, watch.signal)) return { kind: 'stopped', reason };
    await fault.stopped(error);
    return { kind: 'failed', error };
  } finally {
    watch.end();
    await finisher?.end();
    await code?.close();
    await opened?.close();
    await fault.flush();
  }
}

/** What an earlier attempt completed is in, whatever happens now. */
async function completed({ control }: RunDependencies, runId: string): Promise<ReadonlySet<string>> {
  const entities = await control.entities.list(runId);
  return new Set(entities.filter(({ state }) => state === 'completed').map(({ entity }) => entity));
}

/** Where the table leaves it to the servers: they answer, so the trouble is the entity's; they do not, so it is the run's. */
async function endsRun(
  { recovery }: RunDependencies,
  lanes: Lanes,
  error: unknown,
  entity: string,
): Promise<boolean> {
  const { afterwards } = recovery.decide(error, { attempt: Number.POSITIVE_INFINITY, entity });
  if (afterwards !== 'ask-server') return afterwards === 'stop';
  try {
    await lanes.close(await lanes.open());
    return false;
  } catch {
    return true;
  }
}

/**
 * Before anything moves. Duplicates of all entities first, since whoever matches makes ids of parents; then in the order of
 * levels, because a natural key may hold references.
 */
async function matchAll(context: RunContext, { plan, names }: RunInput): Promise<void> {
  const { log, failpoints, held, control, prepared, source, session: target } = context;
  const matching = { control, prepared, source, target };
  const decide = async (what: 'deduped' | 'matched', work: (name: string) => Promise<number | null>) => {
    for (const name of names) {
      if (held.has(name)) continue;
      const found = await workingOn(context, name, 'match', () => work(name));
      if ('held' in found || found.value === null) continue;
      log.info(`entity.${what}`, { rows: found.value }, { entity: name });
      await (what === 'deduped' ? failpoints.hit('entity.deduped') : failpoints.hit('entity.matched'));
    }
  };
  await decide('deduped', async (name) => {
    const search = await prepared.duplicateSearch(name);
    return search === null ? null : decideDuplicates(search, matching);
  });
  await decide('matched', (name) => matchExisting(entityOf(plan, name), matching));
}

interface Opened {
  readonly snapshot: SourceSnapshot;
  /** For counting, planning ranges and the second pass. */
  readonly source: SteadySession;
  readonly target: SteadySession;
  close(): Promise<void>;
}

function openAll(
  { source, target, recovery, clock, log }: RunDependencies,
  watch: FaultWatch,
  signal: AbortSignal,
): Promise<Opened> {
  const open = async (): Promise<Opened> => {
    const snapshot = await openSnapshot(source, { log });
    const opened: { release(): Promise<void> }[] = [];
    const close = async () => {
      await Promise.allSettled([...opened.map((session) => session.release()), snapshot.close()]);
    };
    try {
      const from = await openSteadySession(() => snapshot.session('plan'), { inTurn: true });
      opened.push(from);
      const into = await openSteadySession(() => target.session({ purpose: 'settle' }));
      opened.push(into);
      return { snapshot, source: from, target: into, close };
    } catch (error) {
      await close();
      throw error;
    }
  };
  return withRetry(open, { recovery, clock, watch, place: { step: 'open', entity: null }, signal });
}
