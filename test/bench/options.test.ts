import { expect, test } from 'vitest';
import { median, verdict } from '../../bench/measurement.ts';
import { benchOptions } from '../../bench/options.ts';
import { missingPrograms } from '../../bench/programs.ts';
import { rows } from '../../bench/rows.ts';

test('without options: scale 1, three runs, every row', () => {
  expect(benchOptions([], rows)).toEqual({ scale: 1, runs: 3, only: [] });
  expect(benchOptions(['--scale', '0.01', '--runs', '5', '--only', 'whole, help'], rows)).toEqual({
    ...{ scale: 0.01, runs: 5, only: ['whole', 'help'] },
  });
});

test.each([
  [['--scale', 'large'], '--scale'],
  [['--runs', '0'], '--runs'],
  [['--only', 'nothing'], 'nothing'],
  [['--speed'], '--speed'],
])('%s is refused with the help that lists the rows', (argv, named) => {
  const answer = benchOptions(argv, rows);
  expect(answer).toMatchObject({ exitCode: 2 });
  const { help } = answer as { help: string };
  expect(help).toContain(named);
  for (const { id } of rows) expect(help).toContain(id);
});

test('a median is the middle run, not the mean', () => {
  expect(median([9, 1, 2])).toBe(2);
  expect(median([4, 1, 100, 2])).toBe(3);
});

test('what only just passes is met, without an ask nothing is', () => {
  expect(verdict(2, 2)).toBe('met');
  expect(verdict(2.01, 2)).toBe('missed');
  expect(verdict(1, null)).toBe('told');
});

test('a peer that is not there is named with its package', () => {
  const programs = { psql: '15.8', pgcopydb: null, 'postgresql-15': null, chromium: null };
  expect(missingPrograms(['psql'], programs)).toBeNull();
  expect(missingPrograms(['pgcopydb', 'postgresql-15'], programs)).toBe(
    'pgcopydb and postgresql-15 not found; on Debian: apt-get install pgcopydb; apt-get install postgresql-15',
  );
});
