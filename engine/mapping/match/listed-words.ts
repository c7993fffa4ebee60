/** The words that a column of a table may hold, where a rule of the table lists them: `check (status in ('open', 'closed'))`. */
import type { Table } from '../../schema/catalog.ts';
import { quotedWords } from '../quoted-words.ts';

/** As the server prints such a rule; with any other word around it, it says something else. */
const LIST = /^CHECK \(+\S.*?\)?(?:::\w+)? = ANY \(+ARRAY\[(.*)\]\)?(?:::[\w ]+\[\])?\)+(?: NOT VALID)?$/;

/** Empty where no rule says so. */
export function listedWords({ checks }: Table, column: string): readonly string[] {
  for (const { columns, definition } of checks) {
    if (columns?.length !== 1 || columns[0] !== column) continue;
    const list = LIST.exec(definition)?.[1];
    const words = list === undefined ? null : quotedWords(list);
    if (words && words.length > 0) return words;
  }
  return [];
}
