/** One table of the old database in detail. */
import type { z } from 'zod';
import type { tableFacts as shape } from '../../contract/facts.ts';
import type { Told } from '../../contract/journey.ts';
import { shownText } from '../../core/shown-text.ts';
import { countOf, joinWords } from '../../report/words.ts';
import type { Catalog, Table } from '../../schema/catalog.ts';
import { tableKey } from '../../schema/table-key.ts';
import { factsOfColumn, type Looked } from './column-facts.ts';
import { findTable } from './find-table.ts';
import { entryOf, rowsWords } from './table-entry.ts';
import { sentence, shownName, shownTable, toldNames } from './told-names.ts';

type TableFacts = z.infer<typeof shape>;

/** @throws MigrationError UNKNOWN_TABLE or AMBIGUOUS_NAME */
export function tableFacts({ catalog, plan }: Looked, name: string): Told<TableFacts> {
  const names = toldNames(catalog, plan);
  const table = findTable(catalog, names, name);
  const columns = table.columns.map((column) => factsOfColumn({ catalog, plan }, table, column));
  const data: TableFacts = {
    ...entryOf({ catalog, plan }, table),
    primaryKey: (table.primaryKey?.columns ?? []).map(shownName),
    foreignKeys: foreignKeysOf(catalog, table),
    referencedBy: referencedBy(catalog, table),
    columnFacts: columns,
    reasons: table.difficulty.reasons.map((reason) => shownText(reason)),
    housekeeping: table.housekeeping === null ? null : shownText(table.housekeeping.reason),
    comment: table.comment === null ? null : shownText(table.comment),
  };
  return {
    words: tellTable(data, names.words(table)),
    data,
    choices: ['Show how it moves', 'Show another table'],
  };
}

function foreignKeysOf(catalog: Catalog, table: Table): TableFacts['foreignKeys'] {
  const declared = table.foreignKeys.map(({ columns, references }) => ({
    columns: columns.map(shownName),
    table: shownTable(references),
    inferred: false,
  }));
  const inferred = catalog.inferred
    .filter((relation) => tableKey(relation.table) === tableKey(table))
    .flatMap((relation) =>
      relation.kind === 'foreign-key'
        ? [{ columns: [shownName(relation.column)], table: shownTable(relation.references), inferred: true }]
        : relation.targets.map((target) => ({
            columns: [shownName(relation.idColumn)],
            table: shownTable(target.table),
            inferred: true,
          })),
    );
  return [...declared, ...inferred];
}

function referencedBy(catalog: Catalog, table: Table): string[] {
  const declared = catalog.tables.filter((other) =>
    other.foreignKeys.some(({ references }) => tableKey(references) === tableKey(table)),
  );
  const inferred = catalog.inferred.filter((relation) =>
    relation.kind === 'foreign-key'
      ? tableKey(relation.references) === tableKey(table)
      : relation.targets.some((target) => tableKey(target.table) === tableKey(table)),
  );
  return [...new Set([...declared, ...inferred.map((relation) => relation.table)].map(shownTable))].sort();
}

function tellTable(facts: TableFacts, words: string): string {
  const personal = facts.columnFacts.filter((column) => column.personal !== null).map(({ column }) => column);
  const links = [...new Set(facts.foreignKeys.map(({ table }) => table))];
  const sentences = [
    `${sentence(words)} (${facts.table}): ${rowsWords(facts.rows)}, ${countOf(facts.columns, 'field')} each.`,
    links.length > 0 && `They point at ${cut(links)}.`,
    facts.referencedBy.length > 0 &&
      `${sentence(cut(facts.referencedBy))} ${facts.referencedBy.length === 1 ? 'points' : 'point'} at them.`,
    personal.length > 0 && `Personal values stand in ${cut(personal)}.`,
    facts.housekeeping !== null && `It belongs to the old software itself: ${facts.housekeeping}.`,
    facts.difficulty !== 'easy' && facts.reasons[0] && `Worth knowing: it ${facts.reasons[0]}.`,
  ];
  return sentences.filter((part) => part !== false && part !== '').join(' ');
}

function cut(list: readonly string[]): string {
  return list.length > 5 ? `${list.slice(0, 4).join(', ')} and ${list.length - 4} others` : joinWords(list);
}
