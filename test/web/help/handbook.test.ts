import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { entryOf, piecesOf, readHandbook, search } from '../../../web/screens/help/handbook.ts';

const text = readFileSync(join(import.meta.dirname, '../../../docs/recovery.md'), 'utf8');
const sections = readHandbook(text);
const entries = sections.flatMap((section) => section.entries);

test('every entry of the handbook is there, whole', () => {
  expect(entries.map(({ code }) => code)).toEqual([...text.matchAll(/^### (.+)$/gm)].map(([, code]) => code));
  for (const { happened, target, next } of entries)
    for (const fact of [happened, target, next]) {
      expect(fact).not.toBe('');
      expect(fact).not.toMatch(/\n|\*\*|^- /);
    }
  // one that goes over two lines
  expect(entryOf(sections, 'chaos_not_begun')?.happened).toMatch(/programs only\.$/);
});

test('a message finds its entry, whatever else the address says finds none', () => {
  expect(entryOf(sections, 'connection_lost')?.code).toBe('CONNECTION_LOST');
  expect(entryOf(sections, 'CONNECTION_LOST')?.code).toBe('CONNECTION_LOST');
  for (const other of [null, '', '__proto__', '<b>', 'nothing_of_that_name'])
    expect(entryOf(sections, other)).toBeNull();
});

test('found by words or by code, all of the words', () => {
  const codes = (words: string) =>
    search(sections, words).flatMap((section) => section.entries.map((entry) => entry.code));
  expect(codes('disk full')).toContain('DISK_FULL');
  expect(codes('disk FULL zebra')).toEqual([]);
  expect(codes('')).toHaveLength(entries.length);
});

test('what is typed stands apart; of links elsewhere only the words are left', () => {
  expect(piecesOf('Run `towpath list`, see [the glossary](glossary.md).')).toEqual([
    { kind: 'words', text: 'Run ' },
    { kind: 'code', text: 'towpath list' },
    { kind: 'words', text: ', see the glossary.' },
  ]);
  for (const { happened, target, next } of entries)
    for (const piece of [happened, target, next].flatMap(piecesOf)) expect(piece.text).not.toMatch(/`|\]\(/);
});
