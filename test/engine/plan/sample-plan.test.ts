import { beforeAll, describe, expect, test } from 'vitest';
import { createPlan } from '../../../engine/mapping/suggest-plan.ts';
import { checkPlan } from '../../../engine/plan/check-plan.ts';
import type { PlanColumn, PlanEntity, PlanFile, Transform } from '../../../engine/plan/plan-file.ts';
import { targetTables } from '../../../engine/plan/target-schema.ts';
import type { Catalog } from '../../../engine/schema/catalog.ts';
import { introspect } from '../../../engine/schema/introspect.ts';
import { createSample } from '../../../sample/create-sample.ts';
import { foreignKeys } from '../../../sample/keys.ts';
import { housekeepingTables, sampleTables } from '../../../sample/tables.ts';
import { defineTemplate, useTestDatabase } from '../../helpers/test-database.ts';
import { withSource } from '../schema/open-source.ts';

const template = defineTemplate('sample_for_plans', async (url) => {
  await createSample(url, { scale: 0.002 });
});
const legacy = useTestDatabase(template);
const target = useTestDatabase('supabase');
let catalog: Catalog;
let plan: PlanFile;

beforeAll(async () => {
  catalog = await withSource(legacy, (source) => introspect(source, { schemas: ['public'] }));
  plan = createPlan(catalog, { migration: 'sample', today: '2026-01-02' });
});

function entity(name: string): PlanEntity {
  return plan.entities.find((item) => item.name === name)!;
}

function columnOf(name: string, to: string): PlanColumn {
  return entity(name).columns.find((item) => item.to === to)!;
}

function first(column: PlanColumn): Transform {
  return Array.isArray(column.transform) ? column.transform[0]! : column.transform;
}

describe('plan of the sample', () => {
  test('45 entities, each named as people know it', () => {
    const found = Object.fromEntries(plan.entities.map((item) => [item.source.table, item.name]));
    expect(found).toEqual(Object.fromEntries(sampleTables.map((item) => [item.table, item.entity])));
    expect(plan.entities).toHaveLength(45);
  });

  test('7 housekeeping tables left out with reasons', () => {
    expect(plan.excluded.map((item) => item.table)).toEqual([...housekeepingTables].sort());
    expect(plan.excluded).toHaveLength(7);
    for (const item of plan.excluded) expect(item.reason).toMatch(/^Django: .{20}/);
  });

  test('cycle of cases and orders broken at current_order; the trees of categories and tasks deferred; nothing else', () => {
    const deferred = plan.entities.flatMap((item) => item.deferred.map((name) => `${item.name}.${name}`));
    expect(deferred.sort()).toEqual(['cases.current_order_id', 'categories.parent_id', 'tasks.parent_id']);
    expect(entity('orders').level).toBeGreaterThan(entity('cases').level);
    expect(plan.risks[0]!.text).toBe(
      'cases and orders refer to each other in a ring; cases.current_order_id is settled in a second pass.',
    );
  });

  test("the business order's groups, phases and priorities", () => {
    expect(Object.keys(plan.groups)).toEqual([
      'all',
      'core',
      'core-with-patients',
      'clinical',
      'communications',
      'files',
      'financial',
      'planning',
    ]);
    expect(plan.groups.core).toEqual(['offices', 'profiles', 'doctors']);
    expect(plan.groups['core-with-patients']).toEqual(['offices', 'profiles', 'doctors', 'patients']);
    expect(plan.groups.all).toHaveLength(45);
    expect(plan.phases.map((phase) => phase.name)).toEqual([
      'foundation',
      'core',
      'operations',
      'financial',
      'clinical',
      'supporting',
      'completion',
    ]);
    expect(plan.phases.flatMap((phase) => phase.entities).sort()).toEqual(
      plan.entities.map((item) => item.name).sort(),
    );
    expect(entity('cases').priority).toBe('critical');
    expect(entity('comments').priority).toBe('high');
    expect(entity('payments')).toMatchObject({ priority: 'medium', financial: true, phase: 'financial' });
    expect(entity('orders').financial).toBe(false);
  });

  test('phases can run one after the other: what an entity needs is there', () => {
    const done = new Set<string>();
    for (const phase of plan.phases) {
      for (const name of phase.entities) done.add(name);
      for (const name of phase.entities) {
        for (const column of entity(name).columns) {
          const step = first(column);
          if (step.kind !== 'reference' || entity(name).deferred.includes(column.to)) continue;
          expect(done, `${name}.${column.to}`).toContain(step.entity);
        }
      }
    }
  });

  test('every reference is found, declared or not', () => {
    const entityOf = new Map(sampleTables.map((item) => [item.table, item.entity]));
    const wanted = foreignKeys
      .filter((key) => entityOf.has(key.table) && entityOf.has(key.references))
      .map((key) => `${entityOf.get(key.table)}.${key.column} ${entityOf.get(key.references)}`);
    const found = plan.entities.flatMap((item) =>
      item.columns.flatMap((column) => {
        const step = first(column);
        return step.kind === 'reference' ? [`${item.name}.${column.from} ${step.entity}`] : [];
      }),
    );
    expect(found.sort()).toEqual(wanted.sort());
    expect(columnOf('payments', 'purchase_id').reason).toContain('no constraint');
  });

  test('a suggested plan has no error, and doubts only where a limit is meant', () => {
    const findings = checkPlan(plan, catalog);
    expect(findings.filter((finding) => finding.severity === 'error')).toEqual([]);
    expect(findings.map((finding) => finding.path)).toEqual([
      'entities.offices.columns.zip.type',
      'entities.messages.columns.subject.type',
    ]);
  });

  test('every source column is mapped, in metadata, or left out with a reason', () => {
    for (const item of plan.entities) {
      const table = catalog.tables.find((candidate) => candidate.name === item.source.table)!;
      const places = table.columns.map((column) => {
        const mapped = item.columns.filter((planned) => planned.from === column.name).length;
        const collected = item.columns.filter((planned) => {
          const step = first(planned);
          return step.kind === 'metadata' && step.columns.includes(column.name);
        }).length;
        const left = item.leftOut.filter((out) => out.column === column.name && out.reason !== '').length;
        return [column.name, mapped + collected + left];
      });
      expect(
        places.filter(([, count]) => count === 0),
        item.name,
      ).toEqual([]);
    }
    expect(plan.entities.flatMap((item) => item.leftOut.map((out) => `${item.name}.${out.column}`))).toEqual([
      'profiles.password',
    ]);
  });
});

