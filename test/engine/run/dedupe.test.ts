/** Rows that are one record, told from all sides: the page's example, money, the report, a single row, a rehearsal, a damaged target. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { parse } from 'yaml';
import type { Engine } from '../../../engine/contract/contract.ts';
import type { MigrateOptions } from '../../../engine/contract/run.ts';
import { createClock } from '../../../engine/core/clock.ts';
import { createFailpoints } from '../../../engine/core/failpoints.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase } from '../../../engine/db/database.ts';
import { rowFacts } from '../../../engine/journey/facts/row-facts.ts';
import { answerQuestions } from '../../../engine/plan/changes/answer-question.ts';
import { checkPlan } from '../../../engine/plan/check-plan.ts';
import { comparePlans } from '../../../engine/plan/compare-plans.ts';
import { parsePlan } from '../../../engine/plan/plan-document.ts';
import { type PlanFile, planFile } from '../../../engine/plan/plan-file.ts';
import { writePlan } from '../../../engine/plan/write-plan.ts';
import { renderMarkdown } from '../../../engine/report/render-markdown.ts';
import { createEngine } from '../../../engine/run/engine.ts';
import type { Catalog } from '../../../engine/schema/catalog.ts';
import { createTestDatabase, type TestDatabase } from '../../helpers/test-database.ts';

type Entity = PlanFile['entities'][number];

interface World {
  readonly engine: Engine;
  readonly source: TestDatabase;
  readonly target: TestDatabase;
  readonly catalog: Catalog;
  /** As the tool proposes it, with changes to its entities. */
  plan(change: (entity: Entity) => unknown): PlanFile;
}

async function openWorld(sql: string, failpoint?: string): Promise<World> {
  const [source, target] = [await createTestDatabase(), await createTestDatabase()];
  await source.query(sql);
  const log = createSilentLog();
  const databases = [
    createDatabase(source.connection, 'source', { log }),
    createDatabase(target.connection, 'target', { log }),
  ] as const;
  const engine = createEngine({
    config: { maxRetryAttempts: 0 },
    source: databases[0],
    target: databases[1],
    log,
    clock: createClock(),
    failpoints: createFailpoints(failpoint),
  });
  onTestFinished(async () => {
    for (const database of databases) await database.end();
    await Promise.all([source.drop(), target.drop()]);
  });
  const catalog = await engine.analyze({ schemas: ['public'] });
  const proposed = engine.createPlan(catalog, {
    migration: 'same',
    targetSchema: 'moved',
    today: '2026-11-12',
  });
  return {
    engine,
    source,
    target,
    catalog,
    plan: (change) =>
      planFile.parse({
        ...proposed,
        questions: [],
        entities: proposed.entities.map((entity) => ({ ...entity, ...(change(entity) as object) })),
      }),
  };
}

const OPTIONS: MigrateOptions = {
  entities: [],
  withDependencies: false,
  dryRun: false,
  batchSize: 3,
  maxConcurrency: 2,
  checkpointFrequency: 1000,
  timeoutMinutes: null,
  maxFailureRate: 1,
  validate: true,
  approveAs: 'tester',
};

/** 12 customers, 1 = 5 = 9 and 2 = 6 by address; each has two payments of its number. */
const SHOP = `
  create table customer (id int primary key, email text not null, name text not null);
  create table payment (id int primary key, customer_id int not null references customer, reference text not null, amount numeric(12,2) not null);
  insert into customer select n, case when n in (5, 9) then 'C1@example.org' when n = 6 then 'c2@example.org' else 'c' || n || '@example.org' end, 'name ' || n from generate_series(1, 12) n;
  insert into payment select n, 1 + (n - 1) % 12, 'ref ' || case when n = 14 then 2 else n end, n + 0.25 from generate_series(1, 24) n`;
const sameCustomers = ({ name }: Entity) =>
  name.startsWith('customer') ? { dedupe: { by: ['email'], ignoreCase: true } } : {};

