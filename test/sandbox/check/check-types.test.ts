import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test, vi } from 'vitest';
import { checkTypes, usualCheckLimits } from '../../../sandbox/check/check-types.ts';
import { findSwitches } from '../../../sandbox/check/switches.ts';

const contract = `
interface Row { readonly id: number; readonly email: string | null }
interface Result { id: number; email: string }
interface Context { readonly entity: string }
type Transform = (row: Row, context: Context) => Result;`;

const good =
  'export default function transform(row: Row): Result { return { id: row.id, email: row.email ?? "" }; }';

test('code that fits has no problems', async () => {
  expect(await checkTypes(good, contract)).toEqual([]);
  expect(
    await checkTypes(
      'export default (({ id }, { entity }) => ({ id, email: entity })) satisfies Transform;',
      contract,
    ),
  ).toEqual([]);
});

test.each<[string, string, number, RegExp]>([
  [
    'a null that is not seen to',
    '\nexport default (row: Row): Result => ({ id: row.id, email: row.email });',
    2,
    /null/,
  ],
  [
    'a column that is not there',
    'export default (row: Row): Result => ({ id: row.ID, email: "" });',
    1,
    /'ID'.*'id'/,
  ],
  [
    'a result that lacks a column',
    '\n\nexport default function transform(row: Row) { return { id: row.id }; }',
    3,
    /email/,
  ],
  ['async', 'export default async (row: Row) => ({ id: 1, email: "" });', 1, /Promise/],
  [
    'parameters without a type',
    'export default (row, context) => ({ id: 1, email: "" });',
    1,
    /'row' implicitly.*row: Row/,
  ],
  [
    'an enum',
    'enum A { X }\nexport default (row: Row): Result => ({ id: A.X, email: "" });',
    1,
    /erasableSyntaxOnly/,
  ],
  [
    'what the realm has not',
    'export default (row: Row): Result => ({ id: process.pid, email: "" });',
    1,
    /'process'/,
  ],
  [
    'an import',
    "import fs from 'node:fs';\nexport default (row: Row): Result => ({ id: fs.x, email: '' });",
    1,
    /node:fs/,
  ],
  [
    'a file of the machine',
    "import x from '/etc/hostname';\nexport default (row: Row): Result => x;",
    1,
    /hostname/,
  ],
  ['no default export', 'export const a = 1;', 1, /no default export/],
  ['nothing', '', 1, /no default export/],
  ['bad syntax', 'export default (row: Row): Result => {', 1, /expected/],
  ['a check that is switched off', `// @ts-nocheck\n${good}`, 1, /switched off/],
  ['a check that is switched off aloud', `// @TS-NoCheck\n${good}`, 1, /switched off/],
  ['a line that is not checked', `\nconst s = "@ts-ignore"; // @ts-ignore\n${good}`, 2, /switched off/],
  ['a line that is not checked, in a long comment', `/*\n@ts-ignore */\n${good}`, 2, /switched off/],
  ['a library that is asked for', `/// <reference lib="dom" />\n${good}`, 1, /other files/],
  ['a contract that is changed behind a comment', `declare /* */ global {}\n${good}`, 1, /global/],
  ['a contract that is changed', `declare global { interface Row { x: string } }\n${good}`, 1, /global/],
  ['an endless text', `export default ${'['.repeat(3e5)}`, 1, /longer/],
])('%s', async (_, source, line, message) => {
  const [problem] = await checkTypes(source, contract);
  expect(problem).toMatchObject({
    line,
    column: expect.toSatisfy((n) => n >= 1),
    message: expect.stringMatching(message),
  });
  expect(problem?.message).not.toMatch(/npm i|tmp|tsconfig/);
});

test('a check that does not end is ended', async () => {
  const bomb = `export const x = ${'['.repeat(60_000)}${']'.repeat(60_000)};\n${good}`;
  const problems = await checkTypes(bomb, contract, { ...usualCheckLimits, milliseconds: 1000 });
  expect(problems).toMatchObject([{ message: expect.stringMatching(/did not end|too much/) }]);
});

test('more problems than anybody reads are cut off', async () => {
  const problems = await checkTypes('x;'.repeat(25_000), contract);
  expect(problems.length).toBeGreaterThan(10);
  expect(problems.length).toBeLessThan(100);
});

test('a contract that is wrong is told as such', async () => {
  const [problem] = await checkTypes(good, 'type Transform = Nobody;');
  expect(problem?.message).toMatch(/contract itself|Nobody|Row/);
});

test('nothing is left in the temporary folder', async () => {
  const own = mkdtempSync(join(tmpdir(), 'towpath-check-'));
  vi.stubEnv('TMPDIR', own);
  await checkTypes(good, contract);
  await checkTypes('export default 1', contract);
  vi.unstubAllEnvs();
  expect(readdirSync(own)).toEqual([]);
  rmSync(own, { recursive: true });
});

test('a line of slashes and spaces does not hold the search for switches up', () => {
  expect(findSwitches(`${'/'.repeat(250_000)} declare ${' '.repeat(250_000)}`)).toEqual([]);
  expect(findSwitches(`${'/// '.repeat(60_000)}${'declare '.repeat(30_000)}`)).toEqual([]);
});
