/** Statements about what a move of the sample left, for the scratch schema and the ledger of the rehearsal. */
import { quoteIdentifier, quoteLiteral, quoteTable } from '../../db/quote.ts';
import type { PlanEntity } from '../../plan/plan-file.ts';

/** What one move left, a line each: kind, entity, key, content. Of rows only columns that the plan fills: others hold times. */
export function contentSql(schema: string, entities: readonly PlanEntity[]): string {
  const ofEntities = entities.map(({ name, target, columns }) => {
    const list = columns.map(({ to }) => `t.${quoteIdentifier(to)}`).join(', ');
    return `select 'row', ${quoteLiteral(name)}, t.id::text, md5(row(${list})::text) from ${quoteTable({ schema, name: target.table })} t`;
  });
  return [
    ...ofEntities,
    `select 'pair', entity, legacy_id, new_id::text from towpath.migration_mappings`,
    `select 'set-aside', entity, legacy_id, md5(concat_ws('|', reason, sqlstate, column_name, source_row::text, state))
       from towpath.quarantined_rows`,
    `select 'repair', entity, legacy_id, md5(concat_ws('|', column_name, rule, original)) from towpath.repaired_rows`,
    `select 'object', conrelid::regclass::text, conname, pg_get_constraintdef(oid) || ' ' || convalidated
       from pg_constraint where connamespace = ${quoteLiteral(schema)}::regnamespace and contype <> 'n'`,
    `select 'object', indrelid::regclass::text, indexrelid::regclass::text, pg_get_indexdef(indexrelid) || ' ' || indisvalid
       from pg_index join pg_class on pg_class.oid = indrelid where relnamespace = ${quoteLiteral(schema)}::regnamespace`,
  ].join('\nunion all\n');
}

/** What the undisturbed move left is kept here, to be compared with. */
export function keepSql(kept: string, schema: string, entities: readonly PlanEntity[]): string {
  return `create table ${keptTable(kept)} as
    select c.kind::text collate "C" as kind, c.entity::text collate "C" as entity, c.key::text collate "C" as key,
      c.content::text collate "C" as content
    from (${contentSql(schema, entities)}) as c (kind, entity, key, content)`;
}

export function countKeptSql(kept: string): string {
  return `select count(*) filter (where kind = 'row')::float8 as moved, count(*) filter (where kind = 'set-aside')::float8 as "setAside",
    count(*)::float8 as lines from ${keptTable(kept)}`;
}

/**
 * Differences of now to then, by kind and entity. Of a key that both have, more lines than then are doubles, fewer are losses;
 * a key that only one side has is lost or added; the same number of lines with another content is a change.
 */
export function compareSql(kept: string, schema: string, entities: readonly PlanEntity[]): string {
  return `with present (kind, entity, key, content) as (
    select kind::text collate "C", entity::text collate "C", key::text collate "C", content::text collate "C"
    from (${contentSql(schema, entities)}) as c (kind, entity, key, content)
  ), numbered as (
    select kind, entity, key, content, 1 as before, 0 as after from ${keptTable(kept)}
    union all select kind, entity, key, content, 0, 1 from present
  ), by_content as (
    select kind, entity, key, content, sum(before) as before, sum(after) as after from numbered group by 1, 2, 3, 4
  ), by_key as (
    select kind, entity, key, sum(before) as before, sum(after) as after, bool_or(before <> after) as differs
    from by_content group by 1, 2, 3
  )
  select kind, entity,
    sum(greatest(before - after, 0))::float8 as lost,
    sum(case when before > 0 then greatest(after - before, 0) else 0 end)::float8 as doubled,
    sum(case when before = 0 then after else 0 end)::float8 as added,
    count(*) filter (where before = after)::float8 as changed
  from by_key where differs group by 1, 2 order by 1, 2`;
}

function keptTable(kept: string): string {
  return quoteTable({ schema: kept, name: 'content' });
}

/** Pairs that are not a function or not injective, that lead to no row, and rows that no pair leads to. */
export function pairsSql(schema: string, entities: readonly PlanEntity[]): string {
  const broken = entities.map(({ name, target }) => {
    const table = quoteTable({ schema, name: target.table });
    return `select ${quoteLiteral(name)} as entity,
      (select count(*) from (select from pairs where entity = ${quoteLiteral(name)} group by legacy_id having count(*) > 1) d) as ambiguous,
      (select count(*) from (select from pairs where entity = ${quoteLiteral(name)} group by new_id having count(*) > 1) d) as shared,
      (select count(*) from pairs p where entity = ${quoteLiteral(name)} and not exists (select from ${table} t where t.id = p.new_id)) as dangling,
      (select count(*) from ${table} t where not exists (select from pairs p where p.entity = ${quoteLiteral(name)} and p.new_id = t.id)) as unpaired`;
  });
  return `with pairs as materialized (select entity, legacy_id, new_id from towpath.migration_mappings)
    select entity, ambiguous::float8, shared::float8, dangling::float8, unpaired::float8 from (${broken.join(' union all ')}) as found
    where ambiguous + shared + dangling + unpaired > 0`;
}

/** References of rows that lead to no row. */
export function danglingSql(
  schema: string,
  { table, column, parent }: { readonly table: string; readonly column: string; readonly parent: string },
): string {
  const name = quoteIdentifier(column);
  return `select count(*)::float8 as rows from ${quoteTable({ schema, name: table })} c
    where c.${name} is not null and not exists (
      select from ${quoteTable({ schema, name: parent })} p where p.id::text = c.${name}::text)`;
}
