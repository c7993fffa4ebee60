import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Control, createControl } from '../../../engine/control/control.ts';
import { createEventPublisher, type TowpathEvent } from '../../../engine/core/events.ts';
import { createFailpoints } from '../../../engine/core/failpoints.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase, type Database } from '../../../engine/db/database.ts';
import { createRollback, type RollbackRequest } from '../../../engine/rollback/rollback.ts';
import { createTestDatabase, type TestDatabase } from '../../helpers/test-database.ts';
import { loadRun, plan } from './loaded-run.ts';

const log = createSilentLog();
const runId = 'run-1';
let target: TestDatabase;
let database: Database;
let control: Control;
let events: TowpathEvent[];

beforeEach(async () => {
  target = await createTestDatabase();
  database = createDatabase(target.connection, 'target', { log });
  control = createControl(database);
  await control.ensure();
  await loadRun(runId, target, control);
  events = [];
});

afterEach(async () => {
  await database.end();
  await target.drop();
});

function rollback(failpoint?: string) {
  const publisher = createEventPublisher();
  publisher.subscribe((event) => void events.push(event));
  return createRollback({
    control,
    target: database,
    events: publisher,
    failpoints: createFailpoints(failpoint),
    log,
  });
}

const whole: RollbackRequest = { runId, plan, entities: [] };

