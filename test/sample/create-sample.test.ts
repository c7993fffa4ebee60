import { expect, test } from 'vitest';
import { createSample } from '../../sample/create-sample.ts';
import { plannedDefects } from '../../sample/defect-kinds.ts';
import { foreignKeys } from '../../sample/keys.ts';
import { allTables, sampleTables, sizesAt } from '../../sample/tables.ts';
import { createTestDatabase, type TestDatabase, useTestDatabase } from '../helpers/test-database.ts';
import { manifestChecks } from './manifest-checks.ts';

const scale = 0.002;
const database = useTestDatabase();

async function withSample<T>(
  options: { seed?: number; defectRate?: number },
  work: (built: TestDatabase) => Promise<T>,
): Promise<T> {
  const built = await createTestDatabase();
  try {
    await createSample(built.url, { scale, ...options });
    return await work(built);
  } finally {
    await built.drop();
  }
}

async function checksums(of: TestDatabase): Promise<Map<string, string>> {
  const sums = new Map<string, string>();
  for (const table of [...allTables.map((name) => `public.${name}`), 'sample.sample_defects']) {
    const [row] = await of.query<{ sum: string }>(
      `select md5(string_agg(t::text, chr(10) order by t::text collate "C")) as sum from ${table} t`,
    );
    sums.set(table, row!.sum);
  }
  return sums;
}

async function count(of: TestDatabase, from: string): Promise<number> {
  const [row] = await of.query<{ n: number }>(`select count(*)::integer as n from ${from}`);
  return row!.n;
}

test('has the rows it promises, and says so', async () => {
  const seen: number[] = [];
  const summary = await createSample(database.url, {
    scale,
    onProgress: ({ done, total }) => seen.push(done / total),
  });
  expect(summary.tables).toHaveLength(45);
  for (const { table, rows } of summary.tables) {
    expect([table, await count(database, table)]).toEqual([table, rows]);
  }
  expect(summary.rows).toBe(summary.tables.reduce((sum, { rows }) => sum + rows, 0));
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  expect(seen.at(-1)).toBeCloseTo(1);
  const planted = await count(database, 'sample.sample_defects');
  expect(summary.defects.reduce((sum, defect) => sum + defect.count, 0)).toBe(planted);
});

test('scale 1 has the size that the benchmark is measured with', () => {
  const sizes = sizesAt(1);
  expect(sampleTables.reduce((sum, { table }) => sum + sizes.get(table)!, 0)).toBe(4_561_182);
});

test('same seed, same rows; another seed, other rows', async () => {
  const first = await checksums(database);
  const again = await withSample({}, checksums);
  expect([...again]).toEqual([...first]);
  const other = await withSample({ seed: 2 }, checksums);
  const unchanged = [...other].filter(([table, sum]) => first.get(table) === sum).map(([table]) => table);
  expect(unchanged.sort()).toEqual([
    'public.auth_group',
    'public.auth_permission',
    'public.django_content_type',
  ]);
});

test.each(manifestChecks)(
  '%s in %s.%s: exactly the rows of the manifest',
  async (kind, table, column, holds) => {
    const listed = await database.query<{ id: string }>(
      `select legacy_id as id from sample.sample_defects
     where kind = $1 and legacy_table = $2 and column_name = $3 order by 1`,
      [kind, table, column],
    );
    const found = await database.query<{ id: string }>(
      `select t.id::text as id from ${table} t where ${holds} order by 1`,
    );
    expect(listed.length).toBeGreaterThan(0);
    expect(found).toEqual(listed);
  },
);

test('the one exact duplicate is the one of the manifest', async () => {
  const found = await database.query(
    `select format('patient_id=%s doctor_id=%s office_id=%s', patient_id, doctor_id, office_id) as id
     from dispatch_patient_doctor_office t group by t.*, 1 having count(*) > 1`,
  );
  const listed = await database.query(
    `select legacy_id as id from sample.sample_defects where kind = 'duplicate-row'`,
  );
  expect(listed).toHaveLength(1);
  expect(found).toEqual(listed);
});

