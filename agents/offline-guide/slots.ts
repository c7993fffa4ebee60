/** Names, numbers and words in a sentence: which field of which kind of record, as the person wrote it. */
import type { Understood } from './intents.ts';
import type { Sentence } from './sentence.ts';
import { isOneLetterOff } from './spelling.ts';

export interface Place {
  /** Null: none was named. */
  readonly column: string | null;
  readonly table: string | null;
}

const pronouns =
  /^(it|this|that|them|these|those|this one|that one|something|field|column|this field|that field|this column|that column|(?:another|a) (?:table|field|column)|whole|whole table|another|another table)$/;

/** “zip of offices”, “offices.zip”, “office's zip”, “the zip field in offices”; both parts null where nothing was named. */
export function placeOf({ slots, sentence }: Understood): Place {
  const { column, table, place, name } = slots;
  if (column !== undefined && table !== undefined) return named(sentence, column, table);
  const text = place ?? (name === undefined ? undefined : name);
  if (text === undefined) return { column: null, table: null };
  return place === undefined ? named(sentence, null, text) : splitPlace(sentence, text);
}

function splitPlace(sentence: Sentence, text: string): Place {
  const dotted = /^(?:public\.)?([\w$]+)\.([\w$]+)$/.exec(text);
  if (dotted) return named(sentence, dotted[2]!, dotted[1]!);
  const of = /^(.+) (?:of|in|from|on|for) (.+)$/.exec(text);
  if (of) return named(sentence, of[1]!, of[2]!);
  const possessive = /^(.+?)(?:'s|s') (.+)$/.exec(text);
  if (possessive) return named(sentence, possessive[2]!, possessive[1]!);
  return named(sentence, text, null);
}

function named(sentence: Sentence, column: string | null, table: string | null): Place {
  return { column: clean(sentence, column), table: clean(sentence, table) };
}

const padding =
  /^(?:column|field|table|entity|values?|records?|rows?|of|in|all) (?=\S)|^public\.|(?<=\S) (?:columns?|fields?|tables?|entity|values?|records|rows)$|'$/g;

function clean(sentence: Sentence, text: string | null): string | null {
  if (text === null) return null;
  const word = text.replace(padding, '').replace(padding, '').trim();
  return word === '' || pronouns.test(word) ? null : asWritten(sentence, word);
}

/** Patterns see small letters; names and values count as they were written. */
export function asWritten({ raw }: Sentence, text: string): string {
  const at = raw.toLowerCase().indexOf(text.toLowerCase());
  return at === -1 ? text : raw.slice(at, at + text.length);
}

/** A value: what stands in quotes, if one thing does. */
export function writtenValue({ sentence, slots }: Understood, slot: string): string | null {
  const { quoted } = sentence;
  if (quoted.length === 1) return quoted[0]!;
  const text = slots[slot];
  return text === undefined ? null : asWritten(sentence, text);
}

export type Policy = 'quarantine' | 'null' | 'placeholder' | 'default';

export function policyOf({ slots: { policy = '' } }: Understood): Policy {
  if (/quarantine|aside/.test(policy)) return 'quarantine';
  if (policy === 'placeholder' || policy === 'default') return policy;
  return 'null';
}

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth'];
const numbers = ['one', 'two', 'three', 'four', 'five'];

/** Position from 1; -1 is the last. */
export function positionOf({ slots: { nth = '' } }: Understood): number {
  if (nth === 'last') return -1;
  const word = Math.max(ordinals.indexOf(nth), numbers.indexOf(nth), 'abc'.indexOf(nth));
  return word >= 0 ? word + 1 : Number(nth);
}

/** The one of these names that is meant: its own spelling, singular or plural, one letter wrong; null: none or several. */
export function meantName(said: string, names: readonly string[]): string | null {
  const wanted = comparable(said);
  const tests = [
    (name: string) => name.toLowerCase() === said.toLowerCase(),
    (name: string) => comparable(name) === wanted,
    (name: string) => isOneLetterOff(comparable(name), wanted) && wanted.length > 3,
    (name: string) => comparable(name).endsWith(` ${wanted}`) || comparable(name).startsWith(`${wanted} `),
  ];
  for (const fits of tests) {
    const found = [...new Set(names.filter(fits))];
    if (found.length === 1) return found[0]!;
    if (found.length > 1) return null;
  }
  return null;
}

function comparable(name: string): string {
  return name
    .toLowerCase()
    .replace(/[_\s.-]+/g, ' ')
    .trim()
    .split(' ')
    .map(singular)
    .join(' ');
}

function singular(word: string): string {
  if (/ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(ch|sh|x|ss|z)es$/.test(word)) return word.slice(0, -2);
  return /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}
