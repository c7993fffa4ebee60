/** Exact rows of one table, as text because a count is a bigint. */
import type { Table } from './catalog.ts';
import { ownRowsSql } from './own-rows.sql.ts';

export function rowCountSql(table: Pick<Table, 'schema' | 'name' | 'kind'>): string {
  return `select count(*)::text as rows from ${ownRowsSql(table)}`;
}