test('every planned kind and column is checked above', () => {
  const checked = new Set([
    ...manifestChecks.map(([kind, table, column]) => `${kind} ${table} ${column}`),
    'duplicate-row dispatch_patient_doctor_office null',
  ]);
  const planned = new Set(plannedDefects.map(({ kind, table, column }) => `${kind} ${table} ${column}`));
  expect(checked).toEqual(planned);
});

const quarantined = (table: string) =>
  `(select legacy_id::integer from sample.sample_defects where legacy_table = '${table}' and expected = 'quarantined')`;

/** Rows that refer to nothing, or to a row that must be quarantined: [reference, how many orphans, how many of the others]. */
async function brokenReferences(of: TestDatabase): Promise<[string, number, number][]> {
  const broken: [string, number, number][] = [];
  for (const { table, column, references } of foreignKeys) {
    const from = `${table} t where t."${column}" is not null and`;
    const orphans = await count(
      of,
      `${from} not exists (select from ${references} p where p.id = t."${column}")`,
    );
    const onBad = await count(of, `${from} t."${column}" in ${quarantined(references)}`);
    if (orphans + onBad > 0) broken.push([`${table}.${column}`, orphans, onBad]);
  }
  for (const [model, table] of Object.entries({
    case: 'dispatch_case',
    order: 'dispatch_order',
    task: 'dispatch_task',
  })) {
    const from = `dispatch_comment t join django_content_type ct on ct.id = t.content_type_id and ct.model = '${model}' where`;
    const orphans = await count(of, `${from} t.object_id not in (select id from ${table})`);
    const onBad = await count(of, `${from} t.object_id in ${quarantined(table)}`);
    if (orphans + onBad > 0) broken.push([`dispatch_comment.object_id ${model}`, orphans, onBad]);
  }
  return broken;
}

test('references hold, except for the planted orphans, and none points at a row to be quarantined', async () => {
  expect(await brokenReferences(database)).toEqual([
    ['dispatch_jaw.order_id', 3, 0],
    ['dispatch_task.assignee_id', 3, 0],
    ['dispatch_file.uploaded_by_id', 3, 0],
    ['dispatch_case_file.file_id', 3, 0],
    ['dispatch_payment.purchase_id', 3, 0],
  ]);
});

test('a crowded sample still has one defect a row and no cascades', async () => {
  await withSample({ defectRate: 0.05, seed: 7 }, async (crowded) => {
    const twice = await crowded.query(
      `select legacy_table, legacy_id from sample.sample_defects group by 1, 2 having count(*) > 1`,
    );
    expect(twice).toEqual([]);
    const onBad = (await brokenReferences(crowded)).filter(([, , n]) => n > 0);
    expect(onBad).toEqual([]);
    expect(await count(crowded, `sample.sample_defects where kind = 'unknown-choice'`)).toBe(98);
  });
});

test('foreign keys are declared as the keys say, and each of their columns has an index', async () => {
  const declared = await database.query<{ key: string; state: string }>(
    `select conrelid::regclass || '.' || attname as key,
       case when convalidated then 'declared' else 'not-valid' end as state
     from pg_constraint join pg_attribute a on attrelid = conrelid and attnum = conkey[1]
     where contype = 'f' and connamespace = 'public'::regnamespace`,
  );
  const wanted = foreignKeys
    .filter(({ state }) => state !== 'undeclared')
    .map(({ table, column, state }) => ({ key: `${table}.${column}`, state }));
  const byKey = (a: { key: string }, b: { key: string }) => (a.key < b.key ? -1 : 1);
  expect(declared.sort(byKey)).toEqual(wanted.sort(byKey));
  for (const { table, column } of foreignKeys) {
    const [row] = await database.query<{ n: number }>(
      `select count(*)::integer as n from pg_index join pg_attribute a on attrelid = indrelid and attnum = indkey[0]
       where indrelid = $1::regclass and attname = $2`,
      [table, column],
    );
    expect([table, column, row!.n > 0]).toEqual([table, column, true]);
  }
});

