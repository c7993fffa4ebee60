/** What analysis found, at a glance. */
import type { z } from 'zod';
import type { catalogFacts as shape } from '../../contract/facts.ts';
import type { Told } from '../../contract/journey.ts';
import { shownText } from '../../core/shown-text.ts';
import { formatCount } from '../../report/words.ts';
import type { Table } from '../../schema/catalog.ts';
import type { Looked } from './column-facts.ts';
import { personalKind, plannedColumns } from './hidden-columns.ts';
import { rowsOfTable } from './table-entry.ts';
import { numberWord, sentence, shownTable, toldNames } from './told-names.ts';

type CatalogFacts = z.infer<typeof shape>;

const LARGEST = 5;

/** Counts kinds of records that could move: views, parts of tables and the old software's own tables are none. */
export function catalogFacts({ catalog, plan }: Looked): Told<CatalogFacts> {
  const names = toldNames(catalog, plan);
  const kinds = catalog.tables.filter(
    (table) => ['table', 'partitioned'].includes(table.kind) && table.housekeeping === null,
  );
  const rowsOf = (table: Table) => rowsOfTable(catalog, table) ?? 0;
  const largest = [...kinds].sort((a, b) => rowsOf(b) - rowsOf(a)).slice(0, LARGEST);
  const housekeeping = catalog.tables.flatMap((table) =>
    table.housekeeping === null
      ? []
      : [{ table: shownTable(table), reason: shownText(table.housekeeping.reason) }],
  );
  const grades = Map.groupBy(kinds, ({ difficulty }) => difficulty.grade);
  const data: CatalogFacts = {
    tables: kinds.length,
    rows: kinds.reduce((sum, table) => sum + rowsOf(table), 0),
    largest: largest.map((table) => ({ table: shownTable(table), rows: rowsOf(table) })),
    housekeeping,
    foreignKeys: kinds.reduce((sum, { foreignKeys }) => sum + foreignKeys.length, 0),
    inferred: catalog.inferred.length,
    personalColumns: kinds.reduce(
      (sum, table) => sum + personalColumns(table, plannedColumns(plan, table)),
      0,
    ),
    difficulty: {
      easy: grades.get('easy')?.length ?? 0,
      moderate: grades.get('moderate')?.length ?? 0,
      hard: grades.get('hard')?.length ?? 0,
    },
    takenAt: catalog.takenAt,
    fingerprint: catalog.fingerprint,
  };
  const first = largest[0];
  const top =
    first && rowsOf(first) > 0
      ? `; the largest is ${names.words(first)} (${formatCount(rowsOf(first))})`
      : '';
  return {
    words: `I found ${countWords(data)}, ${formatCount(data.rows)} in all${top}.${belonging(housekeeping.length)}`,
    data,
    choices: ['Make a plan', 'Show the tables', 'Show what is hard'],
  };
}

function countWords({ tables }: CatalogFacts): string {
  return `${formatCount(tables)} ${tables === 1 ? 'kind' : 'kinds'} of records`;
}

function belonging(count: number): string {
  if (count === 0) return '';
  if (count === 1) return ' One table belongs to the old software itself and can stay behind.';
  return ` ${sentence(numberWord(count))} tables belong to the old software itself and can stay behind.`;
}

function personalColumns(table: Table, planned: ReturnType<typeof plannedColumns>): number {
  return table.columns.filter((column) => personalKind(column, planned) !== null).length;
}
