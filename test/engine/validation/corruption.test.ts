/** Proves that the comparison can fail: each case damages the target, is found exactly there, and is put right by its fix. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '../../helpers/test-database.ts';
import { type MovedClinic, moveClinic } from './moved-clinic.ts';

const source = useTestDatabase();
const target = useTestDatabase('supabase');
let clinic: MovedClinic;

beforeAll(async () => {
  clinic = await moveClinic(source, target);
});
afterAll(() => clinic.close());

interface Damage {
  readonly name: string;
  readonly sql: string;
  /** [kind, key, column] of every difference of rows, sorted. */
  readonly differences: readonly (readonly [string, string, string | null])[];
  readonly entities?: readonly string[];
  /** What else must be seen. */
  readonly checks?: readonly string[];
}

const doctor = (key: number) => `(select id from doctors where legacy_id = ${key})`;

const damages: readonly Damage[] = [
  {
    name: 'one changed character',
    sql: `update visits set note = replace(note, 'ü', 'u') where legacy_id = 100`,
    differences: [['mismatching', '100', 'note']],
  },
  {
    name: 'one swapped reference',
    sql: `update visits set doctor_id = ${doctor(2)} where legacy_id = 200`,
    differences: [['mismatching', '200', 'doctor_id']],
  },
  {
    name: 'one deleted row',
    sql: 'delete from visits where legacy_id = 2999',
    differences: [['missing', '2999', null]],
    checks: ['record-count', 'row-compare', 'mapping', 'money', 'enumeration'],
  },
  {
    name: 'two values swapped between rows',
    sql: `update visits v set weight = o.weight from visits o
      where (v.legacy_id = 300 and o.legacy_id = 301) or (v.legacy_id = 301 and o.legacy_id = 300)`,
    differences: [
      ['mismatching', '300', 'weight'],
      ['mismatching', '301', 'weight'],
    ],
    checks: ['row-compare'],
  },
  {
    name: 'a timestamp moved by one microsecond',
    sql: `update visits set happened_at = happened_at + interval '1 microsecond' where legacy_id = 400`,
    differences: [['mismatching', '400', 'happened_at']],
    checks: ['row-compare'],
  },
  {
    name: 'the latest timestamp moved by one microsecond',
    sql: `update visits set happened_at = happened_at + interval '1 microsecond' where legacy_id = 3000`,
    differences: [['mismatching', '3000', 'happened_at']],
    checks: ['row-compare', 'time-range'],
  },
  {
    name: 'a numeric changed in scale',
    sql: 'update visits set weight = weight::numeric(20,4) where legacy_id = 500',
    differences: [['mismatching', '500', 'weight']],
  },
  {
    name: 'a null for an empty text',
    sql: 'update visits set note = null where legacy_id = 700',
    differences: [['mismatching', '700', 'note']],
  },
  {
    name: 'a key of passed-through jsonb changed',
    sql: `update visits set metadata = jsonb_set(metadata, '{extra,deep}', '[0]') where legacy_id = 800`,
    differences: [['mismatching', '800', 'metadata']],
  },
  {
    name: 'a number in jsonb that was text, by its scale only',
    sql: `update visits set details = jsonb_set(details, '{a,0}', '1.00') where legacy_id = 900`,
    differences: [['mismatching', '900', 'details']],
  },
  {
    name: 'money moved from one row to another',
    sql: 'update visits set fee = fee + case legacy_id when 1000 then 1 else -1 end where legacy_id in (1000, 1002)',
    differences: [
      ['mismatching', '1000', 'fee'],
      ['mismatching', '1002', 'fee'],
    ],
    checks: ['row-compare'],
  },
  {
    name: 'one cent',
    sql: 'update visits set fee = fee + 0.01 where legacy_id = 1100',
    differences: [['mismatching', '1100', 'fee']],
    checks: ['row-compare', 'money'],
  },
  {
    name: 'a word of a choice changed',
    sql: `update visits set status = 'open' where legacy_id = 1201`,
    differences: [['mismatching', '1201', 'status']],
    checks: ['row-compare', 'enumeration'],
  },
  {
    name: 'several columns of one row',
    sql: `update doctors set name = 'x', email = null, chief_id = null where legacy_id = 7`,
    differences: [
      ['mismatching', '7', 'chief_id'],
      ['mismatching', '7', 'email'],
      ['mismatching', '7', 'name'],
    ],
  },
  {
    name: 'a row of a composite key',
    sql: `update tags set word = 'other' where legacy_id = '[5, "w5"]'`,
    differences: [['mismatching', '[5, "w5"]', 'word']],
  },
  {
    name: 'a trigger that alters values',
    sql: `create or replace function shout() returns trigger language plpgsql as $$ begin new.note := upper(new.note); return new; end $$;
      create trigger shouting before insert or update on visits for each row execute function shout();
      update visits set weight = weight where legacy_id in (1300, 1301)`,
    differences: [
      ['mismatching', '1300', 'note'],
      ['mismatching', '1301', 'note'],
    ],
  },
];

