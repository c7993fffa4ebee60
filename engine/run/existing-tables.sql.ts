/** What stands in the way of writing to a table that was there before. */
import { wroteRow } from '../control/mapping-store.sql.ts';
import { quoteIdentifier, quoteTable } from '../db/quote.ts';
import type { TableName } from '../schema/catalog.ts';

/** $1 quoted name of the table; one row, or none where there is no such table. */
export const existingTableSql = `select row_security_active(c.oid) as policed,
    coalesce((select json_agg(t.tgname order by t.tgname) from pg_trigger t
      where t.tgrelid = c.oid and not t.tgisinternal and t.tgenabled = 'O'), '[]') as triggers
  from pg_class c where c.oid = to_regclass($1) and c.relkind in ('r', 'p')`;

/** $1 quoted name of the table: its foreign keys, with the columns of both ends. */
export const foreignKeysOfSql = `select o.conname::text as name,
    (select json_build_object('schema', n.nspname, 'name', c.relname) from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.oid = o.confrelid) as parent,
    (select json_agg(a.attname order by k.n) from unnest(o.conkey) with ordinality k(num, n)
      join pg_attribute a on a.attrelid = o.conrelid and a.attnum = k.num) as columns,
    (select json_agg(a.attname order by k.n) from unnest(o.confkey) with ordinality k(num, n)
      join pg_attribute a on a.attrelid = o.confrelid and a.attnum = k.num) as "parentColumns"
  from pg_constraint o where o.conrelid = to_regclass($1) and o.contype = 'f' and o.conparentid = 0 order by 1`;

export interface ForeignKeyRow {
  readonly name: string;
  readonly parent: TableName;
  readonly columns: readonly string[];
  readonly parentColumns: readonly string[];
}

/** Legacy ids of rows of a batch of ours that a foreign key would have refused. */
export function danglingKeysSql(table: string, pairs: string, key: ForeignKeyRow): string {
  const columns = key.columns.map(quoteIdentifier);
  const present = columns.map((column) => `t.${column} is not null`).join(' and ');
  const same = columns
    .map((column, i) => `p.${quoteIdentifier(key.parentColumns[i]!)} = t.${column}`)
    .join(' and ');
  return `select m.legacy_id as key from ${table} t join ${pairs} m on m.new_id = t.id
    where ${wroteRow('m')} and ${present}
      and not exists (select 1 from ${quoteTable(key.parent)} p where ${same}) order by 1`;
}