async function tables(): Promise<string[]> {
  const found = await target.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'moved'::regnamespace and relkind = 'r' order by 1`,
  );
  return found.map(({ name }) => name);
}

async function count(relation: string): Promise<number> {
  const [row] = await target.query<{ n: number }>(`select count(*)::int as n from ${relation}`);
  return row!.n;
}

/** Everything the ledger says of the run’s rows. */
async function ledger() {
  return {
    pairs: await count('towpath.mapping_pairs'),
    batches: await count('towpath.batch_processing_status'),
  };
}

const states = async () =>
  (await control.entities.list(runId)).map(({ entity, state }) => `${entity} ${state}`).sort();

test('a whole run leaves nothing behind, cycle and self-reference included', async () => {
  const report = await rollback().undo(whole);
  expect(report.entities).toHaveLength(3);
  expect(
    report.entities.every(({ rows, kept, tableDropped }) => rows === 10 && kept === 0 && tableDropped),
  ).toBe(true);
  expect(report.entities.at(-1)?.entity).toBe('offices');
  expect(await tables()).toEqual([]);
  expect(await ledger()).toEqual({ pairs: 0, batches: 0 });
  expect((await control.runs.get(runId)).state).toBe('rolled-back');
  expect(await states()).toEqual(['cases rolled-back', 'offices rolled-back', 'orders rolled-back']);
  expect(events.at(-1)).toMatchObject({ type: 'migration.rolled-back', rowsRemoved: 30, rowsKept: 0 });
});

test('done once, it does nothing the second time', async () => {
  await rollback().undo(whole);
  expect(await rollback().undo(whole)).toMatchObject({ preview: false, entities: [] });
});

test('a preview counts and writes nothing', async () => {
  const report = await rollback().preview(whole);
  expect(report).toMatchObject({ preview: true });
  expect(report.entities.map(({ rows, tableDropped }) => [rows, tableDropped])).toEqual(
    Array(3).fill([10, true]),
  );
  expect(await tables()).toEqual(['cases', 'offices', 'orders']);
  expect(await ledger()).toEqual({ pairs: 30, batches: 9 });
  expect((await control.runs.get(runId)).state).toBe('completed');
});

test('rows of others stay, with their table and what it points to', async () => {
  await target.query(`insert into moved.offices (legacy_id) values (999)`);
  await target.query(`insert into moved.cases (legacy_id) values (999)`);
  const report = await rollback().undo(whole);
  const by = new Map(report.entities.map((entity) => [entity.entity, entity]));
  expect(by.get('offices')).toMatchObject({ rows: 10, kept: 1, tableDropped: false });
  expect(by.get('cases')).toMatchObject({ rows: 10, kept: 1, tableDropped: false });
  // a table that stays points to it: orders is emptied, not dropped
  expect(by.get('orders')).toMatchObject({ rows: 10, kept: 0, tableDropped: false });
  expect(await tables()).toEqual(['cases', 'offices', 'orders']);
  expect(await target.query('select legacy_id from moved.offices')).toEqual([{ legacy_id: 999 }]);
  expect(await count('moved.orders')).toBe(0);
  expect(await ledger()).toEqual({ pairs: 0, batches: 0 });
});

test('a table that Towpath did not make is emptied and stays', async () => {
  await target.query('comment on table moved.orders is null');
  const report = await rollback().undo(whole);
  expect(report.entities.filter(({ tableDropped }) => tableDropped)).toEqual([]);
  expect(await tables()).toEqual(['cases', 'offices', 'orders']);
  for (const table of await tables()) expect(await count(`moved.${table}`)).toBe(0);
});

test.each([
  ['a view', 'create view moved.open_orders as select * from moved.orders'],
  ['a column of its row type', 'create table moved.archive (was moved.orders)'],
])('a table with %s upon it is emptied and stays', async (_, sql) => {
  await target.query(sql);
  const report = await rollback().undo(whole);
  expect(report.entities.find(({ entity }) => entity === 'orders')).toMatchObject({
    rows: 10,
    tableDropped: false,
  });
  expect(await tables()).toContain('orders');
  expect(await count('moved.orders')).toBe(0);
  expect(await ledger()).toEqual({ pairs: 0, batches: 0 });
});

test('an entity that others point to is refused, and nothing has changed', async () => {
  for (const attempt of [rollback().undo, rollback().preview]) {
    await expect(attempt({ ...whole, entities: ['offices'] })).rejects.toMatchObject({
      code: 'DEPENDENCY_NOT_MET',
      // orders points to it; cases, which point to orders, must go with them
      details: { missingDependencies: ['cases', 'orders'] },
    });
  }
  expect((await control.runs.get(runId)).state).toBe('completed');
  expect(await ledger()).toEqual({ pairs: 30, batches: 9 });
});

test('some entities alone: the others stay, and the run says what is missing', async () => {
  const report = await rollback().undo({ ...whole, entities: ['orders', 'cases'] });
  expect(report.entities.map(({ entity }) => entity).sort()).toEqual(['cases', 'orders']);
  expect(await tables()).toEqual(['offices']);
  expect(await count('moved.offices')).toBe(10);
  expect(await control.runs.get(runId)).toMatchObject({
    state: 'failed',
    error: { code: 'ROLLED_BACK_IN_PART' },
  });
  await rollback().undo(whole);
  expect(await tables()).toEqual([]);
  expect((await control.runs.get(runId)).state).toBe('rolled-back');
});

test('an entity that the run did not bring is nothing to undo, and leaves the run what it is', async () => {
  const skipped = `update towpath.entity_migration_status set state = 'skipped' where entity = 'offices'`;
  await target.query(skipped);
  const { state } = await control.runs.get(runId);
  expect((await rollback().undo({ ...whole, entities: ['offices'] })).entities).toEqual([]);
  expect(await control.runs.get(runId)).toMatchObject({ state, error: null });
});

test('an unknown entity is named', async () => {
  await expect(rollback().undo({ ...whole, entities: ['nobody'] })).rejects.toMatchObject({
    code: 'UNKNOWN_ENTITY',
  });
});

test.each([
  'rollback.entity=error',
  'rollback.entity:2=error',
  'rollback.chunk=error',
  'rollback.chunk:3=error',
])('stopped at %s it goes on where it was', async (failpoint) => {
  await target.query(`insert into moved.cases (legacy_id) values (999)`);
  await expect(rollback(failpoint).undo(whole)).rejects.toMatchObject({ code: 'FAILPOINT' });
  expect((await control.runs.get(runId)).state).toBe('rolling-back');
  await rollback().undo(whole);
  expect(await count('moved.cases')).toBe(1);
  expect(await ledger()).toEqual({ pairs: 0, batches: 0 });
  expect((await control.runs.get(runId)).state).toBe('rolled-back');
});

test('a row that rows of others point to stays, and so does what it points to', async () => {
  await target.query('create table moved.notes (office_id uuid references moved.offices on delete cascade)');
  await target.query('insert into moved.notes select id from moved.offices where legacy_id = 3');
  const foreseen = await rollback().preview(whole);
  const report = await rollback().undo(whole);
  const offices = report.entities.find(({ entity }) => entity === 'offices');
  // office 3 belongs to office 2, which belongs to office 1
  expect(offices).toMatchObject({ rows: 7, tableDropped: false, left: { changed: 0, pointedAt: 3 } });
  expect(foreseen.entities).toEqual(report.entities);
  expect(await target.query('select legacy_id from moved.offices order by 1')).toEqual(
    [1, 2, 3].map((n) => ({ legacy_id: n })),
  );
  expect(await count('moved.notes')).toBe(1);
  expect((await control.runs.get(runId)).state).toBe('rolled-back');
});

test('rows set aside and repaired are forgotten with their entity', async () => {
  const of = { runId, entity: 'orders', legacyId: '77', batchId: null };
  await control.quarantine.add(target, [
    { ...of, reason: 'too-long', sqlstate: null, column: 'x', message: 'm', sourceRow: {} },
  ]);
  await control.repairs.add(target, [{ ...of, column: 'x', rule: 'misfit-to-null', original: 'o' }]);
  await rollback().undo(whole);
  expect(await count('towpath.quarantined_rows')).toBe(0);
  expect(await count('towpath.repaired_rows')).toBe(0);
});

test.each(['created', 'planned', 'approved'])(
  'a run that died %s, before it moved anything, is undone',
  async (state) => {
    await rollback().undo(whole);
    await target.query('update towpath.migration_control set state = $2 where run_id = $1', [runId, state]);
    const report = await rollback().undo(whole);
    expect(report.entities).toEqual([]);
    expect((await control.runs.get(runId)).state).toBe('rolled-back');
  },
);
