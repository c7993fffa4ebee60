/** Rows that others wrote are counted as rows of the target, however many old rows became one of them. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Control, createControl } from '../../../engine/control/control.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase, type Database } from '../../../engine/db/database.ts';
import { readForeignRows } from '../../../engine/validation/foreign/foreign-rows.ts';
import { createTestDatabase, type TestDatabase } from '../../helpers/test-database.ts';
import { loadRun, plan } from '../rollback/loaded-run.ts';

const runId = 'run-1';
let target: TestDatabase;
let database: Database;
let control: Control;

/** Orders 101 to 103 are the same record as order 1. */
beforeEach(async () => {
  target = await createTestDatabase();
  database = createDatabase(target.connection, 'target', { log: createSilentLog() });
  control = createControl(database);
  await control.ensure();
  await loadRun(runId, target, control);
  await target.query(
    `insert into towpath.mapping_pairs (entity_no, legacy_id, new_id, batch_id, merged)
      select p.entity_no, n::text, p.new_id, p.batch_id, 'duplicate' from towpath.mapping_pairs p
        join moved.orders o on o.id = p.new_id, generate_series(101, 103) n where p.legacy_id = '1'`,
  );
});

afterEach(async () => {
  await database.end();
  await target.drop();
});

async function foreignRows() {
  const pairs = control.mappings.copyTarget((await control.mappings.entityNo(plan.migration, 'orders'))!);
  const table = { schema: 'moved', name: 'orders' };
  const found = await readForeignRows(database, { table, pairs, existing: false, runId });
  return {
    changed: found.changed.map(({ key }) => key),
    added: found.added.length,
    deleted: found.deleted.map(({ key }) => key),
  };
}

test('nobody wrote', async () => {
  expect(await foreignRows()).toEqual({ changed: [], added: 0, deleted: [] });
});

test('a changed row that several old rows became is one row', async () => {
  await target.query('update moved.orders set legacy_id = legacy_id where legacy_id in (1, 2)');
  expect(await foreignRows()).toEqual({ changed: ['1', '2'], added: 0, deleted: [] });
});

test('a deleted one, too', async () => {
  await target.query('update moved.cases set current_order_id = null where legacy_id = 1');
  await target.query('delete from moved.orders where legacy_id = 1');
  expect(await foreignRows()).toEqual({ changed: [], added: 0, deleted: ['1'] });
});
