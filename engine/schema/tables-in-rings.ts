/** Tables in a ring of two or more by declared foreign keys. */
import type { Table } from './catalog.ts';
import { strongComponents } from './strong-components.ts';
import { tableKey } from './table-key.ts';

export function tablesInRings(tables: readonly Table[]): ReadonlySet<string> {
  const numbers = new Map(tables.map((table, i) => [tableKey(table), i]));
  const edges = tables.map((table) =>
    table.foreignKeys.flatMap((key) => numbers.get(tableKey(key.references)) ?? []),
  );
  const rings = strongComponents(tables.length, (node) => edges[node]!).filter(
    (component) => component.length > 1,
  );
  return new Set(rings.flat().map((node) => tableKey(tables[node]!)));
}
