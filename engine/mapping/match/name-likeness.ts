/** How likely two names mean the same thing, 0 to 1, and why: words, plural, prefixes, words of the same meaning. */
import { singularOf, wordsOf } from '../../schema/words.ts';
import { SAME_MEANING } from './name-words.ts';

export interface Likeness {
  readonly score: number;
  readonly reason: string;
}

const UNLIKE: Likeness = { score: 0, reason: '' };

/** A name taken apart. */
export interface Name {
  readonly text: string;
  /** Words in the singular. */
  readonly words: readonly string[];
  /** The words as one. */
  readonly joined: string;
  /** The words, with those of one meaning replaced by what stands for them. */
  readonly meant: readonly string[];
}

/** `dropped`: words that say nothing here, such as the prefix of all tables or the table's own name before its columns. */
export function nameOf(text: string, dropped: ReadonlySet<string> = new Set()): Name {
  const all = wordsOf(text).map(singularOf);
  const kept = all.filter((word) => !dropped.has(word));
  const words = kept.length === 0 ? all : kept;
  return { text, words, joined: words.join(''), meant: meaningOf(words) };
}

/** The longest run of words that has a meaning of its own first. */
function meaningOf(words: readonly string[]): string[] {
  const meant: string[] = [];
  for (let i = 0; i < words.length; ) {
    let taken = 1;
    let word = words[i]!;
    for (let length = Math.min(4, words.length - i); length >= 1; length--) {
      const found = SAME_MEANING.get(words.slice(i, i + length).join('_'));
      if (found === undefined) continue;
      taken = length;
      word = found;
      break;
    }
    meant.push(...word.split('_'));
    i += taken;
  }
  return meant;
}

export function likeness(a: Name, b: Name): Likeness {
  if (a.text === b.text) return { score: 1, reason: 'same name' };
  if (a.text.toLowerCase() === b.text.toLowerCase()) return { score: 0.99, reason: 'same name' };
  if (same(a.words, b.words)) return { score: 0.97, reason: `${a.text} is ${b.text} written differently` };
  if (a.joined === b.joined) return { score: 0.95, reason: `${a.text} is ${b.text} in one word` };
  if (same(a.meant, b.meant)) return { score: 0.9, reason: `${a.text} is another word for ${b.text}` };
  const shared = overlap(a.meant, b.meant);
  if (shared > 0) {
    const common = [...new Set(a.meant.filter((word) => b.meant.includes(word)))].join(', ');
    return { score: 0.75 * shared, reason: `${a.text} and ${b.text} share ${common}` };
  }
  const close = spelling(a.joined, b.joined);
  return close >= LEAST_SPELLING
    ? { score: 0.7 * close, reason: `${a.text} is spelled much like ${b.text}` }
    : UNLIKE;
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((word, i) => word === b[i]);
}

/** Dice's coefficient over words; the last word, which says what a thing is, counts twice. */
function overlap(a: readonly string[], b: readonly string[]): number {
  const weight = (words: readonly string[], i: number) => (i === words.length - 1 ? 2 : 1);
  let shared = 0;
  a.forEach((word, i) => {
    const k = b.indexOf(word);
    if (k >= 0) shared += Math.min(weight(a, i), weight(b, k));
  });
  return (2 * shared) / (a.length + 1 + b.length + 1);
}

/** Less alike than this is another word. */
const LEAST_SPELLING = 0.8;

/** 1 − edits / length; short words are never alike by accident. */
function spelling(a: string, b: string): number {
  const longest = Math.max(a.length, b.length);
  if (longest < 5 || longest > 40 || Math.abs(a.length - b.length) > longest * (1 - LEAST_SPELLING)) return 0;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let k = 1; k <= b.length; k++) {
      const swap = row[k - 1]! + (a[i - 1] === b[k - 1] ? 0 : 1);
      next.push(Math.min(swap, row[k]! + 1, next[k - 1]! + 1));
    }
    row = next;
  }
  return 1 - row[b.length]! / longest;
}
