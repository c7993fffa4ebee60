/** One table of the old database in detail. */
import type { z } from 'zod';
import type { tableFacts as shape } from '../../contract/facts.ts';
import type { Told } from '../../contract/journey.ts';
import { shownText } from '../../core/shown-text.ts';
import { countOf, joinWords } from '../../report/words.ts';
import type { Catalog, Table, TableName } from '../../schema/catalog.ts';
import { tableKey } from '../../schema/table-key.ts';
import { factsOfColumn, type Looked } from './column-facts.ts';
import { findTable } from './find-table.ts';
import { entryOf, rowsWords } from './table-entry.ts';
import { sentence, shownName, shownTable, type ToldNames, toldNames } from './told-names.ts';

type TableFacts = z.infer<typeof shape>;

/** @throws MigrationError UNKNOWN_TABLE or AMBIGUOUS_NAME */
export function tableFacts({ catalog, plan }: Looked, name: string): Told<TableFacts> {
  const names = toldNames(catalog, plan);
  const table = findTable(catalog, names, name);
  const columns = table.columns.map((column) => factsOfColumn({ catalog, plan }, table, column));
  const data: TableFacts = {
    ...entryOf({ catalog, plan }, table),
    primaryKey: (table.primaryKey?.columns ?? []).map(shownName),
    foreignKeys: pointsAt(catalog, table).map(({ columns: own, table: other, inferred }) => ({
      columns: own.map(shownName),
      table: shownTable(other),
      inferred,
    })),
    referencedBy: pointedAtBy(catalog, table).map(shownTable).sort(),
    columnFacts: columns,
    reasons: table.difficulty.reasons.map((reason) => shownText(reason)),
    housekeeping: table.housekeeping === null ? null : shownText(table.housekeeping.reason),
    comment: table.comment === null ? null : shownText(table.comment),
  };
  return {
    words: tellTable(data, namingOf(catalog, table, names)),
    data,
    choices: ['Show how it moves', 'Show another table'],
  };
}

interface Pointing {
  readonly columns: readonly string[];
  readonly table: TableName;
  readonly inferred: boolean;
}

function pointsAt(catalog: Catalog, table: Table): Pointing[] {
  const declared = table.foreignKeys.map(({ columns, references }) => ({
    columns,
    table: references,
    inferred: false,
  }));
  const inferred = catalog.inferred
    .filter((relation) => tableKey(relation.table) === tableKey(table))
    .flatMap((relation) =>
      relation.kind === 'foreign-key'
        ? [{ columns: [relation.column], table: relation.references, inferred: true }]
        : relation.targets.map((target) => ({
            columns: [relation.idColumn],
            table: target.table,
            inferred: true,
          })),
    );
  return [...declared, ...inferred];
}

function pointedAtBy(catalog: Catalog, table: Table): Table[] {
  const key = tableKey(table);
  return catalog.tables.filter((other) =>
    pointsAt(catalog, other).some((pointing) => tableKey(pointing.table) === key),
  );
}

interface Naming {
  readonly words: string;
  readonly links: readonly string[];
  readonly linkedBy: readonly string[];
}

function namingOf(catalog: Catalog, table: Table, names: ToldNames): Naming {
  const words = (tables: readonly TableName[]) => [...new Set(tables.map((item) => names.words(item)))];
  return {
    words: names.words(table),
    links: words(pointsAt(catalog, table).map((pointing) => pointing.table)),
    linkedBy: words(pointedAtBy(catalog, table)),
  };
}

function tellTable(facts: TableFacts, { words, links, linkedBy }: Naming): string {
  const personal = facts.columnFacts.filter((column) => column.personal !== null).map(({ column }) => column);
  const called = words === facts.table ? words : `${sentence(words)} (${facts.table})`;
  const sentences = [
    `${called}: ${rowsWords(facts.rows)}, ${countOf(facts.columns, 'field')} each.`,
    links.length > 0 && `They point at ${cut(links)}.`,
    linkedBy.length > 0 && `${sentence(cut(linkedBy))} point at them.`,
    personal.length > 0 && `Personal values stand in ${cut(personal)}.`,
    facts.housekeeping !== null && `It belongs to the old software itself: ${facts.housekeeping}.`,
    facts.difficulty !== 'easy' && facts.reasons[0] && `Worth knowing: it ${facts.reasons[0]}.`,
  ];
  return sentences.filter((part) => part !== false && part !== '').join(' ');
}

function cut(list: readonly string[]): string {
  return list.length > 5 ? `${list.slice(0, 4).join(', ')} and ${list.length - 4} others` : joinWords(list);
}
