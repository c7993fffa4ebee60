/** The assessment of a real database with one of everything that makes a move hard. */
import { beforeAll, describe, expect, test } from 'vitest';
import { assess } from '../../../../engine/report/assessment/assess.ts';
import type { Assessment } from '../../../../engine/report/assessment/assessment.ts';
import { renderAssessment } from '../../../../engine/report/assessment/render.ts';
import type { Catalog } from '../../../../engine/schema/catalog.ts';
import { introspect } from '../../../../engine/schema/introspect.ts';
import { useTestDatabase } from '../../../helpers/test-database.ts';
import { withSource } from '../../schema/open-source.ts';

const database = useTestDatabase();
let catalog: Catalog;
let assessment: Assessment;

beforeAll(async () => {
  await database.query(`
    create table schema_migrations (version text primary key); insert into schema_migrations values ('1');
    create table ar_internal_metadata (key text primary key, value text);
    create table users (id int primary key, name text, email text, state smallint, legacy text, region text, created_at timestamp,
      is_on smallint, payload text);
    insert into users select i, 'Ada Lovelace', 'p' || i || '@example.invalid', i % 3, null, 'north', now() + interval '2 hours' - i * interval '1 second',
      i % 2, '{"n": ' || i || '}' from generate_series(1, 60) i;
    create table log (at timestamptz, text text); insert into log values (now(), 'x');
    create table notes (id int primary key, user_id int, "<script>|alert" text);
    insert into notes select i, 1 + i % 60, 'n' || i from generate_series(1, 90) i;
    create view seen as select * from users;
    create function touch() returns trigger language plpgsql as $$ begin return new; end $$;
    create trigger touched before insert on notes for each row execute function touch();`);
  catalog = await withSource(database, (source) => introspect(source));
  assessment = assess(catalog);
});

test('the whole has a grade, its reasons and a size', () => {
  expect(assessment.grade).toBe('hard');
  expect(assessment.reasons).toEqual(
    expect.arrayContaining([
      '1 table has no primary key',
      '1 table has triggers',
      '1 table has links that no rule declares',
    ]),
  );
  expect(assessment.size).toMatchObject({ tables: 3, rows: 151 });
  expect(assessment.size.seconds.low).toBeLessThanOrEqual(assessment.size.seconds.high);
  expect(assessment.size.targetBytes).toBeGreaterThan(assessment.size.bytes);
});

test('hard tables come first, each with its reasons', () => {
  expect(assessment.tables.map(({ table, grade }) => [table, grade])).toEqual([
    ['log', 'hard'],
    ['notes', 'moderate'],
    ['users', 'easy'],
  ]);
  expect(assessment.tables[0]!.reasons.join()).toContain('no primary key');
});

test('what needs a decision is what the suggested plan asks', () => {
  const zone = assessment.decisions.find(({ text }) => text.includes('time zone'));
  expect(zone).toMatchObject({ required: true, recommended: 'UTC time' });
  expect(zone!.choices.length).toBeGreaterThan(1);
  const [first] = assessment.decisions;
  expect(first!.required).toBe(true);
});

test('a view, a trigger and a function are named with what to do instead', () => {
  const kinds = assessment.notCarried.map(({ kind, names }) => [kind, names]);
  expect(kinds).toEqual(
    expect.arrayContaining([
      ['view', ['seen']],
      ['trigger', ['notes.touched']],
    ]),
  );
  for (const { alternative } of assessment.notCarried) expect(alternative).not.toBe('');
});

test('tables of the old software are left out, with its name and the reason', () => {
  expect(assessment.leftOut.find(({ table }) => table === 'schema_migrations')).toMatchObject({
    framework: 'Rails',
    rows: 1,
    reason: expect.stringContaining('code migrations'),
  });
});

test('columns are more or less than their type says', () => {
  const what = Object.fromEntries(assessment.columns.map(({ column, kind }) => [column, kind]));
  expect(what).toMatchObject({
    state: 'enumeration',
    legacy: 'unused',
    region: 'constant',
    is_on: 'flag',
    payload: 'written-as-text',
    created_at: 'clock',
  });
  expect(what).not.toHaveProperty('user_id');
  expect(assessment.columns.find(({ column }) => column === 'created_at')!.what).toContain(
    '2 hours ahead of UTC',
  );
});

test('personal columns and guessed links carry how sure they are', () => {
  expect(assessment.personal).toEqual(
    expect.arrayContaining([
      { table: 'users', column: 'name', kind: 'name', confidence: 0.95 },
      { table: 'users', column: 'email', kind: 'email', confidence: 0.99 },
    ]),
  );
  expect(assessment.guessedLinks).toMatchObject([{ table: 'notes', column: 'user_id', to: ['users'] }]);
});

test('a plan whose questions were answered has nothing left to decide', async () => {
  const { createPlan } = await import('../../../../engine/mapping/suggest-plan.ts');
  const plan = createPlan(catalog, { migration: 'answered' });
  const answered = { ...plan, questions: plan.questions.map((q) => ({ ...q, answer: q.recommended })) };
  expect(assess(catalog, { plan: answered }).decisions).toEqual([]);
});

test('a database without a table that could move is assessed as well', () => {
  const empty = assess({
    ...catalog,
    tables: catalog.tables.filter(({ kind }) => kind === 'view'),
    inferred: [],
  });
  expect(empty).toMatchObject({ grade: 'easy', tables: [], size: { tables: 0, rows: 0 } });
  expect(renderAssessment(empty, 'md')).toContain('holds no table that could move');
});

describe.each(['md', 'html'] as const)('as %s', (format) => {
  test('it holds every section and no value of a row', () => {
    const text = renderAssessment(assessment, format);
    for (const title of [
      'How much, how long',
      'What needs a decision',
      'What does not move by itself',
      'Personal data',
      'Table by table',
    ])
      expect(text).toContain(title);
    expect(text).not.toMatch(/Lovelace|example.invalid|north/);
  });

  test('names from the database are only text', () => {
    const name = '<script>|alert';
    const hostile = {
      ...assessment,
      database: `${name}\u202e`,
      columns: assessment.columns.map((column) => ({ ...column, column: name })),
    };
    const text = renderAssessment(hostile, format);
    expect(text).not.toContain('<script>');
    expect(text).not.toContain('\u202e');
    if (format === 'md')
      for (const line of text.split('\n').filter((row) => row.includes('alert') && row.startsWith('|')))
        expect(line.match(/(?<!\\)\|/g)).toHaveLength(4);
  });
});

test('as JSON it is the assessment itself', () => {
  expect(JSON.parse(renderAssessment(assessment, 'json'))).toEqual(JSON.parse(JSON.stringify(assessment)));
});
