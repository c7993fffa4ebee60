/**
 * Where personal data is kept, by what the fields are called and what their values look like. Names of fields only, never a
 * value. A hint, not a promise: a field whose name and looks give nothing away is not found, and that is said.
 */
import type { z } from 'zod';
import type { personalFacts as shape } from '../../contract/facts.ts';
import type { Told } from '../../contract/journey.ts';
import { countOf, formatCount, joinWords } from '../../report/words.ts';
import type { Looked } from './column-facts.ts';
import { type Personal, personalOf, plannedColumns } from './hidden-columns.ts';
import { shownName, shownTable } from './told-names.ts';

type PersonalFacts = z.infer<typeof shape>;

/** Of every table, also those that stay behind; parts of a table are counted with the whole. */
export function personalFacts({ catalog, plan }: Looked): Told<PersonalFacts> {
  const tables = catalog.tables.filter(({ kind }) => kind !== 'partition');
  const data = tables
    .map((table) => {
      const planned = plannedColumns(plan, table);
      const columns = table.columns.flatMap((column) => {
        const personal = personalOf(column, planned);
        return personal === null ? [] : [{ column: shownName(column.name), ...personal }];
      });
      return { table: shownTable(table), columns };
    })
    .filter(({ columns }) => columns.length > 0)
    .sort((a, b) => b.columns.length - a.columns.length || (a.table < b.table ? -1 : 1));
  if (data.length === 0) {
    return { words: `No field looks personal. ${HOW_FOUND}`, data, choices: ['Show all tables'] };
  }
  const fields = data.flatMap(({ columns }) => columns);
  const look = `in ${formatCount(data.length)} of ${countOf(tables.length, 'table')} look${fields.length === 1 ? 's' : ''} personal`;
  return {
    words: `${countOf(fields.length, 'field')} ${look}: ${kindsWords(fields)}. ${HOW_FOUND}`,
    data,
    choices: data.slice(0, 2).map(({ table }) => `Explain ${table}`),
  };
}

const HOW_FOUND =
  'That is read from the names of fields and the look of their values, so a field that shows neither is missed.';

const WORDS: Readonly<Record<Personal['kind'], string>> = {
  name: 'names of people',
  email: 'e-mail addresses',
  phone: 'telephone numbers',
  address: 'addresses',
  'birth-date': 'birth dates',
  'national-id': 'numbers of identity papers',
  bank: 'bank and card numbers',
  online: 'network addresses and devices',
  'free-text': 'free text',
  secret: 'passwords and keys',
  other: 'other personal details',
};

function kindsWords(fields: readonly Personal[]): string {
  const groups = [...Map.groupBy(fields, ({ kind }) => kind)].sort(([, a], [, b]) => b.length - a.length);
  return joinWords(groups.map(([kind, { length }]) => `${WORDS[kind]} (${length})`));
}
