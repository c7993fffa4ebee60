/** Checks of the structure and of sums: what the comparison of rows does not see, or says less clearly. */
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

/** Damages, validates, repairs; gives the findings of one check. */
async function findingsOf(check: string, damage: string, repair: string) {
  await target.query(damage);
  const report = await clinic.validate();
  await target.query(repair);
  expect(report.overallStatus).toBe('differences');
  return report.issues.filter((finding) => finding.check === check);
}

const quietly = (sql: string) => `begin; set local session_replication_role = replica; ${sql}; commit`;

test('a reference to nowhere, in spite of a foreign key', async () => {
  const found = await findingsOf(
    'foreign-key',
    quietly(
      `create table keep as select * from doctors where legacy_id = 5; delete from doctors where legacy_id = 5`,
    ),
    quietly('insert into doctors select * from keep; drop table keep'),
  );
  expect(found.filter(({ entity }) => entity === 'visits')).toHaveLength(75);
  expect(found.map(({ key, column }) => [key, column])).toContainEqual(['4', 'doctor_id']);
  expect(found.filter(({ entity }) => entity === 'doctors').map(({ key }) => key)).toEqual(['6']);
});

test('a foreign key that is missing, or not validated', async () => {
  const [key] = await target.query<{ name: string; definition: string }>(
    `select conname as name, pg_get_constraintdef(oid) as definition from pg_constraint
     where conrelid = 'visits'::regclass and contype = 'f'`,
  );
  const drop = `alter table visits drop constraint ${key!.name}`;
  const add = `alter table visits add constraint ${key!.name} ${key!.definition}`;
  expect(await findingsOf('foreign-key', drop, add)).toMatchObject([
    { kind: 'constraint', column: 'doctor_id' },
  ]);
  const unchecked = await findingsOf('foreign-key', `${drop}; ${add} not valid`, `${drop}; ${add}`);
  expect(unchecked).toMatchObject([{ message: expect.stringContaining('not checked') }]);
});

test('nulls, repeated values and broken conditions where the rule was taken away', async () => {
  const nulls = await findingsOf(
    'not-null',
    `alter table doctors alter name drop not null; update doctors set name = null where legacy_id = 3`,
    `update doctors set name = 'Doctor 3' where legacy_id = 3; alter table doctors alter name set not null`,
  );
  expect(nulls).toMatchObject([{ column: 'name', actual: '1' }]);
  const repeated = await findingsOf(
    'unique',
    `alter table doctors drop constraint doctors_email_key; update doctors set email = 'd1@example.org' where legacy_id = 2`,
    `update doctors set email = 'd2@example.org' where legacy_id = 2; alter table doctors add constraint doctors_email_key unique (email)`,
  );
  expect(repeated).toMatchObject([{ kind: 'uniqueness', column: 'email', actual: 'd1@example.org' }]);
  const broken = await findingsOf(
    'check',
    `alter table visits drop constraint visits_fee_check; update visits set fee = -fee where legacy_id = 8`,
    `update visits set fee = -fee where legacy_id = 8; alter table visits add constraint visits_fee_check check (fee >= 0)`,
  );
  expect(broken.map(({ actual }) => actual)).toEqual(['1', undefined]);
});

test('pairs: lost, wrong, too many', async () => {
  const [pairs] = await target.query<{ name: string }>(
    `select 'towpath.mapping_pairs_' || entity_no as name from towpath.entities where entity = 'doctors'`,
  );
  const { name } = pairs!;
  const lost = await findingsOf(
    'mapping',
    `create table keep as select * from ${name} where legacy_id = '9'; delete from ${name} where legacy_id = '9'`,
    `insert into ${name} select * from keep; drop table keep`,
  );
  expect(lost).toMatchObject([{ kind: 'mapping', message: expect.stringContaining('has no pair') }]);
  const swap = `update ${name} set legacy_id = case legacy_id when '10' then '011' else '010' end where legacy_id in ('10', '11')`;
  const back = `update ${name} set legacy_id = case legacy_id when '011' then '10' else '11' end where legacy_id in ('010', '011')`;
  const wrong = await findingsOf('mapping', swap, back);
  expect(wrong.map(({ key }) => key).sort()).toEqual(['010', '011']);
  const orphan = await findingsOf(
    'mapping',
    `insert into ${name} select entity_no, '77', '00000000-0000-5000-8000-000000000077', batch_id from ${name} limit 1`,
    `delete from ${name} where legacy_id = '77'`,
  );
  expect(orphan.map(({ key }) => key)).toContain('77');
  expect((await clinic.validate()).overallStatus).toBe('verified');
});

test('money: sums by currency and month, less what was set aside', async () => {
  const { money } = await clinic.validate({ type: 'accuracy' });
  const january = money.find(({ currency, month }) => currency === 'EUR' && month === '2020-01')!;
  expect(january).toMatchObject({ entity: 'visits', column: 'fee' });
  const [sum] = await source.query<{ total: string; aside: string }>(
    `select sum(fee)::text as total, sum(fee) filter (where id in (18, 20))::text as aside
     from visits where currency = 'EUR' and happened < '2020-02-01'`,
  );
  expect(january.source).toBe(sum!.total);
  expect(january.quarantined).toBe(sum!.aside);
  const difference = Number(january.source) - Number(january.target);
  expect(difference).toBeCloseTo(Number(sum!.aside), 6);
});

test('performance: statistics, whole indexes, an index under every reference', async () => {
  await target.query('drop index if exists visits_doctor_idx');
  await target.query(`create table bare (id int)`);
  const report = await clinic.validate({ type: 'performance' });
  const found = report.issues.filter(({ entity }) => entity === 'visits');
  expect(found).toMatchObject([{ check: 'reference-index', column: 'doctor_id' }]);
  await target.query(found[0]!.fix!);
  expect(
    (await clinic.validate({ type: 'performance' })).issues.filter(({ entity }) => entity === 'visits'),
  ).toEqual([]);
  await target.query('drop table bare');
});

test('a foreign server cannot tell: every statement in the report can be run again', async () => {
  const { checks } = await clinic.validate();
  const statements = checks.flatMap(({ sql }) => (sql === null ? [] : [sql]));
  expect(statements.length).toBeGreaterThan(15);
  for (const sql of statements) await target.query(sql);
});