test('the example of the plan reference is what happens', async () => {
  const page = readFileSync(join(import.meta.dirname, '../../../docs/plan-reference.md'), 'utf8');
  const section = page.split('## Rows that are one record')[1]!.split('\n## ')[0]!;
  const rule = parse(/```yaml\n(.*?)```/s.exec(section)![1]!) as object;
  const [head, , ...rows] = [...section.matchAll(/^\|(.*)\|$/gm)].map(([, line]) =>
    line!.split('|').map((cell) => cell.trim()),
  );
  const columns = head!.slice(0, -1).map((cell) => /^`(.+)` (.+)$/.exec(cell)!);
  const saidIn = (cell: string) => (cell === '*null*' ? null : (/^`(.*)`$/.exec(cell)?.[1] ?? cell));
  const world = await openWorld(
    `create table people (${columns.map(([, column, type]) => `${column} ${type}`).join(', ')}, primary key (id))`,
  );
  for (const cells of rows)
    await world.source.query(
      'insert into people values ($1::int, $2, $3::date)',
      cells.slice(0, 3).map(saidIn),
    );
  const run = await world.engine.migrate(
    world.plan(() => rule),
    OPTIONS,
  );
  expect(run.validation?.overallStatus).toBe('verified');
  const pairs = await world.target.query<{ key: string; row: string; merged: string | null }>(
    `select m.legacy_id as key, p.legacy_id::text as row, m.merged from towpath.migration_mappings m
      join moved.people p on p.id = m.new_id order by 1`,
  );
  expect(pairs.map(({ key, row, merged }) => [key, merged ? `leads to ${row}` : 'has a row'])).toEqual(
    rows.map((cells) => [cells[0], cells.at(-1)]),
  );
  expect(rows).toHaveLength(6);
});

