/**
 * A table of the source as it stands behind `from`: its own rows only. Tables that inherit from it are tables of their
 * own, so without `only` their rows would be read twice. A partitioned table has no rows but those of its parts.
 */
import { quoteTable } from '../db/quote.ts';
import type { Table } from './catalog.ts';

export function ownRowsSql(table: Pick<Table, 'schema' | 'name' | 'kind'>): string {
  return table.kind === 'table' ? `only ${quoteTable(table)}` : quoteTable(table);
}
