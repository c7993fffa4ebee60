import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Control, createControl } from '../../../engine/control/control.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase, type Database } from '../../../engine/db/database.ts';
import { readCauses } from '../../../engine/report/causes.ts';
import { explainCause } from '../../../engine/report/explain-cause.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';

const target = useTestDatabase();
const runId = 'run-1';
let database: Database;
let control: Control;

beforeAll(async () => {
  database = createDatabase(target.connection, 'target', { log: createSilentLog() });
  control = createControl(database);
  await control.ensure();
  await control.runs.create({ runId, migration: 'test', planHash: 'p' });
  const rejected = (
    entity: string,
    legacyId: string,
    reason: string,
    column: string,
    sqlstate: string | null = null,
  ) => ({
    ...{ runId, entity, legacyId, batchId: null, reason, sqlstate, column, message: 'm', sourceRow: {} },
  });
  await control.quarantine.add(database, [
    rejected('payments', '1', 'excess-scale', 'amount'),
    rejected('payments', '2', 'excess-scale', 'amount'),
    rejected('patients', '3', 'out-of-range', 'birth_date'),
    rejected('orders', '4', 'refused-by-target', 'note', '22021'),
  ]);
  const repair = (legacyId: string) => ({
    runId,
    entity: 'profiles',
    legacyId,
    batchId: null,
    column: 'email',
    rule: 'malformed-email',
    original: 'bob@',
  });
  await control.repairs.add(database, [repair('5'), repair('6')]);
});
afterAll(() => database.end());

test('causes are grouped, the most frequent first, what was set aside before what was repaired', async () => {
  const causes = await readCauses(control, { runId });
  expect(causes.map(({ entity, outcome, reason, rows }) => [entity, outcome, reason, rows])).toEqual([
    ['payments', 'quarantined', 'excess-scale', 2],
    ['orders', 'quarantined', 'refused-by-target', 1],
    ['patients', 'quarantined', 'out-of-range', 1],
    ['profiles', 'repaired', 'malformed-email', 2],
  ]);
});

test('one entity can be asked for', async () => {
  const causes = await readCauses(control, { runId, entity: 'patients' });
  expect(causes).toHaveLength(1);
  expect(causes[0]?.explanation).toBe(
    'The value in birth date is outside the range that the plan holds possible for it.',
  );
});

test('what only the server saw is explained by its SQLSTATE, and an unknown reason is not hidden', () => {
  const refused = { outcome: 'quarantined', reason: 'refused-by-target', column: 'note' } as const;
  expect(explainCause({ ...refused, sqlstate: '22021' })).toContain('not valid in the new system’s encoding');
  expect(explainCause({ ...refused, sqlstate: 'XX999' })).toBe('The new database refused the row.');
  expect(explainCause({ ...refused, reason: 'moon-phase', sqlstate: null })).toBe(
    'The row was set aside: moon-phase.',
  );
  expect(
    explainCause({ outcome: 'repaired', reason: 'null-to-default', sqlstate: null, column: 'kind_of' }),
  ).toMatch(/^Kind of was empty/);
});

test('no explanation leaves its placeholder standing, with a column or without', () => {
  const reasons = [
    'required-null',
    'too-long',
    'orphan-reference',
    'duplicate-key',
    'dangling-reference',
    'refused-by-target',
  ];
  for (const reason of reasons) {
    for (const column of [null, '', 'office_id']) {
      expect(explainCause({ outcome: 'quarantined', reason, sqlstate: null, column })).not.toMatch(/[{}]/);
    }
  }
});
