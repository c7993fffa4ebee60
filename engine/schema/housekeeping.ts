/** Tables that belong to the old software itself: which frameworks are there, and what each keeps (frameworks.ts). */
import type { Housekeeping, TableName } from './catalog.ts';
import { FRAMEWORKS, type Framework, type Kept, type Shape } from './frameworks.ts';

/** Names of a table's columns. */
export type ColumnNames<T> = (table: T) => readonly string[];

/** A function that says whether a table is housekeeping, for one set of tables. */
export function housekeepingOf<T extends TableName>(
  tables: readonly T[],
  columnsOf: ColumnNames<T>,
): (table: T, extension: string | null) => Housekeeping | null {
  const byName = Map.groupBy(tables, (table) => table.name);
  const has = (table: T, columns: readonly string[]) => {
    const names = new Set(columnsOf(table));
    return columns.every((column) => names.has(column));
  };
  const isThere = (sign: string | Shape) =>
    typeof sign === 'string'
      ? byName.has(sign)
      : (byName.get(sign.table) ?? []).some((table) => has(table, sign.columns));
  const present = FRAMEWORKS.filter((framework) => framework.signs.some(isThere));
  return (table, extension) => {
    if (extension !== null) {
      return {
        framework: `extension ${extension}`,
        reason: 'belongs to an extension, which brings its own rows',
      };
    }
    for (const framework of present) {
      const reason = reasonOf(framework, table, (kept) => has(table, kept.columns));
      if (reason !== null) return { framework: framework.name, reason };
    }
    return null;
  };
}

function reasonOf(
  { tables, starts = {}, schemas = {} }: Framework,
  { schema, name }: TableName,
  fits: (kept: Kept) => boolean,
): string | null {
  const kept = Object.hasOwn(tables, name) ? tables[name] : undefined;
  if (typeof kept === 'string') return kept;
  if (kept !== undefined && fits(kept)) return kept.reason;
  if (Object.hasOwn(schemas, schema)) return schemas[schema]!;
  return Object.entries(starts).find(([start]) => name.startsWith(start))?.[1] ?? null;
}
