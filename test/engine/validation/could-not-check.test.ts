/** What a validation says when it could not look: never “verified”. */
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

test('a table that cannot be read is told, and the others are checked', async () => {
  await target.query('alter table visits rename column weight to heavy');
  const report = await clinic.validate();
  await target.query('alter table visits rename column heavy to weight');
  expect(report.overallStatus).toBe('incomplete');
  const broken = report.checks.filter(({ status }) => status === 'could-not-check');
  expect(broken.map(({ entity, type }) => [entity, type])).toContainEqual(['visits', 'row-compare']);
  expect(report.notVerified.join(' ')).toMatch(/visits \(row-compare.*could not be checked/);
  expect(
    report.checks.filter(({ entity }) => entity === 'doctors').every(({ status }) => status === 'pass'),
  ).toBe(true);
  expect((await clinic.validate()).overallStatus).toBe('verified');
});

test('a connection that is lost in the middle stops one check, not the validation', async () => {
  let killed = false;
  const kill = setInterval(async () => {
    const rows = await target.query<{ done: boolean }>(
      `select pg_terminate_backend(pid) as done from pg_stat_activity
       where datname = current_database() and query like 'copy (select t."id"%"visits"%' and state = 'active'`,
    );
    if (rows.length === 0) return;
    killed = true;
    clearInterval(kill);
  }, 1);
  // The target's rows are made slow to read, so that there is a middle.
  await target.query('alter table visits rename to visits_kept');
  await target.query(
    'create view visits as select * from visits_kept where legacy_id % 100 > 0 or pg_sleep(0.02) is not null',
  );
  const report = await clinic.validate({ type: 'accuracy' });
  clearInterval(kill);
  await target.query('drop view visits');
  await target.query('alter table visits_kept rename to visits');
  expect(killed).toBe(true);
  expect(report.overallStatus).toBe('incomplete');
  const compared = Object.fromEntries(
    report.checks.filter(({ type }) => type === 'row-compare').map(({ entity, status }) => [entity, status]),
  );
  expect(compared.visits).toBe('could-not-check');
  expect(compared.doctors).toBe('pass');
});

test('an abort ends it, and says what was left out', async () => {
  const abort = new AbortController();
  abort.abort();
  const report = await clinic.validate({ signal: abort.signal });
  expect(report.overallStatus).toBe('incomplete');
  expect(new Set(report.checks.map(({ status }) => status))).toEqual(new Set(['skipped']));
  expect(report.notVerified.join(' ')).toContain('interrupted');
});

test('what was not selected, and what the type leaves out, is named', async () => {
  const report = await clinic.validate({ type: 'completeness', entities: ['doctors'] });
  expect(report.overallStatus).toBe('verified');
  expect(new Set(report.checks.map(({ entity }) => entity))).toEqual(new Set(['doctors']));
  expect(report.checks.map(({ type }) => type)).toEqual(['record-count', 'mapping', 'foreign-writers']);
  expect(report.notVerified[0]).toBe('Not selected: visits, tags.');
  expect(report.notVerified[1]).toMatch(/^Only completeness was checked; left out: row-compare, /);
  expect(report.rowsCompared).toBe(0);
});

test('an entity that was never moved is skipped, not verified', async () => {
  await target.query(`update towpath.entity_migration_status set state = 'failed' where entity = 'tags'`);
  const report = await clinic.validate();
  await target.query(`update towpath.entity_migration_status set state = 'completed' where entity = 'tags'`);
  expect(report.overallStatus).toBe('incomplete');
  expect(report.notVerified.join(' ')).toMatch(/tags \(.*\) skipped: The entity has not been migrated/);
});
