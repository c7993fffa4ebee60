/** Statements of changed-rows.ts. */
import type { Queryable } from '../control/queryable.ts';
import { quoteIdentifier, quoteLiteral, quoteTable } from '../db/quote.ts';
import type { TableName } from '../schema/catalog.ts';

/** $1 quoted table, $2 columns that the plan fills: the others that hold what people put there. */
const otherColumnsSql = `select a.attname::text as name from pg_attribute a
  where a.attrelid = to_regclass($1) and a.attnum > 0 and not a.attisdropped and a.attgenerated = '' and a.attidentity = ''
    and a.attname <> all($2::text[]) order by a.attnum`;

/** The statement that finds, among the rows of `$1`, those with something in a column that the plan does not fill, and which columns. */
export async function filledOutsideSql(
  target: Queryable,
  table: TableName,
  filled: readonly string[],
): Promise<string> {
  const others = await target.query<{ name: string }>(otherColumnsSql, [quoteTable(table), filled]);
  const items = others.map(
    ({ name }) => `case when t.${quoteIdentifier(name)} is not null then ${quoteLiteral(name)} end`,
  );
  return `select id, columns from (
    select t.id::text as id, array_remove(array[${items.join(', ')}]::text[], null) as columns
    from ${quoteTable(table)} t where t.id = any($1::uuid[])) rows where cardinality(columns) > 0`;
}
