/** A table in a line: how many rows and columns, how hard, and its name in the plan. */
import type { z } from 'zod';
import type { tableEntry } from '../../contract/facts.ts';
import { countOf } from '../../report/words.ts';
import type { Catalog, Table } from '../../schema/catalog.ts';
import { tableKey } from '../../schema/table-key.ts';
import type { Looked } from './column-facts.ts';
import { keyOf, shownTable } from './told-names.ts';

export type TableEntry = z.infer<typeof tableEntry>;

export function entryOf({ catalog, plan }: Looked, table: Table): TableEntry {
  const rows = rowsOfTable(catalog, table);
  return {
    table: shownTable(table),
    rows,
    columns: table.columns.length,
    difficulty: table.difficulty.grade,
    entity: plan?.entities.find(({ source }) => keyOf(source) === tableKey(table))?.name ?? null,
  };
}

/** A partitioned table has the rows of its parts. */
export function rowsOfTable(catalog: Catalog, table: Table): number | null {
  const own = table.exactRows ?? table.estimatedRows;
  if (own !== null || table.kind !== 'partitioned') return own === null ? null : Math.max(0, Math.round(own));
  const parts = catalog.tables.filter(({ parent }) => parent && tableKey(parent) === tableKey(table));
  return parts.reduce((sum, part) => sum + Math.max(0, part.exactRows ?? part.estimatedRows ?? 0), 0);
}

export function rowsWords(rows: number | null): string {
  return rows === null ? 'an unknown number of records' : countOf(rows, 'record');
}
