/**
 * Finds what a person means by a name: as it is written, else by the same words in singular or plural (`order`,
 * `dispatch_orders`), else, where asked for, by some of its words. Two that fit equally well are told, never chosen from.
 */
import { MigrationError } from '../core/errors.ts';
import { shownText } from '../core/shown-text.ts';
import { singularOf, wordsOf } from '../schema/words.ts';
import { nearest } from './nearest.ts';

export interface Known<Item> {
  readonly item: Item;
  /** The first is the one to tell people. */
  readonly names: readonly [string, ...string[]];
}

export interface LookUpOptions {
  /** What is looked for, as `kind of record`. */
  readonly what: string;
  /** Code of the error where nothing fits. */
  readonly code: string;
  /** Some of the words are enough where only one name has them. */
  readonly loose?: boolean;
}

const MOST_NAMES = 6;

/** @throws MigrationError with the given code, or AMBIGUOUS_NAME; both list near names. */
export function lookUp<Item>(
  said: string,
  known: readonly Known<Item>[],
  { what, code, loose = false }: LookUpOptions,
): Item {
  const found = fitting(said.trim(), known, loose);
  if (found.length === 1) return found[0]!.item;
  const shown = shownText(said, 60);
  if (found.length > 1) {
    const names = listed(found.map(({ names: [name] }) => name));
    throw new MigrationError({
      code: 'AMBIGUOUS_NAME',
      message: `“${shown}” could be ${names}.`,
      hint: 'Say which of them.',
      details: { said: shown, near: found.map(({ names: [name] }) => name) },
    });
  }
  const near = nearNames(said, known);
  throw new MigrationError({
    code,
    message: `There is no ${what} called “${shown}”.`,
    hint:
      near.length > 0
        ? `Did you mean ${listed(near)}?`
        : `There are: ${listed(known.map(({ names: [name] }) => name))}.`,
    details: { said: shown, near },
  });
}

function fitting<Item>(said: string, known: readonly Known<Item>[], loose: boolean): readonly Known<Item>[] {
  const wanted = normalWords(said);
  const tiers: ((name: string) => boolean)[] = [
    (name) => name === said,
    (name) => name.toLowerCase() === said.toLowerCase(),
    (name) => normalWords(name).join(' ') === wanted.join(' '),
  ];
  if (loose) tiers.push((name) => wanted.every((word) => normalWords(name).includes(word)));
  if (wanted.length === 0) tiers.splice(2);
  for (const fits of tiers) {
    const found = known.filter(({ names }) => names.some(fits));
    if (found.length > 0) return found;
  }
  return [];
}

function normalWords(name: string): string[] {
  return wordsOf(name).map(singularOf);
}

function nearNames<Item>(said: string, known: readonly Known<Item>[]): string[] {
  const closest = nearest(
    said,
    known.flatMap(({ names }) => names),
  );
  const wanted = new Set(normalWords(said));
  const sharing = known.filter(({ names }) =>
    names.some((name) => normalWords(name).some((word) => wanted.has(word))),
  );
  const first = known.filter(({ names }) => closest !== null && names.includes(closest));
  return [...new Set([...first, ...sharing].map(({ names: [name] }) => name))].slice(0, MOST_NAMES);
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map((name) => shownText(name, 70));
  const more = names.length > MOST_NAMES ? ` and ${names.length - MOST_NAMES} more` : '';
  if (more !== '' || shown.length < 2) return shown.join(', ') + more;
  return `${shown.slice(0, -1).join(', ')} or ${shown.at(-1)}`;
}
