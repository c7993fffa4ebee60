import { foreignRowSql } from '../../control/transaction-store.sql.ts';
import { quoteIdentifier, quoteTable } from '../../db/quote.ts';
import type { TableName } from '../../schema/catalog.ts';

/** $1 schema, $2 table */
export const columnTypesSql = `select a.attname as name, format_type(a.atttypid, a.atttypmod) as type
  from pg_attribute a join pg_class c on c.oid = a.attrelid join pg_namespace n on n.oid = c.relnamespace
  where n.nspname = $1 and c.relname = $2 and a.attnum > 0 and not a.attisdropped`;

export interface ComparedColumn {
  readonly name: string;
  /** As the server spells it. */
  readonly type: string;
}

/**
 * The row's values as text, and whether each is the one expected, which the server reads as its column's type first, so that
 * two spellings of one value are one. `foreign`: its last writer was no run. $1 id, then an expected text a column
 */
export function targetRowSql(table: TableName, id: string, columns: readonly ComparedColumn[]): string {
  const held = columns.map(({ name }) => `t.${quoteIdentifier(name)}::text`);
  const same = columns.map(
    ({ type }, i) =>
      `(($${i + 2}::text)::${type})::text collate "C" is not distinct from ${held[i]} collate "C"`,
  );
  return `select array[${held.join(', ')}]::text[] as held, array[${same.join(', ')}]::bool[] as same,
      ${foreignRowSql('t')} as foreign
    from ${quoteTable(table)} t where t.${quoteIdentifier(id)} = $1::uuid`;
}

/** The same, where nothing is expected. $1 id */
export function heldRowSql(table: TableName, id: string, columns: readonly string[]): string {
  const held = columns.map((name) => `t.${quoteIdentifier(name)}::text`);
  return `select array[${held.join(', ')}]::text[] as held, array[]::bool[] as same, ${foreignRowSql('t')} as foreign
    from ${quoteTable(table)} t where t.${quoteIdentifier(id)} = $1::uuid`;
}
