/** Statements that take out rows which a rollback had left. */
import type { ExistingColumn } from '../copy/merge-rows.sql.ts';
import { quoteIdentifier, quoteLiteral, quoteTable } from '../db/quote.ts';
import type { TableName } from '../schema/catalog.ts';
import type { Edge } from './pointing.sql.ts';

/** Rows that were there before get back what they were; those that somebody deleted are no longer spoken of. $1 run, $2 entity */
export function restoreLeftSql(table: TableName, columns: readonly ExistingColumn[]): string {
  const set = columns
    .filter(({ fixed, name }) => !fixed && name !== 'id')
    .map(({ name, type }) => {
      const key = quoteLiteral(name);
      return `${quoteIdentifier(name)} = case when l.image ? ${key} then (l.image ->> ${key})::${type} else t.${quoteIdentifier(name)} end`;
    })
    .join(', ');
  return `with left_rows as (delete from towpath.left_rows where run_id = $1 and entity = $2 and image is not null
      returning new_id, image),
    restored as (update ${quoteTable(table)} t set ${set} from left_rows l where t.id = l.new_id returning 1)
    select count(*)::float8 as rows from restored`;
}

/** Holds the rows until the transaction ends: who is about to point to one is waited for, and seen by what follows. $1 run, $2 entity */
export function holdLeftSql(table: TableName): string {
  return `select count(*)::float8 as rows from (
    select from ${quoteTable(table)} t join towpath.left_rows l on l.new_id = t.id
    where l.run_id = $1 and l.entity = $2 order by t.id for update of t) held`;
}

/** Rows of the run go, except those that rows point to which stay. $1 run, $2 entity */
export function deleteLeftSql(table: TableName, keys: readonly Edge[]): string {
  const pointed = keys.map((edge) => {
    const same = edge.columns
      .map((column, i) => `c.${quoteIdentifier(column)} = t.${quoteIdentifier(edge.parentColumns[i]!)}`)
      .join(' and ');
    const self = quoteTable(edge.child) === quoteTable(table);
    const others = self
      ? 'and c.id not in (select new_id from towpath.left_rows where run_id = $1 and entity = $2)'
      : '';
    return `and not exists (select from ${quoteTable(edge.child)} c where ${same} ${others})`;
  });
  return `with deleted as (delete from ${quoteTable(table)} t using towpath.left_rows l
      where l.run_id = $1 and l.entity = $2 and l.image is null and l.new_id = t.id ${pointed.join('\n      ')}
      returning t.id),
    forgotten as (delete from towpath.left_rows l where l.run_id = $1 and l.entity = $2 and l.image is null
      and (l.new_id in (select id from deleted) or not exists (select from ${quoteTable(table)} t where t.id = l.new_id)))
    select count(*)::float8 as rows from deleted`;
}