describe('columns of the sample', () => {
  test('keys of every kind', () => {
    expect(columnOf('offices', 'legacy_id')).toMatchObject({
      from: 'id',
      type: 'integer',
      transform: { kind: 'copy' },
    });
    expect(columnOf('system_messages', 'legacy_id').type).toBe('bigint');
    for (const name of ['role_permissions', 'patients_doctors_offices']) {
      expect(columnOf(name, 'legacy_id')).toMatchObject({ type: 'text', transform: { kind: 'copy' } });
      expect(columnOf(name, 'legacy_id').from).toBeUndefined();
    }
    expect(entity('role_permissions').key).toEqual({ columns: ['role_id', 'codename'], kind: 'composite' });
    expect(entity('patients_doctors_offices').key).toEqual({ columns: [], kind: 'none' });
    expect(entity('role_permissions').uniques.map((key) => key.columns)).toEqual([['role_id', 'codename']]);
  });

  test('exactly the documented codes become words', () => {
    const choices = plan.entities.flatMap((item) =>
      item.columns
        .filter((column) => first(column).kind === 'choice')
        .map((column) => `${item.source.table}.${column.from}`),
    );
    const documented = catalog.tables.flatMap((table) =>
      table.columns
        .filter((column) => column.comment?.startsWith('choices: '))
        .map((column) => `${table.name}.${column.name}`),
    );
    expect(choices.sort()).toEqual([...documented, 'dispatch_comment.content_type_id'].sort());
    expect(first(columnOf('orders', 'status'))).toEqual({
      kind: 'choice',
      unknown: 'quarantine',
      map: {
        0: 'draft',
        1: 'submitted',
        2: 'accepted',
        3: 'in production',
        4: 'shipped',
        5: 'completed',
        6: 'cancelled',
      },
    });
  });

  test('the generic relation of comments', () => {
    const step = first(columnOf('comments', 'object_id'));
    expect(step).toMatchObject({
      kind: 'polymorphic',
      typeColumn: 'content_type_id',
      onMissing: 'quarantine',
    });
    expect(step.kind === 'polymorphic' && Object.values(step.entities).sort()).toEqual([
      'cases',
      'orders',
      'tasks',
    ]);
    expect(columnOf('comments', 'object_type')).toMatchObject({ type: 'text', from: 'content_type_id' });
    expect(entity('comments').indexes.map((index) => index.columns)).toEqual([['object_type', 'object_id']]);
  });

  test('limits, defaults and ranges that the manifest counts on', () => {
    expect(columnOf('offices', 'zip').type).toBe('character varying(20)');
    expect(columnOf('messages', 'subject').type).toBe('character varying(255)');
    expect(columnOf('messages', 'body').type).toBe('text');
    expect(columnOf('orders', 'currency')).toMatchObject({ nullable: false, type: 'character varying(3)' });
    expect(columnOf('orders', 'currency').default).toMatch(/^[A-Z]{3}$/);
    expect(columnOf('patients', 'last_name')).toMatchObject({ nullable: false });
    expect(columnOf('patients', 'last_name').default).toBeUndefined();
    expect(columnOf('patients', 'birth_date').range).toEqual({ min: '1900-01-01', max: '2026-01-02' });
    expect(columnOf('customer_feedback', 'rating').range).toEqual({ min: '1', max: '5' });
    expect(columnOf('discounts', 'percent').range).toEqual({ min: '0', max: '100' });
  });

  test('nothing else becomes required', () => {
    const tightened = plan.entities.flatMap((item) => {
      const table = catalog.tables.find((candidate) => candidate.name === item.source.table)!;
      return item.columns
        .filter(
          (column) =>
            !column.nullable && table.columns.find((source) => source.name === column.from)?.nullable,
        )
        .map((column) => `${item.name}.${column.to}`);
    });
    expect(tightened.sort()).toEqual(['orders.currency', 'patients.last_name']);
  });

  test('money keeps its digits and is summed', () => {
    expect(columnOf('payments', 'amount')).toMatchObject({
      type: 'numeric(14,2)',
      transform: { kind: 'money', scale: 2 },
      money: { currency: 'currency', month: 'paid_at' },
    });
    expect(columnOf('products', 'price')).toMatchObject({
      type: 'numeric(14,4)',
      transform: { kind: 'copy' },
      money: { currency: 'currency' },
    });
    expect(columnOf('orders', 'total').type).toBe('numeric(12,2)');
  });

  test('the address to sign in with is unique; reserved words are ordinary names', () => {
    expect(first(columnOf('profiles', 'email'))).toMatchObject({ kind: 'email', unique: true });
    expect(entity('profiles').uniques.map((key) => key.columns)).toContainEqual(['email']);
    expect(columnOf('notifications', 'user_id').from).toBe('user');
    expect(columnOf('notifications', 'order')).toMatchObject({ from: 'order', type: 'smallint' });
  });

  test('clocks get their zone; other types stay', () => {
    expect(columnOf('case_states', 'changed_at')).toMatchObject({
      type: 'timestamp with time zone',
      transform: { kind: 'time-zone', zone: 'UTC' },
    });
    expect(columnOf('jaws', 'measurements').type).toBe('real[]');
    expect(columnOf('discounts', 'valid_during').type).toBe('daterange');
    expect(columnOf('files', 'checksum').type).toBe('bytea');
    expect(columnOf('offices', 'country_code').type).toBe('character(2)');
  });
});

