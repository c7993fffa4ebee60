export function countRowsSql(from: string): string {
  return `select count(*)::text as rows from ${from}`;
}
