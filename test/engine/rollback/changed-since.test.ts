/** What somebody did to moved rows before the run is undone: found by the transaction that wrote them last, kept, listed, or taken. */
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Control, createControl } from '../../../engine/control/control.ts';
import { createEventPublisher } from '../../../engine/core/events.ts';
import { createFailpoints } from '../../../engine/core/failpoints.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase, type Database } from '../../../engine/db/database.ts';
import { createRollback, type RollbackRequest } from '../../../engine/rollback/rollback.ts';
import type { ChangedRows } from '../../../engine/validation/changed-rows.ts';
import '../../helpers/property-seed.ts';
import { createTestDatabase, type TestDatabase } from '../../helpers/test-database.ts';
import { loadRun, plan } from './loaded-run.ts';

const log = createSilentLog();
const runId = 'run-1';
const whole: RollbackRequest = { runId, plan, entities: [] };
let target: TestDatabase;
let database: Database;
let control: Control;

async function open(): Promise<void> {
  target = await createTestDatabase();
  database = createDatabase(target.connection, 'target', { log });
  control = createControl(database);
  await control.ensure();
  await loadRun(runId, target, control);
}

async function shut(): Promise<void> {
  await database.end();
  await target.drop();
}

beforeEach(open);
afterEach(shut);

/** `same`: what the source says of rows that others wrote last; absent, it cannot be asked. */
function rollback(failpoint?: string, same?: ChangedRows['find']) {
  return createRollback({
    ...{ control, target: database, events: createEventPublisher(), log },
    failpoints: createFailpoints(failpoint),
    ...(same ? { compare: async () => ({ find: same, close: async () => {} }) } : {}),
  });
}

const left = (table: string) =>
  target.query<{ n: number }>(`select legacy_id as n from moved.${table} order by 1`).then(
    (rows) => rows.map(({ n }) => n),
    () => [],
  );

test('a changed row stays with the rows it needs, and is listed; nothing else does', async () => {
  await target.query('update moved.orders set legacy_id = legacy_id where legacy_id = 3');
  const foreseen = await rollback().preview(whole);
  const report = await rollback().undo(whole);
  expect(foreseen.entities).toEqual(report.entities);
  const by = Object.fromEntries(report.entities.map((entity) => [entity.entity, entity]));
  expect(by.orders).toMatchObject({
    rows: 9,
    tableDropped: false,
    left: { changed: 1, pointedAt: 0, rows: [{ legacyId: '3', reason: 'changed', columns: null }] },
  });
  // order 3 needs case 3 and office 3, and an office the one before it
  expect(by.cases!.left).toMatchObject({ changed: 0, pointedAt: 1 });
  expect(by.offices!.left).toMatchObject({ changed: 0, pointedAt: 3 });
  expect([await left('orders'), await left('cases'), await left('offices')]).toEqual([[3], [3], [1, 2, 3]]);
  expect(report.notVerified).toEqual([expect.stringContaining('could not be read')]);
  expect((await control.runs.get(runId)).state).toBe('rolled-back');
  expect(await control.left.entities(runId)).toEqual([
    { entity: 'cases', rows: 1 },
    { entity: 'offices', rows: 3 },
    { entity: 'orders', rows: 1 },
  ]);
});

test('told to, it takes changed rows too, at once or afterwards', async () => {
  await target.query('update moved.offices set legacy_id = 700 where legacy_id = 7');
  const foreseen = await rollback().preview({ ...whole, force: true });
  expect(foreseen.entities.find(({ entity }) => entity === 'offices')).toMatchObject({
    rows: 10,
    forced: 1,
    left: { changed: 0 },
  });
  await rollback().undo(whole);
  expect(await left('offices')).toEqual([1, 2, 3, 4, 5, 6, 700]);
  await rollback().undo({ ...whole, force: true });
  expect(await left('offices')).toEqual([]);
  expect(await control.left.entities(runId)).toEqual([]);
});

test('rows that others deleted are counted', async () => {
  await target.query('update moved.cases set current_order_id = null where legacy_id = 4');
  await target.query('delete from moved.orders where legacy_id = 4');
  const report = await rollback(undefined, async () => new Map()).undo(whole);
  expect(report.entities.find(({ entity }) => entity === 'orders')).toMatchObject({ rows: 9, goneBefore: 1 });
  expect(await left('cases')).toEqual([]);
});

