import { quoteIdentifier } from '../../db/quote.ts';

/** Values that come more than once; null equals nothing. */
export function repeatedValuesSql(relation: string, columns: readonly string[]): string {
  const list = columns.map(quoteIdentifier);
  const present = list.map((column) => `${column} is not null`).join(' and ');
  return `select concat_ws(', ', ${list.map((column) => `${column}::text`).join(', ')}) as value, count(*)::text as rows
    from ${relation} where ${present} group by ${list.join(', ')} having count(*) > 1 order by 1 limit 1000`;
}
