/** What a rehearsal found: how each entity went, what its validation said, rows before and after, and how long the full move takes. */
import type { RehearsalReport } from '../contract/rehearsal.ts';
import type { RunResult } from '../contract/run.ts';
import type { Control } from '../control/control.ts';
import { createKeyLedger } from '../copy/key-ledger.ts';
import { createPreparation } from '../copy/prepare.ts';
import type { Log } from '../core/log.ts';
import type { Database } from '../db/database.ts';
import { openSnapshot } from '../db/snapshot.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { planHash } from '../plan/plan-hash.ts';
import type { Catalog } from '../schema/catalog.ts';
import { type RowPair, readRowPairs } from './before-after.ts';
import { forecast } from './forecast.ts';
import { whatStopped } from './rehearsal-errors.ts';

export interface ReportDependencies {
  readonly source: Database;
  readonly target: Database;
  readonly control: Control;
  readonly log: Log;
}

/** Batches at a time. */
export const REHEARSAL_LANES = 2;

export interface Rehearsed {
  readonly plan: PlanFile;
  readonly scratch: PlanFile;
  readonly catalog: Catalog;
  readonly removedLeftovers: readonly string[];
  readonly run: RunResult;
}

/** Throws what stopped the run, where it was not validated. */
export async function reportOn(deps: ReportDependencies, rehearsed: Rehearsed): Promise<RehearsalReport> {
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
    forecast: forecast(measured, REHEARSAL_LANES),
    removedLeftovers,
  };
}

async function readSamples(
  deps: ReportDependencies,
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
