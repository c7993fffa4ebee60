/** A migration's name where nobody gave one: `Legacy DB 2` → `legacy-db-2`. Ids derive from it, so it stays once rows are moved. */
export function migrationNameOf(database: string): string {
  const name = database
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 63);
  return name === '' ? 'migration' : name;
}
