/**
 * A rehearsal: the real migration of a few rows of each entity, with all rows they point to, into a scratch schema
 * of the target; validated like the real one, measured, shown, and removed again.
 *
 * Promise: nothing outside the scratch schema and the rehearsal's own ledger entries is written, and these go away,
 * at once or – after a kill – with the next rehearsal. It takes the target's lock, so it never runs beside a migration.
 */
import { randomBytes } from 'node:crypto';
import type { RehearsalReport, RehearseOptions } from '../contract/rehearsal.ts';
import type { MigrateOptions, RunResult } from '../contract/run.ts';
import type { Control } from '../control/control.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import type { Database } from '../db/database.ts';
import { openSnapshot } from '../db/snapshot.ts';
import { readCurrentCatalog } from '../plan/current-catalog.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { refuseInvalid } from '../plan/refuse-invalid.ts';
import type { Catalog } from '../schema/catalog.ts';
import { addChaos } from './chaos/add-chaos.ts';
import type { OpenMovingEngine } from './chaos/disturbed-move.ts';
import { chooseRows } from './choose-rows.ts';
import { ofRehearsal, refuseBesideRun } from './rehearsal-errors.ts';
import { REHEARSAL_PREFIX, rehearsalPlan } from './rehearsal-plan.ts';
import { REHEARSAL_LANES, reportOn } from './rehearsal-report.ts';
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
      return addChaos(deps, { scratch, options, report, settings: rehearsalOptions(options) });
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
  const work = async () => {
    await prepareTables(deps.target, plan, name);
    const run = await deps.migrate(scratch, rehearsalOptions(options));
    return reportOn(deps, { ...prepared, run });
  };
  const report = await work().catch(async (error: unknown) => {
    const cleared = await cleanAway(deps.target, name).then(
      () => true,
      () => false,
    );
    throw ofRehearsal(error, { cleared });
  });
  await cleanAway(deps.target, name).catch((error: unknown) => {
    throw ofRehearsal(error, { cleared: false });
  });
  return report;
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
    maxConcurrency: REHEARSAL_LANES,
    checkpointFrequency: 1000,
    timeoutMinutes: null,
    // A sample is too small for rates: what is set aside is shown, and no gate closes on it.
    maxFailureRate: 1,
    validate: true,
    approveAs: 'rehearsal',
    ...(signal ? { signal } : {}),
  };
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
