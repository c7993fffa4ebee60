/** Opens what a run needs, loads its entities, and closes it all again, however it ends. */
import type { MigrateOptions } from '../contract/contract.ts';
import type { RunLock } from '../control/run-lock.ts';
import { decideDuplicates } from '../copy/duplicates.ts';
import { createKeyLedger } from '../copy/key-ledger.ts';
import { type Matching, matchExisting } from '../copy/match-existing.ts';
import { createPreparation, entityOf } from '../copy/prepare.ts';
import type { Session } from '../db/database.ts';
import { openSnapshot, type SourceSnapshot } from '../db/snapshot.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import type { Catalog } from '../schema/catalog.ts';
import { openDesk } from './code-at-hand.ts';
import { quietEntities } from './existing-tables.ts';
import { createTableFinisher } from './finish-tables.ts';
import { createLanes } from './lanes.ts';
import { type LoadOutcome, loadEntities } from './load-entities.ts';
import type { RunDependencies } from './run-dependencies.ts';
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
  const opened = await openAll(deps);
  const code = openDesk(deps, plan);
  const finisher = createTableFinisher({ plan, names, source: opened.source }, deps);
  try {
    const namespace = await control.runs.namespace(runId);
    const silenced = await quietEntities(plan, names, opened.target);
    const ledger = createKeyLedger(control, plan.migration, opened.target);
    const prepared = createPreparation({
      plan,
      catalog: input.catalog,
      runId,
      namespace,
      ledger,
      source: opened.source,
      comesLater: (entity) => names.includes(entity),
      silenced,
      code,
    });
    await matchAll(deps, input, { control, prepared, source: opened.source, target: opened.target });
    return await loadEntities(
      {
        ...deps,
        restCode: async (entity) => code?.rest(entity),
        runId,
        plan,
        prepared,
        lanes: createLanes(deps.target, opened.snapshot),
        finisher,
        source: opened.source,
        session: opened.target,
        batchSize: settings.batchSize,
        maxConcurrency: settings.maxConcurrency,
        maxFailureRate: settings.maxFailureRate,
        summarize: createSummaries(runId, settings.checkpointFrequency, deps),
        checkLock: () => input.lock.check(),
        stopReason: () => watch.reason(),
      },
      names,
    );
  } catch (error) {
    return { kind: 'failed', error };
  } finally {
    watch.end();
    await finisher.end();
    await code?.close();
    await opened.close();
  }
}

/**
 * Before anything moves. Duplicates of all entities first, since whoever matches makes ids of parents; then in the order of
 * levels, because a natural key may hold references.
 */
async function matchAll(
  { log, failpoints }: RunDependencies,
  { plan, names }: RunInput,
  matching: Matching,
): Promise<void> {
  const told = async (what: 'entity.deduped' | 'entity.matched', entity: string, rows: number | null) => {
    if (rows === null) return;
    log.info(what, { rows }, { entity });
    await failpoints.hit(what);
  };
  for (const name of names) {
    const search = await matching.prepared.duplicateSearch(name);
    if (search !== null) await told('entity.deduped', name, await decideDuplicates(search, matching));
  }
  for (const name of names)
    await told('entity.matched', name, await matchExisting(entityOf(plan, name), matching));
}

interface Opened {
  readonly snapshot: SourceSnapshot;
  /** For counting, planning ranges and the second pass. */
  readonly source: Session;
  readonly target: Session;
  close(): Promise<void>;
}

async function openAll(deps: RunDependencies): Promise<Opened> {
  const snapshot = await openSnapshot(deps.source, { log: deps.log });
  const source = oneAtATime(await snapshot.session('plan'));
  const target = await deps.target.session({ purpose: 'settle' });
  return {
    snapshot,
    source,
    target,
    close: async () => {
      await Promise.allSettled([source.release(), target.release(), snapshot.close()]);
    },
  };
}

/** The planners of several entities share one session; a connection runs one statement at a time. */
function oneAtATime(session: Session): Session {
  let turn: Promise<unknown> = Promise.resolve();
  return Object.create(session, {
    query: {
      value: (text: string, values?: readonly unknown[]) => {
        const answer = turn.then(() => session.query(text, values));
        turn = answer.catch(() => undefined);
        return answer;
      },
    },
  }) as Session;
}
