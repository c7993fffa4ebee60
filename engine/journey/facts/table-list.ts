/** The tables of the old database, searched by what a person says. */
import type { Told } from '../../contract/journey.ts';
import { shownText } from '../../core/shown-text.ts';
import { countOf, formatCount } from '../../report/words.ts';
import type { Table } from '../../schema/catalog.ts';
import { singularOf, wordsOf } from '../../schema/words.ts';
import type { Looked } from './column-facts.ts';
import { entryOf, rowsWords, type TableEntry } from './table-entry.ts';
import { numberWord, sentence, toldNames } from './told-names.ts';

/** Largest first; `search` narrows by words of a table's or entity's name, null and empty do not. */
export function tablesFacts({ catalog, plan }: Looked, search: string | null): Told<TableEntry[]> {
  const names = toldNames(catalog, plan);
  const wanted = wordsOf(search ?? '').map(singularOf);
  const fits = (table: Table) => {
    const own = wordsOf(`${table.schema} ${table.name} ${names.entity(table) ?? ''}`).map(singularOf);
    return wanted.every((word) => own.some((part) => part.includes(word)));
  };
  const found = catalog.tables.filter((table) => table.kind !== 'partition' && fits(table));
  const data = found
    .map((table) => entryOf({ catalog, plan }, table))
    .sort((a, b) => (b.rows ?? 0) - (a.rows ?? 0));
  if (found.length === 0 && wanted.length > 0) {
    const words = `No table has “${shownText(search!, 60)}” in its name.`;
    return { words, data, choices: ['Show all tables'] };
  }
  const [first] = data;
  const largest = first ? ` The largest is ${first.table}, with ${rowsWords(first.rows)}.` : '';
  const matching = wanted.length > 0 ? ` with “${shownText(search!, 60)}” in the name` : '';
  return {
    words: `${sentence(countWord(data.length, 'table'))}${matching}.${largest}`,
    data,
    choices: data.slice(0, 3).map(({ table }) => `Show ${table}`),
  };
}

function countWord(count: number, word: string): string {
  return `${numberWord(count)} ${countOf(count, word).slice(formatCount(count).length + 1)}`;
}
