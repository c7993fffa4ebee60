/** How many of a few hundred sampled values of a column are keys of the supposed parent, and how many different ones. */
import { quoteIdentifier, quoteTable } from '../db/quote.ts';
import type { TableName } from './catalog.ts';

export function containmentSql(
  from: string,
  column: string,
  parent: TableName & { readonly column: string },
  limit: number,
): string {
  const name = quoteIdentifier(column);
  return `
    select count(*)::int as looked, count(p.found)::int as found,
           count(distinct s.v) filter (where p.found is not null)::int as distinct
      from (select ${name} as v from ${from} where ${name} is not null limit ${limit}) s
      left join lateral (select 1 as found from ${quoteTable(parent)} k
                          where k.${quoteIdentifier(parent.column)} = s.v limit 1) p on true`;
}