test('a row that others wrote again with the same values goes like the others', async () => {
  await target.query('update moved.orders set legacy_id = legacy_id');
  const asked: string[] = [];
  const report = await rollback(undefined, async (entity, ids) => {
    asked.push(`${entity} ${ids.length}`);
    return new Map();
  }).undo(whole);
  expect(asked).toEqual(['orders 10']);
  expect(report.entities.every(({ tableDropped }) => tableDropped)).toBe(true);
});

test('the source says which columns were changed', async () => {
  await target.query('update moved.orders set legacy_id = legacy_id where legacy_id in (2, 5)');
  const report = await rollback(undefined, async (_, ids) => new Map([[ids[0]!, ['legacy_id']]])).preview(
    whole,
  );
  expect(report.entities.find(({ entity }) => entity === 'orders')!.left).toMatchObject({
    changed: 1,
    rows: [{ columns: ['legacy_id'] }],
  });
});

test.each([
  ['vacuum full', 'vacuum full moved.orders'],
  ['freezing', 'vacuum freeze moved.orders'],
  ['clustering', 'cluster moved.orders using orders_pkey'],
])('%s changes nobody’s rows', async (_, sql) => {
  await target.query(sql);
  const report = await rollback().preview(whole);
  expect(report.entities.every(({ rows, left: stay }) => rows === 10 && stay.changed === 0)).toBe(true);
});

test.each([
  [
    'an alter that writes the table anew',
    'alter table moved.orders add column drawn float8 default random()',
  ],
  ['entries out of a dump of another server', 'update towpath.run_transactions set xid = xid + 1'],
  ['entries of 2^32 transactions ago', 'update towpath.run_transactions set xid = xid - 4294967296'],
])('after %s the content decides, and without it the rows count as changed', async (_, sql) => {
  await target.query(sql);
  const unknown = await rollback().preview(whole);
  expect(unknown.entities.find(({ entity }) => entity === 'orders')!.left.changed).toBe(10);
  const known = await rollback(undefined, async () => new Map()).preview(whole);
  expect(known.entities.every(({ rows, left: stay }) => rows === 10 && stay.changed === 0)).toBe(true);
});

test('more changed rows than could be looked through are not left one by one; told to, they go', async () => {
  await target.query('update moved.orders set legacy_id = legacy_id where legacy_id <= 4');
  await target.query('update moved.cases set legacy_id = legacy_id where legacy_id <= 2');
  const few = (mostLeft: number) =>
    createRollback({
      ...{ control, target: database, events: createEventPublisher(), log, mostLeft },
      failpoints: createFailpoints(undefined),
    });
  expect((await few(6).preview(whole)).entities.map(({ left: stay }) => stay.changed).sort()).toEqual([
    0, 2, 4,
  ]);
  for (const act of ['preview', 'undo'] as const)
    await expect(few(5)[act](whole)).rejects.toMatchObject({ code: 'TOO_MANY_CHANGED' });
  expect([await left('orders'), await left('cases'), await left('offices')].flat()).toHaveLength(30);
  const report = await few(0).undo({ ...whole, force: true });
  expect(report.entities.map(({ forced }) => forced).sort()).toEqual([0, 2, 4]);
  expect([await left('orders'), await left('cases'), await left('offices')].flat()).toEqual([]);
});

test('a level goes with all later ones', async () => {
  const report = await rollback().undo({ ...whole, level: 2 });
  expect(report.entities.map(({ entity }) => entity).sort()).toEqual(['cases', 'orders']);
  expect(await left('offices')).toHaveLength(10);
  await expect(rollback().preview({ ...whole, level: 9 })).rejects.toMatchObject({ code: 'UNKNOWN_LEVEL' });
});

test('a change that is under way while its row is to go: waited for, then the row stays with what it needs', async () => {
  await target.query('create view moved.open_orders as select * from moved.orders');
  const someone = await database.session({ purpose: 'someone' });
  try {
    await someone.query('begin');
    await someone.query('update moved.orders set legacy_id = 100 where legacy_id = 1');
    const undoing = rollback().undo(whole);
    await expect.poll(waiting).toBe(1);
    await someone.query('commit');
    const by = Object.fromEntries((await undoing).entities.map((entity) => [entity.entity, entity]));
    expect(by.orders).toMatchObject({ rows: 9, left: { changed: 1, rows: [{ legacyId: '1' }] } });
  } finally {
    await someone.release();
  }
  expect([await left('orders'), await left('cases'), await left('offices')]).toEqual([[100], [1], [1]]);
  expect(await control.left.entities(runId)).toEqual([
    { entity: 'cases', rows: 1 },
    { entity: 'offices', rows: 1 },
    { entity: 'orders', rows: 1 },
  ]);
});

