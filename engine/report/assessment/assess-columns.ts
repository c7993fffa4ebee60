/** Columns that are more, or less, than their type says, in words. */
import type { Catalog, Table, TableName } from '../../schema/catalog.ts';
import { type ColumnTrait, traitsOf, type WrittenAs } from '../../schema/column-traits.ts';
import { displayName, tableKey } from '../../schema/table-key.ts';
import { countOf } from '../words.ts';
import type { AssessedColumn } from './assessment.ts';

/** Codes that are links in truth are no codes. */
export function assessColumns(tables: readonly Table[], catalog: Catalog): AssessedColumn[] {
  const links = new Set(
    catalog.inferred.flatMap(({ table, ...link }) =>
      link.kind === 'generic'
        ? [columnKey(table, link.typeColumn), columnKey(table, link.idColumn)]
        : [columnKey(table, link.column)],
    ),
  );
  return tables.flatMap((table) =>
    table.columns.flatMap((column) =>
      traitsOf(table, column, catalog.takenAt)
        .filter(({ kind }) => kind !== 'enumeration' || !links.has(columnKey(table, column.name)))
        .map((trait) => ({
          table: displayName(table),
          column: column.name,
          kind: trait.kind,
          whole: trait.whole,
          what: wordsOf(trait),
        })),
    ),
  );
}

function columnKey(table: TableName, column: string): string {
  return `${tableKey(table)}\n${column}`;
}

const WRITTEN: Readonly<Record<WrittenAs, string>> = {
  money: 'amounts of money, written as text',
  json: 'JSON, written as text',
  date: 'dates, written as text',
  number: 'numbers, written as text',
  uuid: 'uuids, written as text',
  base64: 'binary data, written as base64 text',
  url: 'web addresses',
};

function wordsOf(trait: ColumnTrait): string {
  switch (trait.kind) {
    case 'unused':
      return 'always empty';
    case 'constant':
      return 'always the same value';
    case 'flag':
      return 'yes or no, written as a number or a word';
    case 'enumeration':
      return `a code of ${countOf(trait.values, 'value')}, ${EXPLAINED[trait.explained ?? 'nobody']}`;
    case 'written-as-text':
      return WRITTEN[trait.what];
    case 'clock':
      return trait.hoursAhead === null
        ? 'a date and time without a zone'
        : `a date and time without a zone; the newest is ${trait.hoursAhead} hours ahead of UTC, so the clock was a local one`;
  }
}

const EXPLAINED = {
  comment: 'explained in its comment',
  check: 'listed in a rule',
  nobody: 'explained nowhere',
} as const;
