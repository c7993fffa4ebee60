/** Statements that undo a load. `pairs` is the entity’s partition of the mapping pairs. */
import { foreignRowSql } from '../control/transaction-store.sql.ts';
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
 * Rows of the run that are in the table, rows of the run that others deleted, rows of others, and those among them that the
 * run changed. $1 run, $2 entity
 */
export function countRowsSql(table: TableName, pairs: TableName): string {
  const own = `select new_id from ${quoteTable(pairs)} where merged is null and batch_id in (${batchesOfRun})`;
  return `
    select count(ours.new_id)::float8 as rows, (count(*) - count(ours.new_id))::float8 as kept,
      ((select count(*) from (${own}) o) - count(ours.new_id))::float8 as gone,
      (select count(*) from ${quoteTable(pairs)} where merged = 'updated' and batch_id in (${batchesOfRun}))::float8 as merged
      from ${quoteTable(table)} t left join (${own}) ours on ours.new_id = t.id`;
}

/** Rows of some batches that others wrote last, with the transaction that did. $1 batches */
export function suspectRowsSql(table: TableName, pairs: TableName): string {
  return `select t.id::text as id, p.legacy_id as "legacyId", t.xmin::text as writer
    from ${quoteTable(pairs)} p join ${quoteTable(table)} t on t.id = p.new_id
    where p.batch_id = any($1::int[]) and p.merged is null and ${foreignRowSql('t')}`;
}

/** True of a row that somebody wrote behind our back: no transaction of ours, and none that was looked at. `seen`: SQL of an array */
function unseen(seen: string, row = 't'): string {
  return `(${foreignRowSql(row)} and ${row}.xmin::text <> all(${seen}::text[]))`;
}

/** True where somebody wrote to a table since its rows were looked at; asked under a lock. $1 writers that were seen */
export function unseenRowsSql(table: TableName): string {
  return `select exists (select from ${quoteTable(table)} t where ${unseen('$1')}) as present`;
}

/**
 * Holds the rows of some batches until the transaction ends. Asked before anything is decided in it: who is writing to one of
 * them, or about to point to one, is waited for, and the statements behind this one see what became of it. $1 batches
 */
export function holdBatchesSql(table: TableName, pairs: TableName): string {
  return `select count(*)::float8 as rows from (
    select from ${quoteTable(pairs)} p join ${quoteTable(table)} t on t.id = p.new_id
    where p.batch_id = any($1::int[]) and p.merged is null order by t.id for update of t) held`;
}

/**
 * Deletes the rows of some batches and their pairs, except rows that stay. A row that somebody has changed since they were
 * looked at stays, too, and is written down. $1 batches, $2 run, $3 entity, $4 writers that were seen, $5 takes changed rows as well
 */
export function deleteBatchesSql(table: TableName, pairs: TableName): string {
  const late = `(not $5::boolean and ${unseen('$4')})`;
  return `
    with gone as (delete from ${quoteTable(pairs)} where batch_id = any($1::int[]) returning new_id, merged, legacy_id),
         going as (select g.new_id, g.legacy_id from gone g where g.merged is null and not exists (
                     select from towpath.left_rows l where l.run_id = $2 and l.entity = $3 and l.new_id = g.new_id)),
         late as (insert into towpath.left_rows (run_id, entity, new_id, legacy_id, reason)
                  select $2, $3, g.new_id, g.legacy_id, 'changed' from going g
                    join ${quoteTable(table)} t on t.id = g.new_id where ${late}
                  returning new_id),
         deleted as (delete from ${quoteTable(table)} t using going g where t.id = g.new_id and not ${late} returning 1)
    select (select count(*) from deleted)::float8 as rows, (select count(*) from late)::float8 as late`;
}

/** A column of the run's own rows that points to rows of an entity and may be empty. */
export interface EmptiedColumn {
  readonly table: TableName;
  readonly pairs: TableName;
  readonly column: string;
  /** It points to rows of its own table. */
  readonly self: boolean;
}

