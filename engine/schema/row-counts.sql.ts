/** Exact rows of one table, as text because a count is a bigint. */
import { quoteTable } from '../db/quote.ts';
import type { TableName } from './catalog.ts';

export function rowCountSql(table: TableName): string {
  return `select count(*)::text as rows from ${quoteTable(table)}`;
}
