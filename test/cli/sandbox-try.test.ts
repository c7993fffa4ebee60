/** `towpath sandbox try` as people and scripts meet it; the engine's part is tested with the engine. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { CodeTrial, TriedRow, TryCodeOptions } from '../../engine/contract/code-trial.ts';
import type { PlanFile } from '../../engine/plan/plan-file.ts';
import { writePlan } from '../../engine/plan/write-plan.ts';
import { createFakeEngine } from './fake-engine.ts';
import { makeFolder, runCli } from './run-cli.ts';
import { smallPlan } from './small-plan.ts';

const row = (key: string, more: Partial<TriedRow> = {}): TriedRow => ({
  ...{
    key,
    before: { name: 'B•••, A•••' },
    after: { shout: 'B•••', more: null },
    repaired: [],
    trouble: null,
  },
  ...more,
});
const refused = (key: string) =>
  row(key, {
    after: null,
    trouble: {
      ...{
        kind: 'refused',
        column: null,
        line: 2,
        message: 'The code refuses the row: it throws an error of its own.',
      },
      code: "  if (!row.name) throw new Error('x \u001b[2J');",
    },
  });
const passed: CodeTrial = {
  ...{ entity: 'offices', name: 'the code of shout', reads: ['name'], writes: ['shout', 'more'] },
  ...{ outcome: 'passed', typeErrors: [], typeErrorCount: 0, failure: null, rows: [row('1'), row('2')] },
  ...{ setAside: 0, repeatable: true, rowsPerSecond: 52_000, unchecked: [], values: 'masked' },
};

function tryWith(trial: Partial<CodeTrial>, argv: readonly string[]) {
  const folder = makeFolder();
  const plan = writePlan(smallPlan());
  writeFileSync(join(folder, 'towpath.plan.yaml'), plan);
  writeFileSync(
    join(folder, 'shout.ts'),
    'export default function transform(row: Row): Result {\n  return {};\n}\n',
  );
  writeFileSync(join(folder, 'empty.ts'), ' \n');
  const fake = createFakeEngine({ tryCode: async () => ({ ...passed, ...trial }) });
  return { plan, folder, run: runCli(['sandbox', 'try', ...argv], { folder, fake }) };
}

const oneColumn = ['--entity', 'offices', '--column', 'name', '--code', 'shout.ts'];
const several = [
  '--entity',
  'offices',
  '--reads',
  'name',
  '--writes',
  'shout:text,total:numeric(12,2)',
  '--code',
  'shout.ts',
];

test('hands the engine the plan as it would be, hides values, and leaves the file alone', async () => {
  const { plan, folder, run } = tryWith({}, several);
  const { code, stdout, fake, requests } = await run;
  expect(code).toBe(0);
  const [asked] = fake.asked;
  const [given, options] = asked!.values as [PlanFile, TryCodeOptions];
  expect(options).toEqual({ entity: 'offices', column: 'shout', sample: 20, values: 'masked' });
  const offices = given.entities.find(({ name }) => name === 'offices')!;
  expect(offices.code).toMatchObject([{ reads: ['name'], writes: ['shout', 'total'] }]);
  expect(offices.columns.find(({ to }) => to === 'total')).toMatchObject({ type: 'numeric(12,2)' });
  expect(requests).toMatchObject([{ needs: 'source' }]);
  expect(readFileSync(join(folder, 'towpath.plan.yaml'), 'utf8')).toBe(plan);
  expect(
    stdout,
  ).toBe(`shout.ts, which writes shout and more of offices: 2 rows tried; all come out as the new columns want them.

Before and after (personal values hidden; --show-values shows them):
  row  name           shout  more
    1  B•••, A•••  →  B•••   null
    2  B•••, A•••  →  B•••   null

Every row went through twice, with the same answer.
About 52,000 rows a second, for the code alone.

Nothing was changed: the old database was read, and the plan is as it was.
`);
});

test('only a flag of the command line shows values', async () => {
  const { run } = tryWith({}, [...oneColumn, '--show-values', '--sample', '7']);
  expect((await run).fake.asked[0]!.values[1]).toMatchObject({ column: 'name', sample: 7, values: 'shown' });
});

test('without a file the code of the plan is tried', async () => {
  const { run } = tryWith({}, ['--entity', 'offices', '--column', 'name']);
  const [given, options] = (await run).fake.asked[0]!.values as [PlanFile, TryCodeOptions];
  expect(given).toEqual(smallPlan());
  expect(options).toMatchObject({ entity: 'offices', column: 'name' });
});

describe('what is wrong is told first, with an exit code of its own', () => {
  const failure = { kind: 'docker-missing', message: 'Docker does not answer.', hint: 'Install Docker.' };
  test.each<[string, Partial<CodeTrial>, number, RegExp]>([
    [
      'rows that would be set aside, together where the reason is the same',
      { outcome: 'rows-refused', setAside: 2, rows: [refused('3'), refused('9'), row('1')] },
      5,
      /3 rows tried; 2 would be set aside\.\n\n {2}2 rows \(3, 9\): The code refuses the row: it throws an error of its own\.\n {4}line 2: if \(!row\.name\) throw new Error\('x ·\[2J'\);\n/,
    ],
    [
      'types',
      {
        outcome: 'type-errors',
        typeErrorCount: 22,
        typeErrors: [{ line: 2, column: 10, message: 'No.' }],
        rows: [],
      },
      3,
      /was not run: the types do not fit\.\n\n {2}shout\.ts:2:10 {2}No\.\n {2}and 21 more\n/,
    ],
    [
      'no Docker',
      { outcome: 'no-sandbox', failure, rows: [] },
      3,
      /Its types fit\.\nDocker does not answer\.\nNext: Install Docker\./,
    ],
    [
      'stopped',
      { outcome: 'failed', failure: { ...failure, message: 'It ended.' }, rows: [] },
      3,
      /did not get through\.\nIt ended\./,
    ],
    [
      'unsteady',
      { outcome: 'not-repeatable', repeatable: false, failure: { ...failure, message: 'Different.' } },
      3,
      /does not always give the same result for the same row\.\nDifferent\.\nNext: /,
    ],
    [
      'unsteady before a row came out',
      {
        outcome: 'not-repeatable',
        repeatable: false,
        failure: { ...failure, message: 'The clock.' },
        rows: [],
      },
      3,
      /same row\.\nThe clock\.\nNext: .*\n\nNothing/,
    ],
  ])('%s', async (_, trial, exit, words) => {
    const { code, stdout } = await tryWith(trial, several).run;
    expect(code).toBe(exit);
    expect(stdout).toMatch(words);
    expect(stdout).toContain('Nothing was changed');
    const json = await tryWith(trial, [...several, '--json']).run;
    expect(JSON.parse(json.stdout)).toMatchObject({ status: 'error', outcome: trial.outcome });
  });
});

describe('used wrongly', () => {
  test.each<[string, readonly string[], RegExp]>([
    ['no entity', ['--column', 'name'], /whose rows/],
    ['nothing written', ['--entity', 'offices', '--code', 'shout.ts'], /not said what the code writes/],
    [
      'nothing read',
      ['--entity', 'offices', '--code', 'shout.ts', '--writes', 'shout:text'],
      /not said what the code reads/,
    ],
    ['both', [...several, '--column', 'name'], /exclude each other/],
    ['no file to write with', ['--entity', 'offices', '--reads', 'name'], /no file is named/],
    [
      'a file that is not there',
      ['--entity', 'offices', '--column', 'name', '--code', 'none.ts'],
      /no file none\.ts/,
    ],
    ['an empty file', ['--entity', 'offices', '--column', 'name', '--code', 'empty.ts'], /empty or too long/],
    [
      'an unknown entity',
      ['--entity', 'ofices', '--column', 'name', '--code', 'shout.ts'],
      /Did you mean offices/,
    ],
    [
      'an unknown column',
      ['--entity', 'offices', '--column', 'nam', '--code', 'shout.ts'],
      /Did you mean name/,
    ],
    [
      'a new column without a type',
      ['--entity', 'offices', '--reads', 'name', '--writes', 'shout', '--code', 'shout.ts'],
      /no column of offices called “shout”/,
    ],
    [
      'an old column that is not there',
      ['--entity', 'offices', '--reads', 'nme', '--writes', 'shout:text', '--code', 'shout.ts'],
      /Did you mean name/,
    ],
    ['no rows', [...oneColumn, '--sample', '0'], /whole number/],
  ])('%s', async (_, argv, words) => {
    const { code, stderr, fake } = await tryWith({}, argv).run;
    expect(code).toBe(2);
    expect(stderr).toMatch(words);
    expect(fake.asked).toEqual([]);
  });

  test('the doctor takes none of it', async () => {
    const { code, stderr } = await runCli(['sandbox', 'doctor', '--entity', 'offices']);
    expect(code).toBe(2);
    expect(stderr).toContain('towpath sandbox try');
  });
});
