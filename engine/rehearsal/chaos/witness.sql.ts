/** Statements about what a move of the sample left, for the scratch schema and the ledger of the rehearsal. */
import { quoteIdentifier, quoteLiteral, quoteTable } from '../../db/quote.ts';
import type { PlanEntity } from '../../plan/plan-file.ts';
import { idColumnOf } from '../../validation/rows/row-id.ts';

/** What one move left, a line each: kind, entity, key, content. Of rows only columns that the plan fills: others hold times. */
export function contentSql(schema: string, entities: readonly PlanEntity[]): string {
  const ofEntities = entities.map((entity) => {
    const { name, target, columns } = entity;
    const list = columns.map(({ to }) => `t.${quoteIdentifier(to)}`).join(', ');
    return `select 'row', ${quoteLiteral(name)}, t.${quoteIdentifier(idColumnOf(entity))}::text, md5(row(${list})::text) from ${quoteTable({ schema, name: target.table })} t`;
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

/** What a move left: the undisturbed one, to compare with; or one that differs, until it is known why. */
export type Picture = 'whole' | 'suspect';

/** Keeps what is there now. */
export function keepSql(of: Kept, picture: Picture): string {
  return `create table ${keptTable(of, picture)} as
    select c.kind::text collate "C" as kind, c.entity::text collate "C" as entity, c.key::text collate "C" as key,
      c.content::text collate "C" as content
    from (${contentSql(of.schema, of.entities)}) as c (kind, entity, key, content)`;
}

export function forgetSql(of: Kept, picture: Picture): string {
  return `drop table if exists ${keptTable(of, picture)}`;
}

export interface Kept {
  /** Schema that the pictures are kept in. */
  readonly kept: string;
  /** Schema of the tables that are looked at. */
  readonly schema: string;
  readonly entities: readonly PlanEntity[];
}

export function countKeptSql(of: Kept): string {
  return `select count(*) filter (where kind = 'row')::float8 as moved, count(*) filter (where kind = 'set-aside')::float8 as "setAside"
    from ${keptTable(of, 'whole')}`;
}

/** Differences of now to the undisturbed move, by kind and entity. */
export function compareSql(of: Kept): string {
  return `with ${presentSql(of)}, differing as (${differingSql(keptTable(of, 'whole'), 'present')})
  ${sumsSql('differing')}`;
}

/**
 * Differences of the suspect to the undisturbed move, but for keys in which another undisturbed move, which is there now, differs
 * from the first one as well: these changed in the source, or the plan gives another value each time.
 */
export function compareSuspectSql(of: Kept): string {
  return `with ${presentSql(of)}, unsteady as materialized (${differingSql(keptTable(of, 'whole'), 'present')}),
  differing as (
    select * from (${differingSql(keptTable(of, 'whole'), keptTable(of, 'suspect'))}) d
    where not exists (select from unsteady u where u.kind = d.kind and u.entity = d.entity and u.key is not distinct from d.key)
  )
  ${sumsSql('differing')}`;
}

/** Rows in which the undisturbed move that is there now differs from the first one, by entity. */
export function unsteadySql(of: Kept): string {
  return `with ${presentSql(of)}, unsteady as (${differingSql(keptTable(of, 'whole'), 'present')})
  select entity, greatest(count(*) filter (where kind in ('row', 'set-aside')), 1)::float8 as rows from unsteady
  group by 1 order by 1`;
}

function presentSql({ schema, entities }: Kept): string {
  return `present (kind, entity, key, content) as (
    select kind::text collate "C", entity::text collate "C", key::text collate "C", content::text collate "C"
    from (${contentSql(schema, entities)}) as c (kind, entity, key, content)
  )`;
}

/** Keys of which one side has other lines than the other, with the number of lines of each. */
function differingSql(then: string, now: string): string {
  return `select kind, entity, key, sum(before) as before, sum(after) as after from (
    select kind, entity, key, content, sum(before) as before, sum(after) as after from (
      select kind, entity, key, content, 1 as before, 0 as after from ${then}
      union all select kind, entity, key, content, 0, 1 from ${now}
    ) as lines group by 1, 2, 3, 4
  ) as by_content group by 1, 2, 3 having bool_or(before <> after)`;
}

/**
 * Of a key that both have, more lines than then are doubles, fewer are losses; a key that only one side has is lost or added;
 * the same number of lines with another content is a change.
 */
function sumsSql(differing: string): string {
  return `select kind, entity,
    sum(greatest(before - after, 0))::float8 as lost,
    sum(case when before > 0 then greatest(after - before, 0) else 0 end)::float8 as doubled,
    sum(case when before = 0 then after else 0 end)::float8 as added,
    count(*) filter (where before = after)::float8 as changed
  from ${differing} group by 1, 2 order by 1, 2`;
}

function keptTable({ kept }: Kept, picture: Picture): string {
  return quoteTable({ schema: kept, name: picture });
}

/** Pairs that are not a function or not injective, that lead to no row, and rows that no pair leads to. */
export function pairsSql(schema: string, entities: readonly PlanEntity[]): string {
  const broken = entities.map((entity) => {
    const { name, target } = entity;
    const id = quoteIdentifier(idColumnOf(entity));
    const table = quoteTable({ schema, name: target.table });
    return `select ${quoteLiteral(name)} as entity,
      (select count(*) from (select from pairs where entity = ${quoteLiteral(name)} group by legacy_id having count(*) > 1) d) as ambiguous,
      (select count(*) from (select from pairs where entity = ${quoteLiteral(name)} group by new_id having count(*) > 1) d) as shared,
      (select count(*) from pairs p where entity = ${quoteLiteral(name)} and not exists (select from ${table} t where t.${id} = p.new_id)) as dangling,
      (select count(*) from ${table} t where not exists (select from pairs p where p.entity = ${quoteLiteral(name)} and p.new_id = t.${id})) as unpaired`;
  });
  return `with pairs as materialized (select entity, legacy_id, new_id from towpath.migration_mappings)
    select entity, ambiguous::float8, shared::float8, dangling::float8, unpaired::float8 from (${broken.join(' union all ')}) as found
    where ambiguous + shared + dangling + unpaired > 0`;
}

export interface Link {
  readonly entity: string;
  readonly table: string;
  readonly column: string;
  /** Where it may lead. */
  readonly parents: readonly PlanEntity[];
}

/** Links of rows that lead to no row of any table they may lead to. */
export function danglingSql(schema: string, { table, column, parents }: Link): string {
  const name = quoteIdentifier(column);
  const nowhere = parents.map(
    (parent) =>
      `not exists (select from ${quoteTable({ schema, name: parent.target.table })} p
        where p.${quoteIdentifier(idColumnOf(parent))}::text = c.${name}::text)`,
  );
  return `select count(*)::float8 as rows from ${quoteTable({ schema, name: table })} c
    where c.${name} is not null and ${nowhere.join(' and ')}`;
}
