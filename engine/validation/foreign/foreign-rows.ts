/**
 * Looks for rows of a migrated table that others wrote since the run began. Who they are PostgreSQL does not keep: a row knows the
 * number of the transaction that wrote it, not its user; when, only where `track_commit_timestamp` is on.
 *
 * Not seen: rows of others in a table that was there before which somebody deleted (nobody knows that they were), and a row that
 * was changed and then written again by Towpath.
 */
import type { Queryable } from '../../control/queryable.ts';
import type { TableName } from '../../schema/catalog.ts';
import {
  addedRowsSql,
  changedRowsSql,
  countPairsSql,
  deletedRowsSql,
  knowsWritersSql,
  lookAtRowsSql,
} from './foreign-rows.sql.ts';

export interface ForeignRow {
  readonly id: string;
  /** Legacy key; null for a row that others added. */
  readonly key: string | null;
  /** When it was written last; null where the server does not keep that. */
  readonly at: string | null;
}

export interface ForeignRows {
  readonly changed: readonly ForeignRow[];
  readonly added: readonly ForeignRow[];
  readonly deleted: readonly ForeignRow[];
}

export interface LookedAt {
  readonly table: TableName;
  readonly pairs: TableName;
  /** The table was there before: rows of others are its business. */
  readonly existing: boolean;
  readonly runId: string;
}

/** Rows of each kind that are read; a check says so where there are as many. */
export const READ_ROWS = 20_000;

const NONE: ForeignRows = { changed: [], added: [], deleted: [] };

/** One pass over the table where nobody wrote; more only where somebody did. */
export async function readForeignRows(
  target: Queryable,
  { table, pairs, existing, runId }: LookedAt,
): Promise<ForeignRows> {
  const [found] = await target.query<{ rows: number; foreign: number }>(lookAtRowsSql(table));
  const [paired] = await target.query<{ rows: number }>(countPairsSql(pairs));
  const complete = existing ? false : found!.rows === paired!.rows;
  if (found!.foreign === 0 && complete) return NONE;
  const rows = (sql: string, ...more: unknown[]) => target.query<ForeignRow>(sql, [READ_ROWS, ...more]);
  return {
    changed: found!.foreign === 0 ? [] : await rows(changedRowsSql(table, pairs)),
    added: found!.foreign === 0 ? [] : await rows(addedRowsSql(table, pairs, existing), runId),
    deleted: complete ? [] : await rows(deletedRowsSql(table, pairs)),
  };
}

/** False where the rows cannot be told apart by their writer: moved by an earlier version, or the target came out of a dump. */
export async function knowsWriters(target: Queryable, migration: string): Promise<boolean> {
  const [row] = await target.query<{ known: boolean }>(knowsWritersSql, [migration]);
  return row!.known;
}
