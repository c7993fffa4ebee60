/** Rows for which a condition is false; unknown is not false, as in PostgreSQL's own rule. */
export function violationsSql(relation: string, expression: string): string {
  return `select count(*)::text as rows from ${relation} where not (${expression})`;
}