test('rate 0 is clean: nothing listed, nothing orphaned, no rule broken', async () => {
  await withSample({ defectRate: 0 }, async (clean) => {
    expect(await count(clean, 'sample.sample_defects')).toBe(0);
    expect(await brokenReferences(clean)).toEqual([]);
    for (const [kind, table, , holds] of manifestChecks) {
      expect([kind, table, await count(clean, `${table} t where ${holds}`)]).toEqual([kind, table, 0]);
    }
    expect(
      await count(clean, `(select t from dispatch_patient_doctor_office t group by t having count(*) > 1) d`),
    ).toBe(0);
  });
});

test('every code in a choice column is one that its comment explains, but for the planted ones', async () => {
  const choices = await database.query<{ table: string; column: string; comment: string }>(
    `select attrelid::regclass::text as table, attname as column, col_description(attrelid, attnum) as comment
     from pg_attribute where col_description(attrelid, attnum) like 'choices: %'`,
  );
  expect(choices.length).toBeGreaterThan(20);
  for (const { table, column, comment } of choices) {
    const codes = comment
      .replace('choices: ', '')
      .split(', ')
      .map((choice) => Number(choice.split('=')[0]));
    const seen = await database.query<{ code: number }>(
      `select distinct "${column}" as code from ${table} where "${column}" is not null`,
    );
    const unexplained = seen.map(({ code }) => code).filter((code) => !codes.includes(code));
    const planted = plannedDefects.some(
      (d) => d.kind === 'unknown-choice' && d.table === table && d.column === column,
    );
    expect([table, column, unexplained]).toEqual([table, column, planted ? [99] : []]);
  }
});

test('new rows get new keys', async () => {
  const [row] = await database.query<{ id: string }>(
    `insert into dispatch_notification ("user", "order", kind, title, body, is_read, created_at)
     values (1, 0, 0, '', '', false, now()) returning id`,
  );
  expect(Number(row!.id)).toBe(sizesAt(scale).get('dispatch_notification')! + 1);
  await database.query('delete from dispatch_notification where id = $1', [row!.id]);
});

test('leaves only the manifest behind in its own schema', async () => {
  const left = await database.query(
    `select relname as name from pg_class where relnamespace = 'sample'::regnamespace and relkind = 'r'
     union all select proname from pg_proc where pronamespace = 'sample'::regnamespace`,
  );
  expect(left).toEqual([{ name: 'sample_defects' }]);
});

test('a database that holds a sample is refused, and rebuilt only when asked', async () => {
  await expect(createSample(database.url, { scale })).rejects.toMatchObject({ code: 'SAMPLE_EXISTS' });
  const summary = await createSample(database.url, { scale, replace: true, defectRate: 0 });
  expect(summary.defects).toEqual([]);
});

test('tables of the same name that are not a sample are never dropped', async () => {
  const foreign = await createTestDatabase();
  try {
    await foreign.query('create table dispatch_order (id integer); insert into dispatch_order values (5)');
    await expect(createSample(foreign.url, { scale, replace: true })).rejects.toMatchObject({
      code: 'SAMPLE_EXISTS',
    });
    expect(await foreign.query('select id from dispatch_order')).toEqual([{ id: 5 }]);
    expect(await count(foreign, `pg_namespace where nspname = 'sample'`)).toBe(0);
  } finally {
    await foreign.drop();
  }
});

test.each([{ scale: 0.001 }, { scale: Number.NaN }, { scale, seed: 1.5 }, { scale, defectRate: 0.2 }])(
  'refuses %o',
  async (options) => {
    await expect(createSample(database.url, options)).rejects.toMatchObject({
      code: 'SAMPLE_OPTION_INVALID',
    });
  },
);
