/** Statements that undo a load. `pairs` is the entity’s partition of the mapping pairs. */
import { quoteIdentifier, quoteLiteral, quoteTable } from '../db/quote.ts';
import type { TableName } from '../schema/catalog.ts';

/** Begins the comment of every table that Towpath made; no other table is ever dropped. */
export const MADE_BY = 'Made by Towpath';

/** To be run in the transaction that makes the table. */
export function markMadeTableSql(table: TableName, migration: string): string {
  return `comment on table ${quoteTable(table)} is ${quoteLiteral(`${MADE_BY} for the migration ${migration}.`)}`;
}

/** $1 schema, $2 table. `built`: a view, a function or an inheriting table rests upon it. No row: there is no such table. */
export const targetTableSql = `
  select coalesce(obj_description(c.oid, 'pg_class'), '') like '${MADE_BY}%' as made,
         exists (select 1 from pg_depend d
                  where d.refclassid = 'pg_class'::regclass and d.refobjid = c.oid and d.deptype = 'n'
                    and d.classid in ('pg_rewrite'::regclass, 'pg_proc'::regclass, 'pg_class'::regclass)) as built
    from pg_class c join pg_namespace n on n.oid = c.relnamespace
   where n.nspname = $1 and c.relname = $2 and c.relkind in ('r', 'p')`;

/** $1 schema, $2 table: foreign keys of any table that point to it. */
export const inboundKeysSql = `
  select k.conname::text as name, cn.nspname::text as schema, child.relname::text as table
    from pg_constraint k
    join pg_class parent on parent.oid = k.confrelid
    join pg_namespace pn on pn.oid = parent.relnamespace
    join pg_class child on child.oid = k.conrelid
    join pg_namespace cn on cn.oid = child.relnamespace
   where k.contype = 'f' and pn.nspname = $1 and parent.relname = $2`;

const batchesOfRun = 'select batch_id from towpath.batch_processing_status where run_id = $1 and entity = $2';

/**
 * Rows of the run that are in the table, rows of others, and those among them that the run changed. $1 run, $2 entity
 */
export function countRowsSql(table: TableName, pairs: TableName): string {
  return `
    select count(ours.new_id)::float8 as rows, (count(*) - count(ours.new_id))::float8 as kept,
      (select count(*) from ${quoteTable(pairs)} where merged = 'updated' and batch_id in (${batchesOfRun}))::float8 as merged
      from ${quoteTable(table)} t
      left join (select new_id from ${quoteTable(pairs)} where merged is null and batch_id in (${batchesOfRun})) ours
        on ours.new_id = t.id`;
}

/** $1 batches */
export function deleteBatchesSql(table: TableName, pairs: TableName): string {
  return `
    with gone as (delete from ${quoteTable(pairs)} where batch_id = any($1::int[]) returning new_id, merged),
         deleted as (delete from ${quoteTable(table)} t using gone
                      where t.id = gone.new_id and gone.merged is null returning 1)
    select count(*)::float8 as rows from deleted`;
}

/** Sets references to null in rows that are about to be deleted, so that rows of a cycle let go of each other. $1 batches */
export function untieSql(table: TableName, pairs: TableName, columns: readonly string[]): string {
  const names = columns.map(quoteIdentifier);
  return `
    update ${quoteTable(table)} t set ${names.map((name) => `${name} = null`).join(', ')}
      from ${quoteTable(pairs)} p
     where p.new_id = t.id and p.merged is null and p.batch_id = any($1::int[]) and num_nonnulls(${names.map((name) => `t.${name}`).join(', ')}) > 0`;
}

export function lockTableSql(table: TableName): string {
  return `lock table ${quoteTable(table)} in access exclusive mode`;
}

export function dropForeignKeySql(child: TableName, name: string): string {
  return `alter table ${quoteTable(child)} drop constraint ${quoteIdentifier(name)}`;
}

/** Without cascade: what somebody built upon the table keeps it. */
export function dropTableSql(table: TableName): string {
  return `drop table ${quoteTable(table)}`;
}

/** True where the entity has mapping pairs, of whichever run. */
export function hasPairsSql(pairs: TableName): string {
  return `select exists (select 1 from ${quoteTable(pairs)}) as present`;
}

/** $1 quoted name of a table: foreign keys that point to it, both ends' columns as names. */
export const pointingKeysSql = `
  select k.conname::text as name, k.conrelid::regclass::text as child, k.conrelid = k.confrelid as self,
    (select json_agg(a.attname order by n.n) from unnest(k.conkey) with ordinality n(num, n)
      join pg_attribute a on a.attrelid = k.conrelid and a.attnum = n.num) as columns,
    (select json_agg(a.attname order by n.n) from unnest(k.confkey) with ordinality n(num, n)
      join pg_attribute a on a.attrelid = k.confrelid and a.attnum = n.num) as "parentColumns"
  from pg_constraint k where k.contype = 'f' and k.confrelid = to_regclass($1) and k.conparentid = 0`;

export interface PointingKey {
  readonly name: string;
  /** Table as SQL. */
  readonly child: string;
  readonly self: boolean;
  readonly columns: readonly string[];
  readonly parentColumns: readonly string[];
}

/** True where a row that is not to be deleted points to one that is. $1 batches */
export function pointedAtSql(table: TableName, pairs: TableName, key: PointingKey): string {
  const gone = `select new_id from ${quoteTable(pairs)} where merged is null and batch_id = any($1::int[])`;
  const same = key.columns.map(
    (column, i) => `c.${quoteIdentifier(column)} = t.${quoteIdentifier(key.parentColumns[i]!)}`,
  );
  // rows of the run that point to each other all go
  const ours = `select new_id from ${quoteTable(pairs)} where merged is null`;
  const others = key.self ? `and c.id not in (${ours})` : '';
  return `select exists (select 1 from ${quoteTable(table)} t join ${key.child} c on ${same.join(' and ')}
    where t.id in (${gone}) ${others}) as pointed`;
}