test('what stays after all still points to what it pointed to, in a cycle and in its own table', async () => {
  await target.query('create view moved.open_orders as select * from moved.orders');
  const someone = await database.session({ purpose: 'someone' });
  try {
    await someone.query('begin');
    await someone.query('update moved.orders set legacy_id = legacy_id where legacy_id = 3');
    const undoing = rollback().undo(whole);
    await expect.poll(waiting).toBe(1);
    await someone.query('commit');
    await undoing;
  } finally {
    await someone.release();
  }
  expect([await left('orders'), await left('cases'), await left('offices')]).toEqual([[3], [3], [1, 2, 3]]);
  const [kept] = await target.query(`select
    (select count(*)::int from moved.cases where current_order_id is not null) as cases,
    (select count(*)::int from moved.offices where parent_id is not null) as offices`);
  expect(kept).toEqual({ cases: 1, offices: 2 });
});

test('a row that somebody is about to point to stays', async () => {
  await target.query(
    `create table moved.theirs (order_id uuid references moved.orders (id) on delete cascade)`,
  );
  await target.query(`insert into moved.theirs select id from moved.orders where legacy_id = 1`);
  const someone = await database.session({ purpose: 'someone' });
  try {
    await someone.query('begin');
    await someone.query(`insert into moved.theirs select id from moved.orders where legacy_id = 2`);
    const undoing = rollback().undo(whole);
    await expect.poll(waiting).toBe(1);
    await someone.query('commit');
    await undoing;
  } finally {
    await someone.release();
  }
  expect(await left('orders')).toEqual([1, 2]);
  expect(await target.query('select from moved.theirs')).toHaveLength(2);
});

test('a row that was left, and that somebody is about to point to, stays even when changed rows are taken', async () => {
  await target.query('update moved.offices set legacy_id = legacy_id where legacy_id = 1');
  await rollback().undo(whole);
  expect(await left('offices')).toEqual([1]);
  await target.query(
    `create table moved.theirs (office_id uuid references moved.offices (id) on delete cascade)`,
  );
  const someone = await database.session({ purpose: 'someone' });
  try {
    await someone.query('begin');
    await someone.query(`insert into moved.theirs select id from moved.offices`);
    const undoing = rollback().undo({ ...whole, force: true });
    await expect.poll(waiting).toBe(1);
    await someone.query('commit');
    await undoing;
  } finally {
    await someone.release();
  }
  expect(await left('offices')).toEqual([1]);
  expect(await target.query('select from moved.theirs')).toHaveLength(1);
});

/** Sessions that wait for a lock which another holds. */
const waiting = () =>
  target
    .query<{ n: number }>(
      "select count(*)::int as n from pg_locks where not granted and locktype in ('transactionid', 'tuple')",
    )
    .then(([row]) => row!.n);

const TABLES = ['offices', 'orders', 'cases'] as const;
const write = fc.record({
  table: fc.constantFrom(...TABLES),
  key: fc.integer({ min: 1, max: 10 }),
});
const POINTS = ['restored', 'decided', 'untied', 'chunk', 'entity'] as const;
const stop = fc.record({ point: fc.constantFrom(...POINTS), hit: fc.integer({ min: 1, max: 6 }) });

test('broken off anywhere, it comes to the same end, and a second time changes nothing', async () => {
  const cases = fc.tuple(fc.array(write, { maxLength: 3 }), fc.array(stop, { maxLength: 3 }));
  await fc.assert(
    fc.asyncProperty(cases, async ([writes, stops]) => {
      const ends: unknown[] = [];
      for (const points of [[], stops]) {
        await shut();
        await open();
        for (const { table, key } of writes)
          await target.query(`update moved.${table} set legacy_id = legacy_id where legacy_id = ${key}`);
        for (const { point, hit } of points)
          await rollback(`rollback.${point}:${hit}=error`)
            .undo(whole)
            .catch(() => undefined);
        await rollback().undo(whole);
        const end = await contents();
        await rollback().undo(whole);
        expect(await contents()).toEqual(end);
        ends.push(end);
      }
      expect(ends[1]).toEqual(ends[0]);
    }),
    { numRuns: 6 },
  );
}, 300_000);

async function contents() {
  const rows = await control.left.entities(runId);
  const tables = await Promise.all(TABLES.map(left));
  const [pairs] = await target.query('select count(*)::int as n from towpath.mapping_pairs');
  return { rows, tables, pairs, state: (await control.runs.get(runId)).state };
}
