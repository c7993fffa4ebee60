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
}

export interface Restored {
  readonly rows: number;
  /** Ids of rows that were changed or deleted by others since. */
  readonly left: readonly string[];
}

/** In the caller's transaction. */
export async function restoreRows(target: Session, rows: RowsToRestore): Promise<Restored> {
  const columns = await readExistingColumns(target, rows.table);
  const values = [rows.runId, rows.entity, rows.ids ?? null, rows.batchIds ?? []];
  const restored = await target.query<{ id: string }>(restoreImagesSql(rows.table, columns), values);
  const all = await target.query<{ id: string }>(forgetRestoredSql, values);
  const back = new Set(restored.map(({ id }) => id));
  return { rows: back.size, left: all.map(({ id }) => id).filter((id) => !back.has(id)) };
}
