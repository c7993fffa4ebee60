/** Every failure leaves a row: what a batch put aside and what it repaired, in the batch's own transaction. */
import type { Control } from '../control/control.ts';
import type { Session } from '../db/database.ts';
import type { EntityLoad } from './entity-load.ts';
import type { KeysetRange } from './keyset-range.ts';
import type { Reject, RepairedRow } from './map-stream.ts';
import { misfitShape } from './misfit-shape.ts';
import { sourceRowsInRangeSql } from './source-query.sql.ts';

/** What the rows belong to. A row that is mapped again later still belongs to the batch that brought it. */
export interface Origin {
  readonly load: EntityLoad;
  readonly range: KeysetRange;
  batchOf(key: string): number | null;
}

/** Rows a statement: bounds the memory that fetched source rows take. */
const CHUNK = 500;

export async function recordRejects(
  control: Control,
  source: Session,
  target: Session,
  origin: Origin,
  rejects: readonly Reject[],
): Promise<void> {
  const { compiled, runId } = origin.load;
  for (let i = 0; i < rejects.length; i += CHUNK) {
    const part = rejects.slice(i, i + CHUNK);
    const sql = sourceRowsInRangeSql(compiled, origin.range);
    const rows = await source.query<{ key: string; row: unknown }>(sql, [part.map((reject) => reject.key)]);
    const byKey = new Map(rows.map(({ key, row }) => [key, row]));
    await control.quarantine.add(
      target,
      part.map(({ key, misfit, sqlstate, constraint = null }) => ({
        runId,
        entity: compiled.plan.name,
        legacyId: key,
        batchId: origin.batchOf(key),
        reason: misfit.reason,
        sqlstate,
        column: misfit.column || null,
        constraint,
        shape: misfitShape(compiled.plan, misfit.column, byKey.get(key)),
        message: misfit.message,
        sourceRow: byKey.get(key) ?? null,
      })),
    );
  }
}

export async function recordRepairs(
  control: Control,
  target: Session,
  origin: Origin,
  repairs: readonly RepairedRow[],
): Promise<void> {
  const { compiled, runId } = origin.load;
  for (let i = 0; i < repairs.length; i += CHUNK) {
    await control.repairs.add(
      target,
      repairs.slice(i, i + CHUNK).map(({ key, repair }) => ({
        runId,
        entity: compiled.plan.name,
        legacyId: key,
        batchId: origin.batchOf(key),
        column: repair.column,
        rule: repair.rule,
        original: repair.original,
      })),
    );
  }
}
