/** Statements that look for references to nowhere. */
import { quoteIdentifier, quoteTable } from '../../db/quote.ts';
import type { TableName } from '../../schema/catalog.ts';

export interface ReferenceSql {
  readonly column: string;
  /** A reference is good where one of these has the row. */
  readonly parents: readonly { readonly table: TableName; readonly idColumn: string }[];
}

/** One array: for each reference the rows whose value is no row's id. One pass over the table. */
export function countDanglingSql(relation: string, references: readonly ReferenceSql[]): string {
  const joins: string[] = [];
  const counts = references.map(({ column, parents }, i) => {
    const value = `t.${quoteIdentifier(column)}`;
    const absent = parents.map(({ table: parent, idColumn }, j) => {
      const alias = `p${i}_${j}`;
      const id = `${alias}.${quoteIdentifier(idColumn)}`;
      joins.push(`left join ${quoteTable(parent)} ${alias} on ${id} = ${value}`);
      return `${id} is null`;
    });
    return `(count(*) filter (where ${[`${value} is not null`, ...absent].join(' and ')}))::text`;
  });
  return `select array[${counts.join(', ')}] as dangling from ${relation} t ${joins.join(' ')}`;
}

/** The rows themselves with their legacy keys. */
export function danglingRowsSql(
  relation: string,
  idColumn: string,
  pairs: TableName,
  reference: ReferenceSql,
): string {
  const value = `t.${quoteIdentifier(reference.column)}`;
  const absent = reference.parents.map(
    ({ table: parent, idColumn: id }) =>
      `not exists (select 1 from ${quoteTable(parent)} p where p.${quoteIdentifier(id)} = ${value})`,
  );
  return `select m.legacy_id as key, ${value}::text as value
    from ${relation} t left join ${quoteTable(pairs)} m on m.new_id = t.${quoteIdentifier(idColumn)} and m.merged is distinct from 'duplicate'
    where ${[`${value} is not null`, ...absent].join(' and ')} order by 1, 2 limit 1000`;
}

/** Of the quoted table names in `$1`, those that exist. */
export const presentTablesSql =
  'select name from unnest($1::text[]) name where to_regclass(name) is not null';
