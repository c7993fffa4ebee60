import { quoteIdentifier } from '../../db/quote.ts';

/** One array: the nulls of each column. */
export function countNullsSql(relation: string, columns: readonly string[]): string {
  const counts = columns.map(
    (column) => `(count(*) filter (where ${quoteIdentifier(column)} is null))::text`,
  );
  return `select array[${counts.join(', ')}] as nulls from ${relation}`;
}
