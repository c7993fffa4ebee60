/** `towpath analyze` and its report, as people start it. */
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '../helpers/test-database.ts';
import { runProcess } from './run-process.ts';

const source = useTestDatabase();
const target = useTestDatabase('supabase');
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'towpath-assessment-'));
  writeFileSync(
    join(folder, '.env'),
    `SOURCE_DATABASE_URL=${source.url}\nTARGET_DATABASE_URL=${target.url}\n`,
  );
  await source.query(`create table people (id int primary key, full_name text, made_at timestamp);
    insert into people select i, 'Ada Lovelace', now() from generate_series(1, 40) i;
    create table django_migrations (id int primary key); create view everybody as select * from people;`);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const towpath = (line: string) => runProcess(line.split(' '), { folder });

test('the summary says how hard it is and what will be asked', async () => {
  const { code, stdout } = await towpath('analyze');
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /is moderately hard to move: 1 table with about 40 rows; 1 question needs an answer first\./,
  );
  expect(stdout).toContain('Does not move by itself: 1 view.');
  expect(stdout).toContain('1 column looks personal');
  expect(stdout).not.toContain('Wrote');
});

test('the report is written in the formats asked for, by ending or by name', async () => {
  const one = await towpath('analyze --report first.md');
  expect({ code: one.code, stdout: one.stdout }).toEqual({
    code: 0,
    stdout: expect.stringContaining('first.md'),
  });
  expect(readFileSync(join(folder, 'first.md'), 'utf8')).toMatch(/^# Assessment of /);
  const all = await towpath('analyze --json --report out --format html,json');
  const result = JSON.parse(all.stdout) as { reports: { file: string }[]; assessment: { grade: string } };
  expect(result.reports.map(({ file }) => file.slice(-9))).toEqual(['/out.html', '/out.json']);
  expect(result.assessment.grade).toBe('moderate');
  expect(readFileSync(join(folder, 'out.html'), 'utf8')).toContain('</html>');
  expect(readFileSync(join(folder, 'out.html'), 'utf8')).not.toContain('Lovelace');
  expect(existsSync(join(folder, 'out.md'))).toBe(false);
});

test('a format that is none is wrong usage', async () => {
  const { code, stderr } = await towpath('analyze --report x --format pdf');
  expect(code).toBe(2);
  expect(stderr).toContain('There is no report format “pdf”');
});