describe('the DDL of the sample', () => {
  test('can be applied, makes what it names, and names each thing once', async () => {
    const tables = targetTables(plan);
    for (const table of tables) await target.query(table.create.sql);
    for (const table of tables) {
      await target.query(table.primaryKey.sql);
      for (const statement of [...table.uniques, ...table.indexes]) await target.query(statement.sql);
    }
    for (const table of tables) for (const statement of table.foreignKeys) await target.query(statement.sql);
    const made = await target.query<{
      name: string;
    }>(`select conname::text as name from pg_constraint where connamespace = 'public'::regnamespace and contype <> 'n'
      union all select relname from pg_class c where relnamespace = 'public'::regnamespace and (relkind = 'r' or (relkind = 'i' and not exists (select from pg_constraint where conindid = c.oid and contype in ('p', 'u'))))`);
    const named = tables.flatMap((table) =>
      [
        table.create,
        table.primaryKey,
        ...table.uniques,
        ...table.indexes,
        ...table.foreignKeys,
        ...table.checks,
      ].map((statement) => statement.name),
    );
    expect(made.map((row) => row.name).sort()).toEqual(named.sort());
  });

  test('every column of a foreign key leads an index, and every table has its four own columns', async () => {
    const bare =
      await target.query(`select con.conrelid::regclass::text as table, con.conname from pg_constraint con
      where con.contype = 'f' and con.connamespace = 'public'::regnamespace and not exists
        (select from pg_index i where i.indrelid = con.conrelid and i.indkey[0] = con.conkey[1])`);
    expect(bare).toEqual([]);
    const lacking =
      await target.query(`select c.relname from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and
      (select count(*) from pg_attribute a where a.attrelid = c.oid and a.attnotnull and a.attname in ('id', 'legacy_id', 'metadata', 'created_at', 'updated_at')) <> 5`);
    expect(lacking).toEqual([]);
  });

  test('the created target has the columns and types that the plan says', async () => {
    const made = await withSource(target, (source) =>
      introspect(source, { schemas: ['public'], profiles: false }),
    );
    const existing = { ...plan, target: { ...plan.target, create: false } };
    expect(
      checkPlan(existing, catalog, { target: made }).filter(
        (finding) => !/Not every text fits/.test(finding.message),
      ),
    ).toEqual([]);
  });
});
