/** Values before and after, read once from the sample: of every column, masked where they are personal. */
import { beforeAll, expect, test } from 'vitest';
import { createPlan } from '../../../engine/mapping/suggest-plan.ts';
import type { PlanFile } from '../../../engine/plan/plan-file.ts';
import { transformsOf } from '../../../engine/plan/transforms.ts';
import { readColumnExamples } from '../../../engine/rehearsal/column-examples.ts';
import type { Catalog } from '../../../engine/schema/catalog.ts';
import { introspect } from '../../../engine/schema/introspect.ts';
import { createSample } from '../../../sample/create-sample.ts';
import { defineTemplate, useTestDatabase } from '../../helpers/test-database.ts';
import { withSource } from '../schema/open-source.ts';

const template = defineTemplate('sample_for_plans', async (url) => {
  await createSample(url, { scale: 0.002 });
});
const legacy = useTestDatabase(template);
let catalog: Catalog;
let plan: PlanFile;
let found: Awaited<ReturnType<typeof readColumnExamples>>;

beforeAll(async () => {
  await withSource(legacy, async (source) => {
    catalog = await introspect(source, { schemas: ['public'] });
    plan = createPlan(catalog, { migration: 'sample', today: '2026-01-02' });
    const entities = plan.entities.map(({ name }) => name);
    found = await readColumnExamples(source, { plan, catalog, entities, count: 3 });
  });
});

test('every column with values has some, at most as many as were asked for', () => {
  for (const entity of plan.entities) {
    const columns = found.get(entity.name)!;
    for (const [name, list] of columns) {
      expect(entity.columns.map(({ to }) => to)).toContain(name);
      expect(list.length).toBeLessThanOrEqual(3);
    }
    const plain = entity.columns.filter(({ from, nullable }) => from !== undefined && !nullable);
    if (entity.estimatedRows > 0)
      expect(plain.filter(({ to }) => !columns.has(to)).map(({ to }) => `${entity.name}.${to}`)).toEqual([]);
  }
});

test('what is personal is masked on both sides', () => {
  const patients = found.get('patients')!;
  const personal = plan.entities
    .find(({ name }) => name === 'patients')!
    .columns.filter(({ personal }) => personal !== undefined && personal !== 'other');
  expect(personal.length).toBeGreaterThan(2);
  for (const { to } of personal)
    for (const { before, after } of patients.get(to) ?? [])
      for (const value of [before, after])
        if (value !== null) expect(value, `${to}: ${value}`).not.toMatch(/\p{L}{2}|[1-9]/u);
});

test('the transform is the one of the plan: words for codes, a zone for clocks, no new ids', () => {
  const orders = found.get('orders')!;
  const status = plan.entities
    .find(({ name }) => name === 'orders')!
    .columns.find(({ to }) => to === 'status')!;
  const [choice] = transformsOf(status);
  if (choice!.kind !== 'choice') throw new Error('the sample explains its codes');
  const fits = orders.get('status')!.filter(({ misfit }) => misfit === null);
  for (const { before, after } of fits) expect(after).toBe(choice!.map[before!]);
  const clocks = plan.entities.flatMap(({ name, columns }) =>
    columns
      .filter((column) => transformsOf(column)[0]!.kind === 'time-zone')
      .flatMap(({ to }) => found.get(name)!.get(to) ?? []),
  );
  expect(clocks.length).toBeGreaterThan(10);
  for (const { after } of clocks) expect(after).toMatch(/ UTC$/);
  expect(JSON.stringify([...found.values()].map((columns) => [...columns]))).not.toMatch(
    /[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-/,
  );
});
