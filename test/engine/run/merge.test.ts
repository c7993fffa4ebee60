/** Moving into tables that people use already: rows that are there keep their id, and nothing else of theirs is touched. */
import { afterEach, describe, expect, test } from 'vitest';
import type { Engine } from '../../../engine/contract/contract.ts';
import type { MigrateOptions } from '../../../engine/contract/run.ts';
import { createClock } from '../../../engine/core/clock.ts';
import { createFailpoints } from '../../../engine/core/failpoints.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import { Secret } from '../../../engine/core/secret.ts';
import { createDatabase, type Database } from '../../../engine/db/database.ts';
import type { PlanFile } from '../../../engine/plan/plan-file.ts';
import { createEngine } from '../../../engine/run/engine.ts';
import { createTestDatabase, defineTemplate, type TestDatabase } from '../../helpers/test-database.ts';
import { contentSql, legacyShop, newShop } from '../../scenarios/existing-target/shop.sql.ts';
import { shopPlan } from '../../scenarios/existing-target/shop-plan.ts';
import { runSql } from './run-sql.ts';

const legacy = defineTemplate('legacy_shop', (url) => runSql(url, legacyShop));
const shop = defineTemplate('new_shop', (url) => runSql(url, newShop));

interface World {
  readonly engine: Engine;
  readonly source: TestDatabase;
  readonly target: TestDatabase;
  readonly plan: PlanFile;
}

const opened: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

async function openWorld(onMatch: 'keep' | 'update', failpoint = ''): Promise<World> {
  const [source, target] = [await createTestDatabase(legacy), await createTestDatabase(shop)];
  const databases = [connect(source, 'source'), connect(target, 'target')] as const;
  const engine = engineOn(databases, failpoint);
  opened.push(async () => {
    await engine.close();
    for (const database of databases) await database.end();
    await Promise.all([source.drop(), target.drop()]);
  });
  return { engine, source, target, plan: shopPlan(await engine.analyze({ structureOnly: true }), onMatch) };
}

function connect(of: TestDatabase, role: 'source' | 'target'): Database {
  return createDatabase(of.connection, role, { log: createSilentLog() });
}

function engineOn([source, target]: readonly [Database, Database], failpoint: string): Engine {
  return createEngine({
    config: { maxRetryAttempts: 0 },
    source,
    target,
    log: createSilentLog(),
    clock: createClock(),
    failpoints: createFailpoints(failpoint),
  });
}

const OPTIONS: MigrateOptions = {
  entities: [],
  withDependencies: false,
  dryRun: false,
  batchSize: 97,
  maxConcurrency: 3,
  checkpointFrequency: 1000,
  timeoutMinutes: null,
  maxFailureRate: 1,
  validate: true,
  approveAs: 'tester',
};

const content = ({ target }: World) =>
  target.query<{ name: string; digest: string; rows: number }>(contentSql);

test('a rehearsal fills empty copies of the tables and leaves nothing', async () => {
  const world = await openWorld('update');
  const before = await content(world);
  const report = await world.engine.rehearse(world.plan, { entities: [], sample: 40 });
  expect(report.validation.issues.filter(({ kind }) => kind !== 'readiness')).toEqual([]);
  expect(report.status).toBe('passed');
  expect(await content(world)).toEqual(before);
  expect(
    await world.target.query(`select 1 from pg_namespace where nspname like 'towpath_rehearsal%'`),
  ).toEqual([]);
});

test('what does not fit in a row that stays as it is costs nothing: nothing of it would be written', async () => {
  const world = await openWorld('keep');
  await world.source.query(`update shop_customer set state = 99 where id in (3, 4)`);
  const run = await world.engine.migrate(world.plan, { ...OPTIONS, entities: ['users', 'orders'] });
  const aside = await world.engine.quarantine({});
  expect(aside.filter(({ entity }) => entity === 'users').map(({ legacyId }) => legacyId)).toEqual(['4']);
  const orders = await world.source.query<{ id: string }>(
    'select id::text as id from shop_order where customer_id = 4 order by 1',
  );
  const lost = aside.filter(({ entity }) => entity === 'orders').map(({ legacyId }) => legacyId);
  expect(lost.sort(), 'only those of the one that is not there').toEqual(orders.map(({ id }) => id));
  expect(run.validation?.overallStatus).toBe('verified');
});

