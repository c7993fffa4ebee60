/** `migrate --dry-run` as a whole: chooses entities, opens read-only sessions, maps everything, writes nothing. */
import { randomBytes } from 'node:crypto';
import type { MigrateOptions, RunResult } from '../contract/run.ts';
import { createReadingLedger } from '../copy/key-ledger.ts';
import { entityOf } from '../copy/prepare.ts';
import { openSnapshot } from '../db/snapshot.ts';
import { readCurrentCatalog } from '../plan/current-catalog.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { planHash } from '../plan/plan-hash.ts';
import { refuseInvalid } from '../plan/refuse-invalid.ts';
import { refuseMissingParents } from './begin-run.ts';
import { openDesk, refuseUnsteady, refuseWithoutSandbox, refuseWrongCode } from './code-at-hand.ts';
import { DRY_RUN_ID, type DryRunEntity, dryRun } from './dry-run.ts';
import { migratedEntities } from './migrated-entities.ts';
import type { RunDependencies } from './run-dependencies.ts';
import { selectEntities } from './select-entities.ts';

export async function dryRunPlan(
  deps: RunDependencies,
  plan: PlanFile,
  options: MigrateOptions,
): Promise<RunResult> {
  const started = deps.clock.monotonic();
  const startedAt = deps.clock.now().toISOString();
  await refuseWithoutSandbox(deps.code, plan);
  const installed = (await deps.control.state()) === 'current';
  const migrated = installed ? await migratedEntities(deps.target, plan.migration) : new Set<string>();
  const names = selectEntities(plan, options.entities, options.withDependencies).names.filter(
    (name) => !migrated.has(name),
  );
  refuseMissingParents(plan, names, migrated);
  const catalog = await readCurrentCatalog(deps.source, plan);
  refuseInvalid(plan, catalog);
  await refuseWrongCode(deps.code, plan, catalog);
  await refuseUnsteady(deps, plan, catalog, names);
  const code = openDesk(deps, plan);
  const snapshot = await openSnapshot(deps.source, { log: deps.log });
  const source = await snapshot.session('dry-run');
  const target = await deps.target.session({ readOnly: true, purpose: 'dry-run' });
  try {
    const entities = await dryRun({
      plan,
      catalog,
      names,
      source,
      // Ids made in a dry run are shown to nobody and kept nowhere, so any namespace will do.
      namespace: randomBytes(16),
      ledger: createReadingLedger(installed ? deps.control : null, plan.migration, target),
      code,
      events: deps.events,
      signal: options.signal,
    });
    const finishedAt = deps.clock.now().toISOString();
    return {
      runId: DRY_RUN_ID,
      migration: plan.migration,
      state: 'dry-run',
      planHash: planHash(plan),
      startedAt,
      updatedAt: finishedAt,
      finishedAt,
      alive: false,
      error: null,
      entities: entities.map((entity) => entityStatus(plan, entity)),
      dryRun: true,
      gate: { status: 'passed', level: null, findings: [] },
      validation: null,
      milliseconds: Math.round(deps.clock.monotonic() - started),
    };
  } finally {
    await Promise.allSettled([source.release(), target.release(), snapshot.close(), code?.close()]);
  }
}

function entityStatus(plan: PlanFile, result: DryRunEntity): RunResult['entities'][number] {
  return {
    entity: result.entity,
    level: entityOf(plan, result.entity).level,
    state: 'pending',
    outcome: 'SKIPPED',
    totalRecords: result.rows,
    rowsRead: result.rows,
    written: result.written,
    repaired: result.repaired,
    quarantined: result.quarantined,
    excluded: result.excluded,
    ...(result.duplicates === 0 ? {} : { duplicates: result.duplicates }),
    batches: 0,
    startedAt: null,
    finishedAt: null,
    error: null,
  };
}