describe('customers that are there several times', () => {
  test('are one, and everything says so', async () => {
    const world = await openWorld(SHOP);
    const { engine, target } = world;
    const plan = world.plan(sameCustomers);
    const run = await engine.migrate(plan, OPTIONS);
    const [customers, payments] = run.entities;
    expect(customers).toMatchObject({
      totalRecords: 12,
      rowsRead: 12,
      written: 9,
      duplicates: 3,
      quarantined: 0,
    });
    expect(payments).toMatchObject({ totalRecords: 24, written: 24, quarantined: 0 });
    expect(payments!.duplicates).toBeUndefined();
    expect(run.validation?.overallStatus).toBe('verified');
    const said = run.validation!.checks.filter(({ entity }) => entity === customers!.entity);
    expect(said.find(({ type }) => type === 'record-count')!.message).toBe(
      '9 rows, as expected: 12 in the source − 0 left out by the plan − 0 set aside − 3 that are the same record as another and lead to its row.',
    );
    expect(said.find(({ type }) => type === 'mapping')!.message).toBe(
      '9 rows, each with one pair; every id follows from its old key. 3 more old keys lead to the row of the same record.',
    );
    expect(
      await target.query(`select c.legacy_id as customer, count(*)::int as payments, sum(p.amount)::text as total
        from moved.${payments!.entity} p join moved.${customers!.entity} c on c.id = p.customer_id
        where c.legacy_id in (1, 2, 3) group by 1 order by 1`),
    ).toEqual([
      { customer: 1, payments: 6, total: '67.50' },
      { customer: 2, payments: 4, total: '41.00' },
      { customer: 3, payments: 2, total: '18.50' },
    ]);
    const report = await engine.report(run.runId);
    expect(report.duplicates).toEqual([{ entity: customers!.entity, rows: 3, into: 2, by: ['email'] }]);
    const text = renderMarkdown(report, { detailed: false });
    expect(text).toContain('3 rows are the same record as one of 2 others by email.');
    expect(text).toContain('Same record as another');

    const question = { engine, plan, catalog: world.catalog };
    const told = await rowFacts(question, customers!.entity, '9');
    expect(told.data).toMatchObject({ fate: 'duplicate', legacyId: '9', duplicateOf: '1' });
    expect(told.words).toContain('is the same record as 1');
    expect((await rowFacts(question, customers!.entity, told.data.newId!)).data).toMatchObject({
      fate: 'moved',
      legacyId: '1',
    });
    expect(await engine.migrate(plan, OPTIONS)).toMatchObject({
      entities: [{ outcome: 'ALREADY_MIGRATED' }, {}],
    });
    const undone = await engine.rollback({ runId: run.runId, entities: [], preview: false });
    expect(undone.entities.find(({ entity }) => entity === customers!.entity)).toMatchObject({ rows: 9 });
    expect(await target.query('select 1 from towpath.kept_ids')).toEqual([]);
  });

  test('are one in a table that is there already, beside rows of others', async () => {
    const world = await openWorld(SHOP);
    await world.target.query(`create schema moved; create table moved.clients (id uuid primary key, email text not null, name text not null);
      insert into moved.clients values (gen_random_uuid(), 'c1@example.org', 'of others')`);
    const plan = world.plan((entity) => {
      if (!entity.name.startsWith('customer')) return {};
      const columns = entity.columns.filter(({ to }) => ['id', 'email', 'name'].includes(to));
      return {
        ...sameCustomers(entity),
        columns,
        target: { schema: 'moved', table: 'clients', create: false },
      };
    });
    const run = await world.engine.migrate(plan, OPTIONS);
    expect(run.validation?.issues.filter(({ kind }) => kind !== 'readiness')).toEqual([]);
    expect(run.validation?.overallStatus).toBe('verified');
    expect(run.entities[0]).toMatchObject({ written: 9, duplicates: 3 });
    expect(await world.target.query('select count(*)::int as rows from moved.clients')).toEqual([
      { rows: 10 },
    ]);
    await world.engine.rollback({ runId: run.runId, entities: [], preview: false });
    expect(await world.target.query('select name from moved.clients')).toEqual([{ name: 'of others' }]);
  });

  test('are one in a rehearsal, with the row that moves for them', async () => {
    const world = await openWorld(SHOP);
    for (const sample of [1, 2, 5, 40]) {
      const report = await world.engine.rehearse(world.plan(sameCustomers), { entities: [], sample });
      expect(report.status).toBe('passed');
      const [customers, payments] = report.entities;
      expect(customers!.quarantined + payments!.quarantined).toBe(0);
      expect(customers!.written + (customers!.duplicates ?? 0)).toBe(customers!.rows);
      if (sample === 40) expect(customers!.duplicates).toBe(3);
    }
    expect(await world.target.query('select 1 from towpath.kept_ids')).toEqual([]);
  });

  test('batches can be repeated from any number on', async () => {
    const places = [1, 2, 3].map((hit) => `run.copied:${hit}=error`).join(',');
    const world = await openWorld(SHOP, places);
    await world.engine.migrate(world.plan(sameCustomers), OPTIONS).catch(() => null);
    const [run] = await world.engine.runs();
    const resume = (restartFromBatch: number) =>
      world.engine.resume(run!.runId, {
        batchSize: 3,
        maxConcurrency: 2,
        validate: true,
        restartFromBatch,
      });
    for (const from of [6, 3]) {
      await expect(resume(from)).rejects.toThrow('run.copied');
      expect((await world.engine.status(run!.runId)).entities[0]).toMatchObject({
        written: 9,
        duplicates: 3,
      });
    }
    const again = await resume(1);
    expect(again.validation?.overallStatus).toBe('verified');
    expect(again.entities[0]).toMatchObject({ written: 9, duplicates: 3 });
  });

  test('keep an address of their own where addresses must be unique', async () => {
    const world = await openWorld(SHOP);
    const unique = (keep: 'first' | 'last') => (entity: Entity) => ({
      ...(entity.name.startsWith('customer')
        ? {
            dedupe: { by: ['email'], ignoreCase: true, keep },
            uniques: [{ name: 'one_address', columns: ['email'] }],
            columns: entity.columns.map((column) =>
              column.to === 'email'
                ? {
                    ...column,
                    transform: { kind: 'email', placeholderDomain: 'placeholder.invalid', unique: true },
                  }
                : column,
            ),
          }
        : {}),
    });
    const run = await world.engine.migrate(world.plan(unique('last')), OPTIONS);
    expect(run.validation?.overallStatus).toBe('verified');
    expect(run.entities[0]).toMatchObject({ written: 9, duplicates: 3, repaired: 0, quarantined: 0 });
    expect(
      await world.target.query(
        `select legacy_id as key, email from moved.${run.entities[0]!.entity} where email ~ '^c[12]@' order by 1`,
      ),
    ).toEqual([
      { key: 6, email: 'c2@example.org' },
      { key: 9, email: 'c1@example.org' },
    ]);
  });

  test('are set aside with the row that moves for them, where the new database refuses it', async () => {
    const world = await openWorld(SHOP);
    const plan = world.plan((entity) => ({
      ...sameCustomers(entity),
      ...(entity.name.startsWith('customer')
        ? { checks: [{ name: 'not_the_first', expression: `"name" <> 'name 1'` }] }
        : {}),
    }));
    const run = await world.engine.migrate(plan, OPTIONS);
    expect(run.validation?.issues.filter(({ kind }) => kind !== 'readiness')).toEqual([]);
    expect(run.entities[0]).toMatchObject({ written: 8, duplicates: 1, quarantined: 3 });
    const held = await world.engine.quarantine({ runId: run.runId, entity: run.entities[0]!.entity });
    expect(held.map(({ legacyId, reason }) => [legacyId, reason]).sort()).toEqual([
      ['1', 'refused-by-target'],
      ['5', 'kept-row-set-aside'],
      ['9', 'kept-row-set-aside'],
    ]);
    // payments of all three: nothing is left for them to point to
    expect(run.entities[1]).toMatchObject({ written: 18, quarantined: 6 });
  });

  test.each([
    ['lost its pair', `delete from towpath.mapping_pairs where legacy_id = '9' and merged = 'duplicate'`],
    [
      'leads to another row',
      `update towpath.mapping_pairs set new_id = gen_random_uuid() where legacy_id = '9' and merged = 'duplicate'`,
    ],
    [
      'has a row after all',
      `insert into moved.% select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'legacy_id', 9))).* from moved.% c where legacy_id = 1`,
    ],
    ['leads to a row that is gone', `delete from moved.payments; delete from moved.% where legacy_id = 1`],
  ])('validation tells where one %s', async (_what, damage) => {
    const world = await openWorld(SHOP);
    const run = await world.engine.migrate(world.plan(sameCustomers), OPTIONS);
    expect(run.validation?.overallStatus).toBe('verified');
    const entity = run.entities[0]!.entity;
    await world.target.query(damage.replaceAll('%', entity).replaceAll('payments', run.entities[1]!.entity));
    const report = await world.engine.validate({
      runId: run.runId,
      type: 'all',
      entities: [entity],
      fix: false,
    });
    expect(report.overallStatus).not.toBe('verified');
    expect(report.issues.filter(({ severity }) => severity === 'critical').length).toBeGreaterThan(0);
  });
});

