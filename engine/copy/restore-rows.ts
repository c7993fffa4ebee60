/** Gives rows of the target what they were before a run changed them; those that others have changed since stay as they are. */
import type { Session } from '../db/database.ts';
import type { TableName } from '../schema/catalog.ts';
import { forgetRestoredSql, restoreImagesSql } from './merge-rows.sql.ts';
import { readExistingColumns } from './merge-rows.ts';

export interface RowsToRestore {
  readonly runId: string;
  readonly entity: string;
  readonly table: TableName;
  /** By new id, or all of some batches. */
  readonly ids?: readonly string[];
  readonly batchIds?: readonly number[];
  /** Also those that others have changed since. */
  readonly force?: boolean;
}

export interface Restored {
  readonly rows: number;
  /** Rows that were changed or deleted by others since, with what they had been. */
  readonly left: readonly LeftImage[];
}

export interface LeftImage {
  readonly id: string;
  readonly batchId: number;
  readonly image: Readonly<Record<string, string | null>>;
}

/** In the caller's transaction, which the run has entered. */
export async function restoreRows(target: Session, rows: RowsToRestore): Promise<Restored> {
  const columns = await readExistingColumns(target, rows.table);
  const values = [rows.runId, rows.entity, rows.ids ?? null, rows.batchIds ?? []];
  const sql = restoreImagesSql(rows.table, columns, rows.force ?? false);
  const restored = await target.query<{ id: string }>(sql, values);
  const all = await target.query<LeftImage>(forgetRestoredSql, values);
  const back = new Set(restored.map(({ id }) => id));
  return { rows: back.size, left: all.filter(({ id }) => !back.has(id)) };
}
