/** Rows by each value of several columns, in one pass. `grouped` tells by which column a row of the answer counts. */
export function countValuesSql(from: string, columns: readonly string[]): string {
  const sets = columns.map((column) => `(${column})`).join(', ');
  const values = columns.map((column) => `${column}::text`).join(', ');
  return `select grouping(${columns.join(', ')}) as grouped, array[${values}] as values, count(*)::text as rows
    from ${from} group by grouping sets (${sets})`;
}