test.each(damages)('$name', async ({ sql, differences, checks }) => {
  await target.query(sql);
  const report = await clinic.validate();
  expect(report.overallStatus).toBe('differences');
  const found = report.issues.filter(({ check }) => check === 'row-compare');
  const named = found.map(({ kind, key, column }) => [kind, key, column ?? null] as const);
  expect(named.sort(compare)).toEqual([...differences].sort(compare));
  const failed = report.checks.filter(({ status }) => status === 'fail').map(({ type }) => type);
  if (checks) expect(failed.filter((type) => type !== 'foreign-writers')).toEqual(checks);
  // the damage was done by somebody else, and is told as such
  expect(failed).toContain('foreign-writers');
  const foreign = report.issues.filter(isSerious).filter(({ check }) => check === 'foreign-writers');
  expect(new Set(foreign.map(({ key }) => key))).toEqual(new Set(differences.map(([, key]) => key)));
  for (const finding of found) await target.query(finding.fix!);
  const after = await clinic.validate({ type: 'accuracy' });
  expect(after.issues.filter(isSerious)).toEqual([]);
  expect(after.overallStatus).toBe('verified');
  await target.query('drop trigger if exists shouting on visits');
});

test('one extra row is listed, and taken out by its statement only', async () => {
  await target.query(
    `insert into doctors (id, legacy_id, name) values ('00000000-0000-4000-8000-000000000001', 9001, 'new here')`,
  );
  const report = await clinic.validate({ fix: true });
  const found = report.issues.filter(({ check }) => check === 'row-compare');
  expect(found.map(({ kind, actual, key }) => [kind, actual, key])).toEqual([
    ['extraneous', '00000000-0000-4000-8000-000000000001', undefined],
  ]);
  expect(await target.query(`select name from doctors where legacy_id = 9001`)).toEqual([
    { name: 'new here' },
  ]);
  await target.query(found[0]!.fix!);
  expect((await clinic.validate()).issues.filter(isSerious)).toEqual([]);
});

test('a row deleted with its pair is put back with it', async () => {
  await target.query(`delete from visits where legacy_id = 2500`);
  await target.query(`delete from towpath.mapping_pairs where legacy_id = '2500' and entity_no in
    (select entity_no from towpath.entities where entity = 'visits')`);
  const report = await clinic.validate();
  expect(report.issues.filter(({ check }) => check === 'row-compare')).toMatchObject([
    { kind: 'missing', key: '2500' },
  ]);
  const after = await clinic.validate({ fix: true });
  expect(after.issues.filter(isSerious)).toEqual([]);
  expect(after.overallStatus).toBe('verified');
});

test('a row that the plan rejects and that was not set aside is told', async () => {
  await target.query(`delete from towpath.quarantined_rows where legacy_id = '17' and entity = 'visits'`);
  const report = await clinic.validate();
  const told = report.issues.map(({ check, kind, key, column }) => [check, kind, key, column]);
  expect(told).toContainEqual(['row-compare', 'missing', '17', 'status']);
  expect(
    report.checks.find(({ type, entity }) => type === 'record-count' && entity === 'visits'),
  ).toMatchObject({
    status: 'fail',
    expected: '2997',
    actual: '2996',
  });
});

/** Rows that this test put right by hand are told as written by somebody else, with the values that were moved. */
function isSerious({ severity }: { readonly severity: string }): boolean {
  return severity !== 'minor';
}

function compare(a: readonly unknown[], b: readonly unknown[]): number {
  return JSON.stringify(a) < JSON.stringify(b) ? -1 : 1;
}
