/** The statement that loads mapped rows into a table of the target. */
import { quoteIdentifier, quoteTable } from '../db/quote.ts';
import type { CompiledEntity } from '../mapping/compiled-entity.ts';
import type { TableName } from '../schema/catalog.ts';

export function copyToTargetSql(table: TableName, compiled: CompiledEntity): string {
  const columns = compiled.columns.map(quoteIdentifier).join(', ');
  return `copy ${quoteTable(table)} (${columns}) from stdin (format ${compiled.wire})`;
}
