/** Of a table that was there before, the rows that concern a migration; others' rows are none of its business. */
import { wroteRow } from '../control/mapping-store.sql.ts';
import { quoteTable } from '../db/quote.ts';
import type { TableName } from '../schema/catalog.ts';

/** Rows that were written: inserted, or given the old system's values. A subselect, to be given an alias. */
export function ownRowsOf(table: TableName, pairs: TableName): string {
  return `(select r.* from ${quoteTable(table)} r where exists (
    select 1 from ${quoteTable(pairs)} m where m.new_id = r.id and ${wroteRow('m')}))`;
}

/** Those, and rows that were found and left as they are; with an alias. */
export function pairedRowsOf(table: TableName, pairs: TableName): string {
  return `(select r.* from ${quoteTable(table)} r where exists (
    select 1 from ${quoteTable(pairs)} m where m.new_id = r.id)) t`;
}
