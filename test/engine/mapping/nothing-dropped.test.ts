/**
 * Nothing of a source is dropped silently: for every database that the tests have, each table, each column and each
 * other object is counted against the server and must stand in the suggested plan or in the analysis. A new fixture
 * database gets a line here.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { quoteIdentifier, quoteTable } from '../../../engine/db/quote.ts';
import { createPlan } from '../../../engine/mapping/suggest-plan.ts';
import { checkPlan } from '../../../engine/plan/check-plan.ts';
import type { PlanEntity, PlanFile } from '../../../engine/plan/plan-file.ts';
import { targetTables } from '../../../engine/plan/target-schema.ts';
import type { Catalog } from '../../../engine/schema/catalog.ts';
import { introspect } from '../../../engine/schema/introspect.ts';
import { createSample } from '../../../sample/create-sample.ts';
import { countColumns, dropped, unlisted } from '../../helpers/dropped-columns.ts';
import { createTestDatabase, type TestDatabase } from '../../helpers/test-database.ts';
import { makeClinic } from '../../scenarios/agents/private-clinic.ts';
import { legacyShop } from '../../scenarios/existing-target/shop.sql.ts';
import { createHostileSchema } from '../../scenarios/hostile-schema/hostile-schema.ts';
import { createOddDatabase } from '../../scenarios/odd-database/odd-database.ts';
import { withSource } from '../schema/open-source.ts';
import { SOURCE_SQL } from '../validation/moved-clinic.ts';

const fixtures: readonly { name: string; fill: (database: TestDatabase) => Promise<unknown> }[] = [
  { name: 'the sample', fill: ({ url }) => createSample(url, { scale: 0.002, defectRate: 0.005 }) },
  { name: 'the odd database', fill: ({ url }) => createOddDatabase(url) },
  { name: 'the hostile schema', fill: ({ url }) => createHostileSchema(url) },
  { name: 'the private clinic', fill: makeClinic },
  { name: 'the shop', fill: (database) => database.query(legacyShop) },
  { name: 'the clinic', fill: (database) => database.query(SOURCE_SQL) },
];

describe.each(fixtures)('$name', ({ fill }) => {
  let database: TestDatabase;
  let catalog: Catalog;
  let plan: PlanFile;

  beforeAll(async () => {
    database = await createTestDatabase();
    await fill(database);
    catalog = await withSource(database, (source) => introspect(source, { sampleRows: 200 }));
    plan = createPlan(catalog, { migration: 'counted' });
  });
  afterAll(() => database.drop());

  test('every table and every column is mapped, in metadata, or left out with a reason', async () => {
    expect(await dropped(database, plan)).toEqual([]);
    const counts = await countColumns(database, plan);
    expect(counts.mapped).toBeGreaterThan(10);
    expect(counts.tables).toBe(plan.entities.length + plan.excluded.length);
  });

  test('so it is where the new system has tables already, and what stays behind is asked', async () => {
    const target = await existingTarget(plan);
    try {
      const found = await withSource(target, (reader) => introspect(reader, { profiles: false }));
      const fitted = createPlan(catalog, { migration: 'counted', target: found });
      expect(fitted.entities.filter((entity) => entity.target.create === false).length).toBeGreaterThan(0);
      expect(await dropped(database, fitted)).toEqual([]);
      expect(unasked(fitted, plan, catalog)).toEqual([]);
      const errors = checkPlan(fitted, catalog, { target: found }).filter(
        (item) => item.severity === 'error',
      );
      expect(errors).toEqual([]);
    } finally {
      await target.drop();
    }
  });

  test('whatever else does not move is listed with its fate', async () => {
    expect(await unlisted(database, catalog)).toEqual([]);
  });

  test('a column, a table or a reason that is taken out of the plan is missed', async () => {
    const at = plan.entities.findIndex((entity) => entity.columns.some((column) => isValue(column)));
    const entity = plan.entities[at]!;
    const lost = entity.columns.find((column) => isValue(column))!;
    const table = `${entity.source.schema}.${entity.source.table}`;
    const without = { ...entity, columns: entity.columns.filter((column) => column !== lost) };
    expect(await dropped(database, { ...plan, entities: plan.entities.with(at, without) })).toEqual([
      `${table}.${lost.from}`,
    ]);
    expect(await dropped(database, { ...plan, entities: plan.entities.toSpliced(at, 1) })).toEqual([table]);
    const silent = plan.excluded.map((item) => ({ ...item, reason: '' }));
    expect(await dropped(database, { ...plan, excluded: silent })).toHaveLength(silent.length);
    if (catalog.sequences!.length > 0)
      expect(await unlisted(database, { ...catalog, objects: [] })).not.toEqual([]);
  });
});

/** The tables as somebody might have made them: no old key, seldom notes, and some columns are missing. */
async function existingTarget(plan: PlanFile): Promise<TestDatabase> {
  const target = await createTestDatabase();
  const tables = targetTables(plan);
  for (const { create, primaryKey } of tables) {
    await target.query(create.sql);
    await target.query(primaryKey.sql);
  }
  for (const { uniques, foreignKeys } of tables)
    for (const { sql } of [...uniques, ...foreignKeys]) await target.query(sql);
  for (const [i, entity] of plan.entities.entries()) {
    const gone = entity.columns.filter(
      ({ to, nullable }, k) =>
        to === 'legacy_id' || (to === 'metadata' && i % 4 > 0) || (nullable && (i + k) % 3 === 0),
    );
    for (const { to } of gone)
      await target.query(
        `alter table ${quoteTable({ schema: entity.target.schema, name: entity.target.table })} drop column ${quoteIdentifier(to)} cascade`,
      );
  }
  return target;
}

/** Columns that only the existing tables leave behind, and that no required question tells. */
function unasked(fitted: PlanFile, plain: PlanFile, catalog: Catalog): string[] {
  return fitted.entities.flatMap((entity) => {
    const before = plain.entities.find(({ name }) => name === entity.name)!;
    const known = new Set(before.leftOut.map(({ column }) => column));
    const table = catalog.tables.find(
      ({ schema, name }) => schema === entity.source.schema && name === entity.source.table,
    )!;
    const isEmpty = (name: string) =>
      table.exactRows === 0 || table.columns.find((column) => column.name === name)?.profile?.nullRate === 1;
    const asked = fitted.questions.filter(
      ({ required, text, about }) =>
        required &&
        (about.entity === undefined || about.entity === entity.name) &&
        /has no column for|have no column for/.test(text),
    );
    const left = entity.leftOut.filter(({ column }) => !known.has(column) && !isEmpty(column));
    return left.length > 0 && asked.length === 0 ? left.map(({ column }) => `${entity.name}.${column}`) : [];
  });
}

/** A column that nothing else of the entity accounts for. */
function isValue(column: PlanEntity['columns'][number]): boolean {
  return (
    column.from !== undefined &&
    column.to !== 'legacy_id' &&
    !/_id$|_type$/.test(column.to) &&
    column.nullable
  );
}