test('a natural key that the target compares without case is recognised in any', async () => {
  const world = await openWorld('keep');
  const { engine, plan, target } = world;
  await target.query(`create schema ext; create extension citext schema ext;
    alter table public.orders alter number type ext.citext;
    update public.orders set number = lower(number::text) where number::text like 'A-%'`);
  const before = await target.query<{ n: number }>(
    `select count(*)::int as n from public.orders where number::text like 'a-%'`,
  );
  expect(before[0]!.n).toBeGreaterThan(0);
  const cased: PlanFile = {
    ...plan,
    entities: plan.entities.map((entity) => ({
      ...entity,
      columns: entity.columns.map((column) =>
        entity.name === 'orders' && column.to === 'number' ? { ...column, type: 'ext.citext' } : column,
      ),
    })),
  };
  const run = await engine.migrate(cased, {
    ...OPTIONS,
    entities: ['users', 'orders'],
    withDependencies: true,
  });
  expect(run.validation?.overallStatus).toBe('verified');
  const found = await target.query(
    `select count(*)::int as n from towpath.migration_mappings where entity = 'orders' and merged = 'kept'`,
  );
  expect(found).toEqual(before);
});

describe.each(['keep', 'update'] as const)('rows that are there: %s', (onMatch) => {
  test('are matched, referred to, validated, and given back', async () => {
    const world = await openWorld(onMatch);
    const { engine, plan, target } = world;
    const before = await content(world);
    const ids = await target.query('select id, lower(email) as email from public.users order by 1');
    const run = await engine.migrate(plan, OPTIONS);
    expect(run.validation?.issues).toEqual([]);
    expect(run.validation?.overallStatus).toBe('verified');
    expect(run.state).toBe('completed');
    expect(run.entities.filter(({ quarantined }) => quarantined > 0)).toEqual([]);
    const after = await target.query<{ id: string; email: string }>(
      'select id, lower(email) as email from public.users',
    );
    expect(after).toHaveLength(400 + 20);
    expect(after).toEqual(expect.arrayContaining(ids));
    const [figures] = await target.query(`select
      (select count(*)::int from public.orders o join public.users u on u.id = o.user_id where o.number like 'A-%' and u.first_name like 'New%') as "toKept",
      (select count(*)::int from towpath.migration_mappings where merged is not null and entity = 'users') as users,
      (select count(*)::int from towpath.migration_mappings where merged is not null and entity = 'orders') as orders,
      (select first_name from public.users where lower(email) = 'person6@example.org') as name,
      (select count(*)::int from public.audit) as audit,
      (select count(*)::int from public.users where metadata ->> 'theme' = 'dark') as dark`);
    expect(figures).toEqual({
      toKept: onMatch === 'keep' ? expect.any(Number) : 0,
      users: 130,
      orders: 5,
      name: onMatch === 'keep' ? 'New6' : 'First6',
      audit: 150,
      dark: 130,
    });
    expect((await engine.report(run.runId)).merged).toEqual([
      { entity: 'users', kept: onMatch === 'keep' ? 130 : 0, updated: onMatch === 'keep' ? 0 : 130 },
      { entity: 'orders', kept: onMatch === 'keep' ? 5 : 0, updated: onMatch === 'keep' ? 0 : 5 },
    ]);
    const undone = await engine.rollback({ runId: run.runId, entities: [], preview: false });
    expect(undone.entities.find(({ entity }) => entity === 'users')).toMatchObject({ rows: 270, kept: 150 });
    expect(await content(world)).toEqual(before);
  });
});

test('rows that get the old system’s values get nothing that it does not say', async () => {
  const world = await openWorld('update');
  const { engine, plan, target } = world;
  const before = await content(world);
  plan.entities
    .find(({ name }) => name === 'users')!
    .columns.push({
      to: 'locale',
      type: 'text',
      nullable: false,
      transform: { kind: 'constant', value: 'unknown' },
      onMisfit: 'quarantine',
      confidence: 1,
      reason: '',
    });
  const run = await engine.migrate(plan, OPTIONS);
  expect(run.validation?.issues).toEqual([]);
  expect(run.validation?.overallStatus).toBe('verified');
  const [figures] = await target.query(`select
    (select count(*)::int from public.users where locale = 'unknown') as unknown,
    (select count(*)::int from public.users where locale = 'en' and first_name like 'First%') as updated,
    (select metadata from public.users where lower(email) = 'person15@example.org') as both`);
  expect(figures).toEqual({ unknown: 270, updated: 130, both: { theme: 'dark', notes: 'prefers paper' } });
  await target.query(`begin; set local session_replication_role = replica;
    update public.users set locale = 'xx' where lower(email) in ('person1@example.org', 'person3@example.org'); commit`);
  const report = await engine.validate({
    runId: run.runId,
    type: 'accuracy',
    entities: ['users'],
    fix: false,
  });
  const differing = report.issues.filter(({ check }) => check !== 'foreign-writers');
  expect(differing.map(({ key, column }) => [key, column])).toEqual([['1', 'locale']]);
  await target.query(`begin; set local session_replication_role = replica;
    update public.users set locale = 'en' where lower(email) = 'person3@example.org'; commit`);
  const undo = { runId: run.runId, entities: [], preview: false };
  const undone = await engine.rollback(undo);
  const users = undone.entities.find(({ entity }) => entity === 'users');
  expect(users?.left.changed, 'what others have changed stays').toBe(1);
  await engine.rollback({ ...undo, forceChanged: true });
  expect(await content(world)).toEqual(before);
});

