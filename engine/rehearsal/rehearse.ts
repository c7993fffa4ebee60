/**
 * A rehearsal: the real migration of a few rows of each entity, with all rows they point to, into a scratch schema
 * of the target; validated like the real one, measured, shown, and removed again.
 *
 * Promise: nothing outside the scratch schema and the rehearsal's own ledger entries is written, and these go away,
 * at once or – after a kill – with the next rehearsal. It takes the target's lock, so it never runs beside a migration.
 */
import { randomBytes } from 'node:crypto';
import { CHAOS_ARTIFACT, type ChaosReport } from '../contract/chaos.ts';
import type { MigrateOptions, RehearsalReport, RehearseOptions, RunResult } from '../contract/contract.ts';
import type { Control } from '../control/control.ts';
import { createKeyLedger } from '../copy/key-ledger.ts';
import { createPreparation } from '../copy/prepare.ts';
import type { Clock } from '../core/clock.ts';
import { isAbort, MigrationError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import type { Database } from '../db/database.ts';
import { openSnapshot } from '../db/snapshot.ts';
import { readCurrentCatalog } from '../plan/current-catalog.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { planHash } from '../plan/plan-hash.ts';
import { refuseInvalid } from '../plan/refuse-invalid.ts';
import { hashOf } from '../schema/canonical-json.ts';
import type { Catalog } from '../schema/catalog.ts';
import { type RowPair, readRowPairs } from './before-after.ts';
import type { OpenMovingEngine } from './chaos/disturbed-move.ts';
import { rehearseUnderFaults } from './chaos/under-faults.ts';
import { chooseRows } from './choose-rows.ts';
import { forecast } from './forecast.ts';
import { REHEARSAL_PREFIX, rehearsalPlan } from './rehearsal-plan.ts';
import { findLeftovers, makeScratchTables, removeScratch } from './scratch.ts';

export interface RehearsalDependencies {
  readonly source: Database;
  readonly target: Database;
  readonly control: Control;
  readonly log: Log;
  /** Throws where the plan holds code and there is nothing to run it in, or, with the catalog, where the code is not right. */
  ready(plan: PlanFile, catalog?: Catalog): Promise<void>;
  /** The engine's own migration: a rehearsal has no way of its own to move a row. */
  migrate(plan: PlanFile, options: MigrateOptions): Promise<RunResult>;
  readonly clock: Clock;
  /** The engine again, for other connections: a process under faults. */
  readonly open: OpenMovingEngine;
  readonly patienceMilliseconds?: number;
}

export interface Rehearsal {
  rehearse(plan: PlanFile, options: RehearseOptions): Promise<RehearsalReport>;
}

const LANES = 2;

export function createRehearsal(deps: RehearsalDependencies): Rehearsal {
  return {
    async rehearse(plan, options) {
      await deps.ready(plan);
      await deps.control.ensure();
      await refuseBesideRun(deps.control);
      const removedLeftovers = await removeLeftovers(deps.target);
      const catalog = await readCurrentCatalog(deps.source, plan);
      refuseInvalid(plan, catalog);
      await deps.ready(plan, catalog);
      const name = `${REHEARSAL_PREFIX}${randomBytes(4).toString('hex')}`;
      const scratch = await planSample(deps, plan, catalog, options, name);
      const report = await rehearseOnce(deps, { plan, scratch, catalog, removedLeftovers, options });
      if (options.chaos === undefined || report.status === 'failed') return report;
      return withChaos(deps, { scratch, options, report });
    },
  };
}

interface Prepared {
  readonly plan: PlanFile;
  readonly scratch: PlanFile;
  readonly catalog: Catalog;
  readonly removedLeftovers: readonly string[];
  readonly options: RehearseOptions;
}

async function rehearseOnce(deps: RehearsalDependencies, prepared: Prepared): Promise<RehearsalReport> {
  const { plan, scratch, options } = prepared;
  const name = scratch.migration;
  try {
    await prepareTables(deps.target, plan, name);
    const run = await deps.migrate(scratch, rehearsalOptions(options)).catch((error: unknown) => {
      throw ofRehearsal(error);
    });
    return await reportOn(deps, { ...prepared, run });
  } finally {
    await cleanAway(deps.target, name);
  }
}

async function withChaos(
  deps: RehearsalDependencies,
  { scratch, options, report }: Pick<Prepared, 'scratch' | 'options'> & { readonly report: RehearsalReport },
): Promise<RehearsalReport> {
  const settings = rehearsalOptions(options);
  const found = await rehearseUnderFaults(deps, { scratch, options: options.chaos!, settings }).catch(
    (error: unknown) => {
      throw ofRehearsal(error);
    },
  );
  const { sample, entities } = options;
  const only = entities.length === 0 ? '' : ` --entities ${entities.join(',')}`;
  const chaos: ChaosReport = {
    ...found,
    ...{ planHash: report.planHash, sample, entities: [...entities] },
    again: `rehearse --chaos --faults ${options.chaos!.faults} --seed ${found.seed} --sample ${sample}${only}`,
  };
  const stored = { hash: hashOf(chaos), kind: CHAOS_ARTIFACT, content: chaos, parentHash: report.planHash };
  await deps.control.artifacts.put(stored);
  return { ...report, status: chaos.status, chaos };
}

async function planSample(
  deps: RehearsalDependencies,
  plan: PlanFile,
  catalog: Catalog,
  { entities, sample }: RehearseOptions,
  name: string,
): Promise<PlanFile> {
  const snapshot = await openSnapshot(deps.source, { log: deps.log });
  const session = await snapshot.session('rehearsal');
  try {
    const wanted = entities.length > 0 ? entities : plan.entities.map((entity) => entity.name);
    return rehearsalPlan(plan, catalog, await chooseRows(plan, catalog, wanted, sample, session), name);
  } finally {
    await Promise.allSettled([session.release(), snapshot.close()]);
  }
}

function rehearsalOptions({ signal }: RehearseOptions): MigrateOptions {
  return {
    entities: [],
    withDependencies: false,
    dryRun: false,
    batchSize: null,
    maxConcurrency: LANES,
    checkpointFrequency: 1000,
    timeoutMinutes: null,
    // A sample is too small for rates: what is set aside is shown, and no gate closes on it.
    maxFailureRate: 1,
    validate: true,
    approveAs: 'rehearsal',
    ...(signal ? { signal } : {}),
  };
}

interface Rehearsed extends Omit<Prepared, 'options'> {
  readonly run: RunResult;
}

async function reportOn(deps: RehearsalDependencies, rehearsed: Rehearsed): Promise<RehearsalReport> {
  const { plan, scratch, run, removedLeftovers } = rehearsed;
  if (!run.validation) throw whatStopped(run);
  const samples = await readSamples(deps, rehearsed);
  const batches = await deps.control.batches.list(run.runId);
  const measured = scratch.entities.map((entity) => ({
    fullRows: plan.entities.find(({ name }) => name === entity.name)!.estimatedRows,
    batches: batches
      .filter((batch) => batch.entity === entity.name && batch.finishedAt !== null)
      .map((batch) => ({
        rows: batch.rowsRead,
        milliseconds: Date.parse(batch.finishedAt!) - Date.parse(batch.startedAt),
        bytesWritten: batch.bytesWritten,
      })),
  }));
  return {
    status: run.validation.overallStatus === 'verified' ? 'passed' : 'failed',
    planHash: planHash(plan),
    entities: run.entities.map((entity, i) => {
      const milliseconds = measured[i]?.batches.reduce((sum, batch) => sum + batch.milliseconds, 0) ?? 0;
      return {
        entity: entity.entity,
        rows: entity.totalRecords,
        written: entity.written,
        repaired: entity.repaired,
        quarantined: entity.quarantined,
        ...(entity.duplicates === undefined ? {} : { duplicates: entity.duplicates }),
        rowsPerSecond: milliseconds > 0 ? Math.round((entity.rowsRead * 1000) / milliseconds) : 0,
        samples: samples.get(entity.entity) ?? [],
      };
    }),
    validation: run.validation,
    forecast: forecast(measured, LANES),
    removedLeftovers,
  };
}

async function readSamples(
  deps: RehearsalDependencies,
  { scratch, catalog, run }: Rehearsed,
): Promise<Map<string, readonly RowPair[]>> {
  const snapshot = await openSnapshot(deps.source, { log: deps.log });
  const source = await snapshot.session('rehearsal');
  const target = await deps.target.session({ purpose: 'rehearsal' });
  try {
    const namespace = await deps.control.runs.namespace(run.runId);
    const ledger = createKeyLedger(deps.control, scratch.migration, target);
    const preparation = createPreparation({
      plan: scratch,
      catalog,
      runId: run.runId,
      namespace,
      ledger,
      source,
    });
    const samples = new Map<string, readonly RowPair[]>();
    for (const { name } of scratch.entities) {
      samples.set(name, await readRowPairs(await preparation.prepare(name), source, target));
    }
    return samples;
  } finally {
    await Promise.allSettled([source.release(), target.release(), snapshot.close()]);
  }
}

/** A leftover is one only while nobody works on the target: a living rehearsal holds the lock. */
async function removeLeftovers(target: Database): Promise<string[]> {
  const names = await findLeftovers(target);
  for (const name of names) await cleanAway(target, name);
  return names;
}

async function prepareTables(target: Database, plan: PlanFile, name: string): Promise<void> {
  const session = await target.session({ purpose: 'rehearsal' });
  try {
    await makeScratchTables(session, plan, name);
  } finally {
    await session.release();
  }
}

async function cleanAway(target: Database, name: string): Promise<void> {
  const session = await target.session({ purpose: 'rehearsal' });
  try {
    await removeScratch(session, name);
  } finally {
    await session.release();
  }
}

/** Where some kinds of records went through, what stopped the first other one; nothing of either is left. */
function whatStopped({ entities, error }: RunResult): unknown {
  const broken = entities.find((entity) => entity.error !== null)?.error ?? error;
  return broken === null ? stopped() : ofRehearsal(new MigrationError(broken));
}

function stopped(): MigrationError {
  return new MigrationError({
    code: 'REHEARSAL_STOPPED',
    message: 'The rehearsal was stopped before it was checked.',
    hint: 'Nothing of it is left in the target. Begin again: towpath rehearse',
  });
}

/** The engine's errors say how to resume the run; a rehearsal is not resumed but begun again. */
function ofRehearsal(error: unknown): unknown {
  if (isAbort(error)) return stopped();
  if (!(error instanceof MigrationError)) return error;
  const { code, message, details, severity, retryable, cause } = error;
  const hint =
    'Nothing of the rehearsal is left in the target. Put the cause right, in the plan or on the servers, then: towpath rehearse';
  return new MigrationError({ code, message, hint, details, severity, retryable, cause });
}

async function refuseBesideRun(control: Control): Promise<void> {
  const holder = await control.lock.holder();
  if (holder === null) return;
  throw new MigrationError({
    code: 'RUN_IN_PROGRESS',
    message: `Run ${holder.runId ?? '(unnamed)'} is working on this target, so nothing can be rehearsed beside it.`,
    hint: holder.runId ? `Watch it with: towpath watch ${holder.runId}` : 'Wait until it has ended.',
  });
}
