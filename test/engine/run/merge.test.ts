/** Moving into tables that people use already: rows that are there keep their id, and nothing else of theirs is touched. */
import { afterEach, describe, expect, test } from 'vitest';
import type { Engine, MigrateOptions } from '../../../engine/contract/contract.ts';
import { createClock } from '../../../engine/core/clock.ts';
import { createFailpoints } from '../../../engine/core/failpoints.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
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
      dark: onMatch === 'keep' ? 130 : 0,
    });
    const undone = await engine.rollback({ runId: run.runId, entities: [], preview: false });
    expect(undone.entities.find(({ entity }) => entity === 'users')).toMatchObject({ rows: 270, kept: 150 });
    expect(await content(world)).toEqual(before);
  });
});
