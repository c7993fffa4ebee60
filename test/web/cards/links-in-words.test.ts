import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { helpFor } from '../../../engine/core/errors.ts';
import { helpAbout, isForRunner, readOn } from '../../../web/parts/links-in-words.ts';

test('where a person reads on becomes a link to that entry', () => {
  const said = `The move stopped after step 2 of 11. Continue: it goes on from there. More: ${helpFor('CONNECTION_LOST')}`;
  expect(readOn(said)).toEqual({
    words: 'The move stopped after step 2 of 11. Continue: it goes on from there.',
    entries: ['connection_lost'],
  });
  expect(helpAbout('CONNECTION_LOST')).toBe('/help?about=connection_lost');
});

test('nothing else does', () => {
  for (const words of [
    'More: docs/serve.md',
    'docs/recovery.md#<img>',
    'More: https://example.org/docs/recovery.md/#x',
    'A table named docs/recovery.md',
  ])
    expect(readOn(words)).toEqual({ words, entries: [] });
});

test('a hint that is a command is told from one that a reader of the page can follow', () => {
  for (const hint of [
    'Check SOURCE_DB_HOST and run towpath preflight.',
    'Open the address that “towpath serve” printed.',
    'Run “npm run build:page” once.',
    'Choose another one: towpath serve --port 4400.',
    'The log of this day in logs/ holds the details.',
    'Put right user and password in .env and try again.',
  ])
    expect([hint, isForRunner(hint)]).toEqual([hint, true]);
  for (const hint of [
    'You can read everything here. Ask somebody with that role.',
    'Continue: it goes on from exactly there.',
    'Towpath goes on by itself.',
    'Wait a moment -- then try again.',
    'Nothing was changed by it. PostgreSQL 11 or newer is needed.',
  ])
    expect([hint, isForRunner(hint)]).toEqual([hint, false]);
});

test('hints of the handbook that name a command are among them', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/recovery.md'), 'utf8');
  const commands = [...text.matchAll(/`(towpath [^`]+)`/g)].map(([, command]) => command!);
  expect(commands.length).toBeGreaterThan(50);
  expect(commands.filter((command) => !isForRunner(`Then ${command}.`))).toEqual([]);
});