describe('what nobody has said', () => {
  test('a row that fits several, and a second one that fits the same, are set aside', async () => {
    const world = await openWorld('update');
    const { engine, plan, source, target } = world;
    await target.query(
      `insert into public.users (email, first_name, last_name) values ('Person4@example.org', 'Double', 'Entry'), ('PERSON4@example.org', 'Double', 'Entry')`,
    );
    await source.query(`alter table shop_order drop constraint shop_order_order_no_key`);
    await source.query(`update shop_order set order_no = 'A-20' where id = 21`);
    const altered = shopPlan(await engine.analyze({ structureOnly: true }), 'update');
    const before = await content(world);
    const run = await engine.migrate(altered, OPTIONS);
    expect(run.validation?.overallStatus).toBe('verified');
    const held = await engine.quarantine({ runId: run.runId, cause: 'ambiguous-match' });
    expect(held.map(({ entity, legacyId }) => [entity, legacyId])).toEqual(
      expect.arrayContaining([
        ['users', '4'],
        ['orders', '21'],
      ]),
    );
    expect(
      await target.query(`select total::text as total from public.orders where number = 'A-20'`),
    ).toEqual([{ total: '25.00' }]);
    await engine.rollback({ runId: run.runId, entities: [], preview: false });
    expect(await content(world)).toEqual(before);
    expect(plan.entities).toHaveLength(5);
  });

  test('a row that was deleted after it was matched arrives as any other', async () => {
    const world = await openWorld('keep', 'entity.matched:2=error');
    const { engine, plan, target } = world;
    const failed = await engine.migrate(plan, OPTIONS).catch((error: unknown) => error);
    expect(failed).toBeDefined();
    await target.query(`delete from public.users where email = 'person9@example.org'`);
    const [run] = await engine.runs();
    const resumed = await engine.resume(run!.runId, {
      batchSize: 97,
      maxConcurrency: 2,
      validate: true,
    });
    expect(resumed.validation?.overallStatus).toBe('verified');
    expect(
      await target.query(`select first_name as name from public.users where email = 'person9@example.org'`),
    ).toEqual([{ name: 'First9' }]);
    await engine.rollback({ runId: run!.runId, entities: [], preview: false });
    expect(await target.query(`select 1 from public.users where email = 'person9@example.org'`)).toEqual([]);
  });

  test('a row that was deleted after it was matched, and does not fit, is set aside with its children', async () => {
    const world = await openWorld('keep', 'entity.matched:2=error');
    const { engine, plan, source, target } = world;
    await source.query('update shop_customer set state = 99 where id in (3, 9)');
    await expect(engine.migrate(plan, OPTIONS)).rejects.toBeDefined();
    await target.query(`delete from public.users where email = 'person9@example.org'`);
    const [run] = await engine.runs();
    const resumed = await engine.resume(run!.runId, { batchSize: 97, maxConcurrency: 2, validate: true });
    expect(resumed.validation?.overallStatus).toBe('verified');
    const aside = await engine.quarantine({});
    expect(aside.filter(({ entity }) => entity === 'users').map(({ legacyId }) => legacyId)).toEqual(['9']);
    const ordersOf9 = await source.query<{ id: string }>(
      'select id::text as id from shop_order where customer_id = 9 order by 1',
    );
    const lost = aside.filter(({ entity }) => entity === 'orders').map(({ legacyId }) => legacyId);
    expect(ordersOf9.length).toBeGreaterThan(0);
    expect(lost.sort()).toEqual(ordersOf9.map(({ id }) => id));
    const pairs = await target.query(
      `select legacy_id as id from towpath.migration_mappings where entity = 'users' and legacy_id in ('3', '9')`,
    );
    expect(pairs).toEqual([{ id: '3' }]);
  });

  test('a row that others changed since is left as they have it, and named', async () => {
    const world = await openWorld('update');
    const { engine, plan, target } = world;
    const run = await engine.migrate(plan, OPTIONS);
    const [row] = await target.query<{ id: string }>(
      `update public.users set phone = 'changed later' where lower(email) = 'person12@example.org' returning id`,
    );
    const undone = await engine.rollback({ runId: run.runId, entities: [], preview: false });
    expect(undone.entities.find(({ entity }) => entity === 'users')).toMatchObject({
      restored: 129,
      left: { changed: 1, rows: [{ id: row!.id, reason: 'changed' }] },
    });
    expect(await target.query(`select phone from public.users where id = $1`, [row!.id])).toEqual([
      { phone: 'changed later' },
    ]);
  });

  test('moved rows that others tied theirs to stay, until nothing points to them any more', async () => {
    const world = await openWorld('keep');
    const { engine, plan, target } = world;
    const run = await engine.migrate(plan, OPTIONS);
    const [person] = await target.query<{ id: string }>(
      `insert into public.orders (number, user_id, status, total)
        select 'LATER', id, 'new', 1 from public.users where email = 'person1@example.org' returning user_id as id`,
    );
    const undo = { runId: run.runId, entities: [], preview: false };
    const undone = await engine.rollback(undo);
    expect(undone.entities.find(({ entity }) => entity === 'users')?.left).toMatchObject({
      pointedAt: 1,
      rows: [{ id: person!.id, reason: 'pointed-at' }],
    });
    expect(await target.query(`select 1 from public.orders where number = 'LATER'`)).toHaveLength(1);
    expect(await target.query('select count(*)::int as rows from public.users')).toEqual([{ rows: 151 }]);
    // even told to take what others changed, it takes nothing that they need
    await engine.rollback({ ...undo, forceChanged: true });
    expect(await target.query('select count(*)::int as rows from public.users')).toEqual([{ rows: 151 }]);
    await target.query(`delete from public.orders where number = 'LATER'`);
    await engine.rollback({ ...undo, forceChanged: true });
    expect(await target.query('select count(*)::int as rows from public.users')).toEqual([{ rows: 150 }]);
  });

  test('a foreign key that the plan does not know sets its rows aside, although triggers are quiet', async () => {
    const world = await openWorld('keep');
    const { engine, plan, target } = world;
    await target.query(`create table public.locales (code text primary key); insert into public.locales values ('en');
      alter table public.users add foreign key (locale) references public.locales`);
    const users = plan.entities.find(({ name }) => name === 'users')!;
    users.columns.push({
      to: 'locale',
      type: 'text',
      nullable: false,
      from: 'state',
      onMisfit: 'quarantine',
      confidence: 1,
      reason: '',
      transform: { kind: 'choice', map: { 1: 'en', 2: 'tlh' }, unknown: 'quarantine' },
    });
    const run = await engine.migrate(plan, OPTIONS);
    expect(run.validation?.issues).toEqual([]);
    expect(await target.query(`select 1 from public.users where locale = 'tlh'`)).toEqual([]);
    const held = await engine.quarantine({ runId: run.runId, entity: 'users', limit: 1000 });
    expect(held.length).toBeGreaterThan(100);
    expect(held[0]).toMatchObject({ reason: 'orphan-reference', column: 'locale' });
  });

  test('a reference into another table than the foreign key asks for sets its rows aside', async () => {
    const world = await openWorld('keep');
    const { engine, plan, target } = world;
    await target.query(`create table public.people (id uuid primary key);
      alter table public.orders drop constraint orders_user_id_fkey;
      alter table public.orders add foreign key (user_id) references public.people not valid`);
    const before = await target.query('select count(*)::int as rows from public.orders');
    const run = await engine.migrate(plan, OPTIONS);
    expect(await target.query('select count(*)::int as rows from public.orders')).toEqual(before);
    expect(run.validation?.overallStatus).toBe('verified');
    const held = await engine.quarantine({ runId: run.runId, entity: 'orders', limit: 1000 });
    expect(held).toHaveLength(895);
    expect(held[0]).toMatchObject({ reason: 'orphan-reference', column: 'user_id' });
  });

  test('rows that a foreign key of the table would refuse are never called verified', async () => {
    const world = await openWorld('keep');
    const { engine, plan, target } = world;
    const run = await engine.migrate(plan, OPTIONS);
    expect(run.validation?.overallStatus).toBe('verified');
    await target.query(`create table public.people (id uuid primary key);
      insert into public.people select id from public.users where email <> 'person1@example.org';
      alter table public.orders add constraint orders_people foreign key (user_id) references public.people not valid`);
    const report = await engine.validate({
      runId: run.runId,
      type: 'integrity',
      entities: [],
      fix: false,
    });
    expect(report.overallStatus).toBe('differences');
    const orders = report.issues.filter(({ check }) => check === 'declared-key');
    expect(orders.map(({ entity, column }) => [entity, column])).toEqual([
      ['orders', 'user_id'],
      ['orders', 'user_id'],
    ]);
  });

  test('a target that changed since is told by column before anything is moved', async () => {
    const { engine, plan, target } = await openWorld('keep');
    await target.query('alter table public.users rename column phone to telephone');
    await target.query('alter table public.orders add column shop text');
    await target.query("update public.orders set shop = 'x'");
    await target.query('alter table public.orders alter column shop set not null');
    await expect(engine.migrate(plan, OPTIONS)).rejects.toMatchObject({
      code: 'TARGET_DRIFT',
      message: expect.stringContaining('has no column phone'),
      details: {
        changes: [
          expect.anything(),
          expect.objectContaining({ message: 'The target requires shop, which has no source.' }),
        ],
      },
    });
  });

  test('a column that counts by itself goes on behind the old numbers', async () => {
    const { engine, plan, target } = await openWorld('keep');
    await target.query('alter table public.orders add column serial_no int generated by default as identity');
    plan.entities
      .find(({ name }) => name === 'orders')!
      .columns.push({
        to: 'serial_no',
        from: 'id',
        type: 'integer',
        nullable: false,
        transform: { kind: 'copy' },
        onMisfit: 'quarantine',
        confidence: 1,
        reason: '',
      });
    const run = await engine.migrate(plan, OPTIONS);
    expect(run.validation?.overallStatus).toBe('verified');
    const next = await target.query(
      `insert into public.orders (number, user_id, status, total) select 'next', id, 'new', 1 from public.users limit 1 returning serial_no`,
    );
    expect(next).toEqual([{ serial_no: 901 }]);
  });

  test('triggers fire where the plan says so', async () => {
    const { engine, plan, target } = await openWorld('update');
    const users = plan.entities.find(({ name }) => name === 'users')!;
    users.target.triggers = 'fire';
    await engine.migrate(plan, OPTIONS);
    expect(await target.query('select count(*)::int as rows from public.audit')).toEqual([
      { rows: 150 + 400 },
    ]);
  });
});