test('keys of text and of several columns lead as well', async () => {
  const world = await openWorld(`
    create table item (shop text, nr text, sku text, primary key (shop, nr));
    create table sale (id int primary key, shop text, nr text, foreign key (shop, nr) references item);
    insert into item values ('a', 'x"1', 'S'), ('a', 'é', 's'), ('b', '1', 'S '), ('b', '2', 'T');
    insert into sale select row_number() over (order by shop, nr collate "C"), shop, nr from item`);
  const plan = world.plan(({ name }) =>
    name.startsWith('item')
      ? { dedupe: { by: ['sku'], ignoreCase: true, trim: true, orderBy: 'nr', keep: 'last' } }
      : {},
  );
  const run = await world.engine.migrate(plan, OPTIONS);
  expect(run.validation?.issues.filter(({ kind }) => kind !== 'readiness')).toEqual([]);
  expect(run.entities.find(({ entity }) => entity.startsWith('item'))).toMatchObject({
    written: 2,
    duplicates: 2,
  });
  const sales = await world.target.query<{ rows: number; items: number }>(
    `select count(*)::int as rows, count(distinct item_id)::int as items from (select to_jsonb(s) ->> (
      select attname from pg_attribute where attrelid = 'moved.sales'::regclass and atttypid = 'uuid'::regtype and attname <> 'id') as item_id from moved.sales s) t`,
  );
  expect(sales).toEqual([{ rows: 4, items: 2 }]);
});

describe('money', () => {
  const dedupe = (more: object) => (entity: Entity) =>
    entity.name.startsWith('payment') ? { dedupe: { by: ['reference'], ...more } } : {};
  const errors = (world: World, plan: PlanFile) =>
    checkPlan(plan, world.catalog)
      .filter(({ severity }) => severity === 'error')
      .map(({ path, message }) => `${path}: ${message}`);

  test('is not lost unless the plan names it', async () => {
    const world = await openWorld(SHOP);
    const silent = world.plan(dedupe({}));
    expect(errors(world, silent)).toEqual([
      'entities.payments.dedupe.loses: Of rows that are one record a single one is moved, so what the others have in amount would be missing in the new system.',
    ]);
    await expect(world.engine.migrate(silent, OPTIONS)).rejects.toMatchObject({ code: 'PLAN_INVALID' });
    expect(await world.target.query(`select to_regclass('moved.payments') as made`)).toEqual([
      { made: null },
    ]);
  });

  test('that is lost is told to the last digit', async () => {
    const world = await openWorld(SHOP);
    const run = await world.engine.migrate(world.plan(dedupe({ loses: ['amount'] })), OPTIONS);
    expect(run.validation?.overallStatus).toBe('verified');
    const [sum] = run.validation!.money;
    expect(sum).toMatchObject({ source: '306.00', target: '291.75', quarantined: '0', duplicates: '14.25' });
    const text = renderMarkdown(await world.engine.report(run.runId), { detailed: false });
    expect(text).toContain('Not moved: same record as another');
    expect(text).toMatch(/306\.00 .*14\.25 .*291\.75 .*\b0(\.00)? /);
    await world.target.query('update moved.payments set amount = amount + 0.01 where legacy_id = 2');
    const again = await world.engine.validate({
      runId: run.runId,
      type: 'accuracy',
      entities: ['payments'],
      fix: false,
    });
    expect(again.checks.find(({ type }) => type === 'money')!.status).toBe('fail');
  });

  test('counts also where no column is known to hold any', async () => {
    const world = await openWorld(SHOP);
    const plan = world.plan((entity) => ({
      ...sameCustomers(entity),
      financial: entity.name === 'customers',
    }));
    expect(errors(world, plan)).toEqual([
      'entities.customers.dedupe.loses: customers counts as money, and of rows that are one record a single one is moved.',
    ]);
  });
});

