/** Text that looks like something else is kept as it is and asked about; every answer fits and leads back. */
import { beforeAll, expect, test } from 'vitest';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase } from '../../../engine/db/database.ts';
import { createPlan } from '../../../engine/mapping/suggest-plan.ts';
import { changePlan } from '../../../engine/plan/changes/change-plan.ts';
import { checkPlan } from '../../../engine/plan/check-plan.ts';
import { readPlan } from '../../../engine/plan/plan-document.ts';
import type { PlanFile } from '../../../engine/plan/plan-file.ts';
import { transformsOf } from '../../../engine/plan/transforms.ts';
import { writePlan } from '../../../engine/plan/write-plan.ts';
import type { Catalog } from '../../../engine/schema/catalog.ts';
import { introspect } from '../../../engine/schema/introspect.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';
import { moveTables } from './moved-tables.ts';

const source = useTestDatabase();
const target = useTestDatabase();
let catalog: Catalog;
let plan: PlanFile;

beforeAll(async () => {
  await source.query(`
    create table visit (id int primary key, settings text, is_paid text, phone text, price text, created_at bigint, seen_ts int, note text);
    insert into visit select g, '{"n": ' || g || '}', case when g % 3 = 0 then 'Y' else 'N' end, '+49 30 12345' || 10 + g % 80,
        g || '.50 €', 1600000000000 + g, 1600000000 + g, 'note ' || g from generate_series(1, 120) g;
    insert into visit values (121, null, null, 'ask Mary', null, null, null, null);
    analyze visit;`);
  const database = createDatabase(source.connection, 'source', { log: createSilentLog(), readOnly: true });
  try {
    catalog = await introspect(database);
    plan = createPlan(catalog, { migration: 'forms' });
  } finally {
    await database.end();
  }
});

const asked = () => plan.questions.filter(({ text }) => /looks? like/.test(text));

test('the plan keeps what it was not told to change, and asks', () => {
  const columns = plan.entities[0]!.columns.filter(({ to }) => !['id', 'legacy_id', 'metadata'].includes(to));
  expect(columns.flatMap(transformsOf).map(({ kind }) => kind)).toEqual(columns.map(() => 'copy'));
  expect(
    asked()
      .map(({ about, required }) => [about.column, required])
      .sort(),
  ).toEqual(['created_at', 'is_paid', 'phone', 'price', 'seen_ts', 'settings'].map((name) => [name, false]));
});

test('every answer is a plan that fits, and the first one leads back', () => {
  const text = writePlan(plan);
  for (const { choices } of asked()) {
    for (const { changes } of choices.slice(1)) {
      const changed = changes.reduce((before, change) => changePlan(before, change).text, text);
      const read = readPlan(changed);
      expect(read.ok && checkPlan(read.plan, catalog).filter(({ severity }) => severity === 'error')).toEqual(
        [],
      );
      const back = readPlan(
        choices[0]!.changes.reduce((before, change) => changePlan(before, change).text, changed),
      );
      expect(back.ok && back.plan.entities).toEqual(plan.entities);
    }
  }
});

test('with the second answer to all of them the table moves', async () => {
  const changes = asked().flatMap(({ choices }) => choices[1]!.changes);
  const text = changes.reduce((before, change) => changePlan(before, change).text, writePlan(plan));
  const moved = await moveTables(source, target, () => {
    const read = readPlan(text);
    if (!read.ok) throw new Error('no plan');
    return read.plan;
  });
  expect(moved.rejects).toEqual([]);
  const rows = await target.query(
    'select settings, is_paid, phone, price::text, created_at::text, seen_ts::text from visits where legacy_id in (3, 121) order by legacy_id',
  );
  expect(rows).toEqual([
    {
      settings: { n: 3 },
      is_paid: true,
      phone: '+49301234513',
      price: '3.50',
      created_at: '2020-09-13 12:26:40.003+00',
      seen_ts: '2020-09-13 12:26:43+00',
    },
    { settings: null, is_paid: null, phone: 'ask Mary', price: null, created_at: null, seen_ts: null },
  ]);
});