describe('a user who may not do everything', () => {
  /** Owns nothing, may write everything. */
  async function openLimited(more: string): Promise<World> {
    const world = await openWorld('keep');
    const role = `limited_${world.target.name.slice(-12)}`;
    await world.target.query(`create role ${role} login password 'limited'; grant create, temporary on database ${world.target.name} to ${role};
      grant all on schema public to ${role}; grant all on all tables in schema public to ${role}; ${more.replaceAll('%', role)}`);
    const connection = { ...world.target.connection, user: role, password: new Secret('limited') };
    const databases = [
      connect(world.source, 'source'),
      createDatabase(connection, 'target', { log: createSilentLog() }),
    ] as const;
    opened.push(async () => {
      for (const database of databases) await database.end();
      await world.target.query(
        `drop schema if exists towpath cascade; drop owned by ${role}; drop role ${role}`,
      );
    });
    return { ...world, engine: engineOn(databases, '') };
  }

  test('is told where policies decide what it sees', async () => {
    const { engine, plan, target } = await openLimited('');
    await expect(engine.migrate(plan, OPTIONS)).rejects.toMatchObject({ code: 'TARGET_ROW_SECURITY' });
    expect(await target.query('select count(*)::int as rows from public.users')).toEqual([{ rows: 150 }]);
  });

  test('is told where triggers would fire, and may let them', async () => {
    const { engine, plan, target } = await openLimited(
      'alter table public.users disable row level security; alter table public.orders disable row level security',
    );
    plan.entities[0]!.columns = plan.entities[0]!.columns.filter(({ to }) => to !== 'parent_id');
    plan.entities[0]!.deferred = [];
    plan.entities[0]!.leftOut = [{ column: 'parent', reason: 'not asked for' }];
    await expect(engine.migrate(plan, OPTIONS)).rejects.toMatchObject({
      code: 'TARGET_TRIGGERS_FIRE',
      message: expect.stringContaining('users_tell'),
    });
    for (const entity of plan.entities)
      if (['users', 'orders'].includes(entity.name)) entity.target.triggers = 'fire';
    const run = await engine.migrate(plan, OPTIONS);
    expect(run.validation?.overallStatus).toBe('verified');
    expect(await target.query('select count(*)::int as rows from public.audit')).toEqual([
      { rows: 150 + 270 },
    ]);
  });
});
