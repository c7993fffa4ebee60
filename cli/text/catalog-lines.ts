/** What analysis found, on one screen. */
import { countOf, formatBytes, formatCount, joinWords } from '../../engine/report/words.ts';
import type { Catalog, Table } from '../../engine/schema/catalog.ts';
import { formatTable, plainText } from './table.ts';

const mostTables = 12;

export function catalogLines(catalog: Catalog): string[] {
  const moved = catalog.tables.filter((table) => table.housekeeping === null && !isView(table));
  const own = catalog.tables.filter((table) => table.housekeeping !== null);
  const rows = moved.reduce((sum, table) => sum + rowsOf(table), 0);
  const bytes = moved.reduce((sum, table) => sum + table.bytes, 0);
  const keyless = moved.filter((table) => table.primaryKey === null);
  const links = moved.reduce((sum, table) => sum + table.foreignKeys.length, 0);
  const generic = catalog.inferred.filter((relation) => relation.kind === 'generic').length;
  const largest = [...moved].sort((a, b) => rowsOf(b) - rowsOf(a)).slice(0, mostTables);
  return [
    `${plainText(catalog.server.database)}, PostgreSQL ${versionText(catalog.server.versionNum)}: ${countOf(moved.length, 'table')} with about ${countOf(rows, 'row')}, ${formatBytes(bytes)}.`,
    `${countOf(links, 'declared link')} between them, ${formatCount(catalog.inferred.length - generic)} guessed from names and values, ${formatCount(generic)} generic.`,
    ...(own.length > 0
      ? [
          `${countOf(own.length, 'table')} of the old software itself can stay behind: ${joinWords(own.map((table) => plainText(table.name)))}.`,
        ]
      : []),
    ...(keyless.length > 0
      ? [`Without a primary key: ${joinWords(keyless.map((table) => plainText(table.name)))}.`]
      : []),
    '',
    ...formatTable(
      ['largest tables', 'rows', 'difficulty', 'why'],
      largest.map((table) => [
        plainText(table.name, 40),
        formatCount(rowsOf(table)),
        table.difficulty.grade,
        plainText(table.difficulty.reasons[0] ?? '', 70),
      ]),
    ),
    ...(moved.length > mostTables ? [`… and ${formatCount(moved.length - mostTables)} more.`] : []),
  ];
}

const isView = (table: Table) => table.kind === 'view' || table.kind === 'materialized-view';

const rowsOf = (table: Table) => table.exactRows ?? table.estimatedRows ?? 0;

function versionText(versionNum: number): string {
  return `${Math.floor(versionNum / 10_000)}.${versionNum % 10_000}`;
}
