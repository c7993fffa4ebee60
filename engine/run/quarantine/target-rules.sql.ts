/** What the server asks of a row of a table, and each question as a query that only reads. */
import { quoteIdentifier, quoteTable } from '../../db/quote.ts';
import type { ForeignKeyRow } from '../existing-tables.sql.ts';

/** A column of the table in its order. */
export interface RuleColumn {
  readonly name: string;
  readonly required: boolean;
  /** The server fills it in where a row does not say it. */
  readonly filled: boolean;
}

/** $1 quoted name of the table */
export const columnsOfTableSql = `select a.attname::text as name, a.attnotnull as required,
    (a.atthasdef or a.attidentity <> '' or a.attgenerated <> '') as filled
  from pg_attribute a where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped order by a.attnum`;

export interface CheckRule {
  readonly name: string;
  readonly expression: string;
  readonly columns: readonly string[];
}

/** $1 quoted name of the table */
export const checksOfTableSql = `select o.conname::text as name, pg_get_expr(o.conbin, o.conrelid) as expression,
    coalesce((select json_agg(a.attname::text) from pg_attribute a
      where a.attrelid = o.conrelid and a.attnum = any(o.conkey)), '[]') as columns
  from pg_constraint o where o.conrelid = to_regclass($1) and o.contype = 'c' order by 1`;

export interface UniqueRule {
  readonly name: string;
  /** Key parts as SQL over the table's own names. */
  readonly items: readonly string[];
  readonly predicate: string | null;
  readonly nullsEqual: boolean;
}

/** $1 quoted name of the table. Key columns alone: what an index includes besides says nothing. */
export const uniquesOfTableSql = `select coalesce(o.conname, c.relname)::text as name,
    (select json_agg(pg_get_indexdef(i.indexrelid, n, true) order by n) from generate_series(1, i.indnkeyatts) n) as items,
    pg_get_expr(i.indpred, i.indrelid) as predicate,
    coalesce((to_jsonb(i) ->> 'indnullsnotdistinct')::boolean, false) as "nullsEqual"
  from pg_index i join pg_class c on c.oid = i.indexrelid
    left join pg_constraint o on o.conindid = i.indexrelid and o.contype in ('p', 'u')
  where i.indrelid = to_regclass($1) and i.indisunique and i.indislive order by 1`;

/** What only writing can tell. $1 quoted name of the table */
export const unaskableSql = `select (select count(*)::int from pg_constraint o
      where o.conrelid = to_regclass($1) and o.contype = 'x') as exclusions,
    coalesce((select json_agg(t.tgname::text order by t.tgname) from pg_trigger t
      where t.tgrelid = to_regclass($1) and not t.tgisinternal and t.tgenabled <> 'D'), '[]') as triggers`;

/** Rows of the table's own type, made of texts by the server's own input: $1 row literals. The place is `towpath_n`, from 1. */
function rowsSql(table: string): string {
  return `(select u.n as towpath_n, (u.r).* from (
    select g.n, g.literal::${table} as r from unnest($1::text[]) with ordinality as g(literal, n) offset 0) u)`;
}

/** Fails where one of them is no row of the table. */
export function readableSql(table: string): string {
  return `select count(r)::int as rows from ${rowsSql(table)} r`;
}

export function missingSql(table: string, column: string): string {
  return `select towpath_n::int as n from ${rowsSql(table)} r where ${quoteIdentifier(column)} is null`;
}

export function checkSql(table: string, { expression }: CheckRule): string {
  return `select towpath_n::int as n from ${rowsSql(table)} r where not coalesce((${expression}), true)`;
}

/** Rows that repeat one of the table, or an earlier one of themselves. */
export function repeatedSql(table: string, { items, predicate, nullsEqual }: UniqueRule): string {
  const list = items.map((item, i) => `(${item}) as k${i}`).join(', ');
  const where = predicate === null ? '' : `where ${predicate}`;
  const equals = nullsEqual ? 'is not distinct from' : '=';
  const same = (other: string) => items.map((_, i) => `${other}.k${i} ${equals} s.k${i}`).join(' and ');
  return `with s as materialized (select towpath_n, ${list} from ${rowsSql(table)} r ${where})
    select s.towpath_n::int as n from s
    where exists (select from s earlier where earlier.towpath_n < s.towpath_n and ${same('earlier')})
      or exists (select from (select ${list} from ${table} ${where}) there where ${same('there')})`;
}

/** $2 ids that arrive with them */
export function orphansSql(
  table: string,
  key: Pick<ForeignKeyRow, 'parent' | 'columns' | 'parentColumns'>,
  arriving: boolean,
): string {
  const [columns, parentColumns] = [key.columns.map(quoteIdentifier), key.parentColumns.map(quoteIdentifier)];
  const present = columns.map((column) => `r.${column} is not null`).join(' and ');
  const same = columns.map((column, i) => `p.${parentColumns[i]} = r.${column}`).join(' and ');
  const comes = arriving ? `and not r.${columns[0]}::text = any($2::text[])` : 'and $2::text[] is not null';
  return `select towpath_n::int as n from ${rowsSql(table)} r
    where ${present} ${comes} and not exists (select from ${quoteTable(key.parent)} p where ${same})`;
}

/** A row as the server reads its own rows: `("a","b",)`. */
export function rowLiteral(values: readonly (string | null)[]): string {
  const fields = values.map((value) =>
    value === null ? '' : `"${value.replaceAll('\\', '\\\\').replaceAll('"', '""')}"`,
  );
  return `(${fields.join(',')})`;
}