describe('the plan', () => {
  test('is checked by its columns, types, key and neighbours', async () => {
    const world = await openWorld(`create table person (id int primary key, mail text, doc json, nr int);
      create table loose (mail text)`);
    const findings = (table: string, dedupe: unknown, more: object = {}) =>
      checkPlan(
        world.plan(({ source }) => (source.table === table ? { dedupe, ...more } : {})),
        world.catalog,
      )
        .filter(({ path }) => path.includes('dedupe'))
        .map(({ severity, message }) => `${severity}: ${message}`);
    expect(findings('person', { by: ['mail'] })).toEqual([]);
    expect(findings('person', { by: ['mial'] })).toEqual(['error: public.person has no column mial.']);
    expect(findings('person', { by: ['mail'], orderBy: 'when' })).toEqual([
      'error: public.person has no column when.',
    ]);
    expect(findings('person', { by: ['doc'] })).toEqual(['error: Values of doc (json) cannot be compared.']);
    expect(findings('person', { by: ['id', 'mail'] })).toEqual([
      'error: id is the key of people: no two rows have the same.',
    ]);
    expect(findings('person', { by: ['nr'], trim: true })).toEqual(['error: None of nr is text.']);
    expect(findings('person', true)).toEqual([
      'warning: people has a key, so no two of its rows are equal in every column.',
    ]);
    expect(findings('loose', true)).toEqual([]);
    expect(findings('loose', { by: ['mail'] })).toEqual([
      expect.stringMatching(/^error: \w+ has no key, so nothing could lead to the row that is kept\.$/),
    ]);
    expect(findings('person', { by: ['mail'] }, { merge: { by: ['mail'], onMatch: 'keep' } })).toEqual([
      'error: people is matched with rows of the target already, so its own rows cannot be put together too.',
    ]);
  });

  test('is written, read and compared in words', async () => {
    const world = await openWorld(SHOP);
    const [before, after] = [world.plan(() => ({})), world.plan(sameCustomers)];
    const text = writePlan(after);
    expect(text).toContain('dedupe: { by: [ email ], keep: first, ignoreCase: true }');
    expect(parsePlan(text)).toEqual(after);
    expect(comparePlans(before, after).map(({ text: words }) => words)).toEqual([
      'which rows are one record changed: every row is kept before, rows with the same email (whatever the case) are one record; the first by key is kept now.',
    ]);
  });

  test('asks where few rows share an address, and its answers lead there and back', async () => {
    const world =
      await openWorld(`create table customer (id int primary key, email text not null, code text not null);
      insert into customer select n, 'c' || (case when n = 40 then 1 else n end) || '@example.org', 'k' || n % 7 from generate_series(1, 40) n`);
    const { engine, catalog } = world;
    const plan = engine.createPlan(catalog, {
      migration: 'asked',
      targetSchema: 'moved',
      today: '2026-11-12',
    });
    const question = plan.questions.find(({ text }) => text.includes('share one email'))!;
    expect(question).toMatchObject({ required: false, about: { entity: 'customers' } });
    expect(question.choices.map(({ changes }) => changes)).toMatchObject([
      [{ kind: 'set-dedupe', dedupe: null }],
      [{ kind: 'set-dedupe', dedupe: { by: ['email'], keep: 'first' } }],
      [{ kind: 'set-dedupe', dedupe: { by: ['email'], keep: 'last' } }],
    ]);
    expect(plan.entities[0]!.dedupe).toBe(false);
    let text = writePlan(plan);
    for (const [answer, kept] of [
      ['b', 'first'],
      ['c', 'last'],
    ] as const) {
      text = answerQuestions(text, [{ number: question.number, choice: answer }]).text;
      expect(parsePlan(text).entities[0]!.dedupe).toMatchObject({ by: ['email'], keep: kept, loses: [] });
      expect(checkPlan(parsePlan(text), catalog).filter(({ severity }) => severity === 'error')).toEqual([]);
    }
    text = answerQuestions(text, [{ number: question.number, choice: 'a' }]).text;
    expect(parsePlan(text).entities).toEqual(plan.entities);
    expect(plan.questions.filter(({ text }) => text.includes('share one'))).toHaveLength(1);
  });
});
