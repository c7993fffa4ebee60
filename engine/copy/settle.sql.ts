/** Statements of the second pass, which settles references that were written on trust. */
import { wroteRow } from '../control/mapping-store.sql.ts';
import { quoteIdentifier, quoteTable } from '../db/quote.ts';
import type { CompiledEntity } from '../mapping/compiled-entity.ts';
import type { TableName } from '../schema/catalog.ts';
import { leftByUpdate } from './left-by-update.ts';
import { joinedNotesSql } from './merge-rows.sql.ts';

/** Legacy ids of rows whose reference points to a row of none of the parents' tables. */
export function danglingSql(
  target: TableName,
  column: string,
  parents: readonly TableName[],
  pairs: TableName,
): string {
  const reference = `t.${quoteIdentifier(column)}`;
  const absent = parents.map(
    (parent) => `and not exists (select 1 from ${quoteTable(parent)} p where p.id = ${reference})`,
  );
  return `
    select m.legacy_id as key
    from ${quoteTable(target)} t
    join ${quoteTable(pairs)} m on m.new_id = t.id
    where ${reference} is not null and ${wroteRow('m')}
      ${absent.join('\n      ')}`;
}

/** Legacy ids of rows that point to given rows of a parent; `$1` is an array of the parent's legacy ids. */
export function pointingSql(
  target: TableName,
  column: string,
  pairs: TableName,
  parentPairs: TableName,
): string {
  return `
    select m.legacy_id as key
    from ${quoteTable(target)} t
    join ${quoteTable(pairs)} m on m.new_id = t.id
    where ${wroteRow('m')} and t.${quoteIdentifier(column)} in (
      select new_id from ${quoteTable(parentPairs)} where legacy_id = any($1::text[]))`;
}

/** A staging table for rows that are mapped again, gone with the transaction. */
export function stagingSql(staging: string, target: TableName, columns: readonly string[]): string {
  const list = columns.map(quoteIdentifier).join(', ');
  return `create temp table ${quoteIdentifier(staging)} on commit drop as select ${list} from ${quoteTable(target)} with no data`;
}

/** Gives the target's rows the values of the staged ones; those that were there before keep what is left to them. */
export function updateFromStagingSql(
  staging: string,
  target: TableName,
  pairs: TableName,
  compiled: Pick<CompiledEntity, 'columns' | 'plan'>,
): string {
  const { kept, joined } = leftByUpdate(compiled.plan);
  const set = settingSql(
    compiled.columns.filter((column) => column !== 'id'),
    compiled,
  );
  const staged = `pg_temp.${quoteIdentifier(staging)} s`;
  const from =
    kept.size + joined.size > 0 ? `${staged} left join ${quoteTable(pairs)} m on m.new_id = s.id` : staged;
  return `update ${quoteTable(target)} t set ${set} from ${from} where t.id = s.id`;
}

/**
 * Gives rows that a run wrote these links of the staged ones, where one of them is there now, and the notes; returns their
 * legacy ids. $1: legacy ids
 */
export function linksFromStagingSql(
  staging: string,
  target: TableName,
  pairs: TableName,
  compiled: Pick<CompiledEntity, 'plan'>,
  { links, notes }: { readonly links: readonly string[]; readonly notes: readonly string[] },
): string {
  const present = links.map((column) => `s.${quoteIdentifier(column)} is not null`).join(' or ');
  return `update ${quoteTable(target)} t set ${settingSql([...links, ...notes], compiled)}
    from pg_temp.${quoteIdentifier(staging)} s
    join ${quoteTable(pairs)} m on m.new_id = s.id and m.legacy_id = any($1::text[]) and ${wroteRow('m')}
    where t.id = s.id and (${present}) returning m.legacy_id as key`;
}

/** Row `t` of the target gets values of the staged `s`; `m` is its pair. */
function settingSql(columns: readonly string[], { plan }: Pick<CompiledEntity, 'plan'>): string {
  const { kept, joined } = leftByUpdate(plan);
  const value = (column: string) => {
    const name = quoteIdentifier(column);
    if (!kept.has(column) && !joined.has(column)) return `s.${name}`;
    const left = kept.has(column) ? `t.${name}` : joinedNotesSql(column);
    return `case when m.merged = 'updated' then ${left} else s.${name} end`;
  };
  return columns.map((column) => `${quoteIdentifier(column)} = ${value(column)}`).join(', ');
}

/**
 * Takes rows of several entities out at once, with their pairs; `$1`, `$2`, … are arrays of legacy ids. Rows that the target
 * held before lose their pair alone.
 */
export function deleteRowsSql(
  entities: readonly { readonly target: TableName; readonly pairsTable: TableName }[],
): string {
  const steps = entities.flatMap(({ target, pairsTable }, i) => [
    `gone${i} as (delete from ${quoteTable(pairsTable)} where legacy_id = any($${i + 1}::text[]) returning new_id, merged)`,
    `deleted${i} as (delete from ${quoteTable(target)} t using gone${i} g where t.id = g.new_id and g.merged is null)`,
  ]);
  return `with ${steps.join(',\n    ')}\n    select`;
}

/** Legacy ids of all but the first row of each group of equal values, the first by legacy id. */
export function duplicatesSql(target: TableName, pairs: TableName, columns: readonly string[]): string {
  const list = columns.map((column) => `t.${quoteIdentifier(column)}`).join(', ');
  const present = columns.map((column) => `t.${quoteIdentifier(column)} is not null`).join(' and ');
  return `
    select key from (
      select m.legacy_id as key, row_number() over (partition by ${list} order by length(m.legacy_id), m.legacy_id) as n
      from ${quoteTable(target)} t
      join ${quoteTable(pairs)} m on m.new_id = t.id
      where m.merged is distinct from 'duplicate' and ${present}) ranked
    where n > 1`;
}

/** Legacy ids of rows that are the same record as one of these and lead to its row. $1 number of the entity, $2 legacy ids */
export function followersSql(pairs: TableName): string {
  return `select k.legacy_id as key from towpath.kept_ids k
    join ${quoteTable(pairs)} m on m.legacy_id = k.legacy_id and m.merged = 'duplicate'
    where k.entity_no = $1 and k.same_as = any($2::text[])`;
}

/** Legacy ids of rows that lead to a row which was never written. $1 number of the entity */
export function strandedSql(pairs: TableName): string {
  return `select k.legacy_id as key from towpath.kept_ids k
    join ${quoteTable(pairs)} m on m.legacy_id = k.legacy_id and m.merged = 'duplicate'
    where k.entity_no = $1 and not exists (
      select 1 from ${quoteTable(pairs)} o where o.legacy_id = k.same_as and o.merged is null)`;
}

/** How many legacy ids stand in more than one pair. */
export function repeatedPairsSql(pairs: TableName): string {
  return `select count(*)::int as keys from (
    select from ${quoteTable(pairs)} group by legacy_id having count(*) > 1) repeated`;
}
