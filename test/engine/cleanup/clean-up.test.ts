import { afterAll, beforeAll, expect, test } from 'vitest';
import { cleanUp } from '../../../engine/cleanup/clean-up.ts';
import { type Control, createControl } from '../../../engine/control/control.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase, type Database } from '../../../engine/db/database.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';

const target = useTestDatabase();
const runId = 'run-1';
let database: Database;
let control: Control;

beforeAll(async () => {
  database = createDatabase(target.connection, 'target', { log: createSilentLog() });
  control = createControl(database);
  await control.ensure();
  await control.runs.create({ runId, migration: 'test', planHash: 'the plan of the run' });
  for (const reason of ['first', 'second']) await control.checkpoints.add({ runId, reason, summary: {} });
  await control.errors.add(new Error('x'), { runId });
  await control.artifacts.put({ hash: 'nobody needs it', kind: 'catalog', content: {} });
  await control.artifacts.put({ hash: 'the plan of the run', kind: 'plan', content: {} });
  await control.approvals.add({ action: 'migrate', planHash: 'p', approver: 'Ada', validSeconds: 60 });
  for (const table of ['migration_checkpoints', 'migration_errors', 'artifacts', 'approvals']) {
    await target.query(`update towpath.${table} set created_at = now() - interval '40 days'`);
  }
});
afterAll(() => database.end());

const count = async (table: string) =>
  (await target.query<{ n: number }>(`select count(*)::int as n from towpath.${table}`))[0]!.n;

test('what is younger stays', async () => {
  const { removed } = await cleanUp({ control, olderThanDays: 50 });
  expect(removed).toEqual({ checkpoints: 0, errors: 0, artifacts: 0 });
});

test('what is older goes, but not what a run needs nor what proves something', async () => {
  const { removed } = await cleanUp({ control, olderThanDays: 30 });
  expect(removed).toEqual({ checkpoints: 1, errors: 1, artifacts: 1 });
  expect((await control.checkpoints.latest(runId))?.reason).toBe('second');
  expect(await control.artifacts.find('the plan of the run')).not.toBeNull();
  expect(await count('approvals')).toBe(1);
  expect(await count('audit_log')).toBe(3);
});

test.each([-1, 1.5, Number.NaN])('%s days are refused', async (days) => {
  await expect(cleanUp({ control, olderThanDays: days })).rejects.toMatchObject({ code: 'INVALID_DAYS' });
});