/**
 * Empties a column where it points to rows that the same transaction deletes (the condition is that of deleteBatchesSql), so that rows
 * of a cycle let go of each other. Rows that stay, and rows that somebody has changed since, keep what they hold.
 * $1 batches, $2 run, $3 entity, $4 writers that were seen, $5 takes changed rows as well, $6 entity of the column, $7 its writers
 */
export function untieSql(
  parent: { readonly table: TableName; readonly pairs: TableName },
  { table, pairs, column, self }: EmptiedColumn,
): string {
  const name = quoteIdentifier(column);
  const stays = (entity: string, row: string) =>
    `exists (select from towpath.left_rows l where l.run_id = $2 and l.entity = ${entity} and l.new_id = ${row}.id)`;
  return `
    update ${quoteTable(table)} c set ${name} = null
      from ${quoteTable(pairs)} p, ${quoteTable(parent.table)} t, ${quoteTable(parent.pairs)} g
     where t.id = c.${name} and g.new_id = t.id and g.merged is null and g.batch_id = any($1::int[])
       and not ${stays('$3', 't')} and ($5::boolean or not ${unseen('$4')})
       and p.new_id = c.id and p.merged is null
       and p.batch_id in (select batch_id from towpath.batch_processing_status where run_id = $2 and entity = $6)
       ${self ? 'and p.batch_id <> all($1::int[])' : ''}
       and not ${stays('$6', 'c')} and ($5::boolean or not ${unseen('$7', 'c')})`;
}

/** Remembers what a row was that others have changed or deleted since the run changed it. $1 run, $2 entity, $3 rows as JSON */
export function leaveImagesSql(pairs: TableName): string {
  return `insert into towpath.left_rows (run_id, entity, new_id, legacy_id, reason, image)
    select $1, $2, row.id, coalesce(p.legacy_id, ''), 'changed', row.image
    from jsonb_to_recordset($3::jsonb) as row(id uuid, "batchId" int, image jsonb)
    left join ${quoteTable(pairs)} p on p.new_id = row.id and p.batch_id = row."batchId"
    on conflict (run_id, entity, new_id) do update set image = excluded.image, reason = excluded.reason`;
}

/** $1 quoted table, $2 columns: whether the table is there and has them all. */
export const columnsPresentSql = `select count(*) = cardinality($2::text[]) as present from pg_attribute a
  where a.attrelid = to_regclass($1) and a.attname = any($2::text[]) and not a.attisdropped`;

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

/** To be run in the transaction that makes the schema. */
export function markMadeSchemaSql(schema: string, migration: string): string {
  return `comment on schema ${quoteIdentifier(schema)} is ${quoteLiteral(`${MADE_BY} for the migration ${migration}.`)}`;
}

/** $1 schemas: those that Towpath made. */
export const madeSchemasSql = `select nspname::text as name from pg_namespace
  where nspname = any($1::text[]) and obj_description(oid, 'pg_namespace') like '${MADE_BY}%'`;

/** Without cascade: what anybody has put into it keeps it. */
export function dropSchemaSql(schema: string): string {
  return `drop schema ${quoteIdentifier(schema)}`;
}

/** Sequences that are still there and may be set. $1 run, $2 entity */
export const sequenceImagesSql = `select n.nspname::text as schema, s.relname::text as name, i.column_name as column,
    i.before_value::text as before, i.before_called as called, i.after_value::text as after
  from towpath.sequence_images i join pg_class s on s.oid = to_regclass(i.sequence) join pg_namespace n on n.oid = s.relnamespace
  where i.run_id = $1 and i.entity = $2
    and case when s.relkind = 'S' then has_sequence_privilege(s.oid, 'select') and has_sequence_privilege(s.oid, 'update') end`;

/** $1 run, $2 entity */
export const forgetSequencesSql = 'delete from towpath.sequence_images where run_id = $1 and entity = $2';
