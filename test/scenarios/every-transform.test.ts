/**
 * Every transform of the list in one plan written by hand, through the real command line: good values become what they
 * must, values that do not fit follow their column's policy, as binary and as text, and validation proves the whole –
 * and finds a changed value in every single column, so that the proof is worth something.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parse, stringify } from 'yaml';
import { type PlanColumn, type PlanFile, planFile } from '../../engine/plan/plan-file.ts';
import { useTestDatabase } from '../helpers/test-database.ts';
import { createWorkplace, type Workplace } from './towpath-process.ts';
import { cases, others } from './transform-cases.ts';

const METADATA = 'metadata';
const names = Object.keys(cases);
const tables = ['as_binary', 'as_text', 'strict'];
const source = useTestDatabase();
const target = useTestDatabase();
let place: Workplace;
let plan: PlanFile;

beforeAll(async () => {
  const columns = names.map((name) => `"${name}" ${cases[name]!.from}`).join(', ');
  await source.query(
    `create table country (code text primary key, name text); insert into country values ('DE', 'Germany')`,
  );
  for (const table of tables) {
    await source.query(
      `create table ${table} (id int primary key, ${columns}, span interval default '1 day')`,
    );
    // Row 1 is good throughout; each other row has one value that does not fit; some more so that there are batches.
    for (const bad of [null, ...names, ...Array.from({ length: 40 }, () => null)]) await insert(table, bad);
  }
  place = createWorkplace({ source: source.url, target: target.url });
  for (const words of ['analyze', 'plan']) await succeed(words);
  const path = join(place.folder, 'towpath.plan.yaml');
  plan = written(planFile.parse(parse(readFileSync(path, 'utf8'))));
  writeFileSync(path, stringify(plan));
  for (const words of [
    'map --check',
    'map',
    'rehearse',
    'migrate all --batch-size 20 --max-failure-rate 1 --yes',
  ])
    await succeed(words);
});
afterAll(() => place?.remove());

async function insert(table: string, bad: string | null): Promise<void> {
  const values = names.map((name) => (name === bad ? cases[name]!.bad : cases[name]!.good));
  const list = names.map((name, i) => `$${i + 1}::text::${cases[name]!.from}`);
  await source.query(
    `insert into ${table} (id, ${names.map((name) => `"${name}"`).join(', ')}) select coalesce(max(id), 0) + 1, ${list.join(', ')} from ${table}`,
    values,
  );
}

/** The plan as somebody writes it who wants all of it. */
function written(proposed: PlanFile): PlanFile {
  const entities = proposed.entities.map((entity) => {
    if (!tables.includes(entity.source.table)) return entity;
    const own = entity.columns.filter(({ to }) => ['id', 'legacy_id', 'metadata'].includes(to));
    const policies = entity.source.table === 'strict' ? ['quarantine'] : ['null', 'default', 'placeholder'];
    const made = names.flatMap((name) => policies.map((onMisfit) => columnOf(name, onMisfit)));
    const rest = others.map(([to, type, transform]) =>
      column({ to, type, from: 'email', transform, nullable: true }),
    );
    // An interval that is worked out can only be read by the server, so the whole row travels as text.
    const transform =
      entity.source.table === 'as_text' ? [{ kind: 'copy' }, { kind: 'copy' }] : { kind: 'copy' };
    const span = column({ to: 'span', type: 'interval', from: 'span', nullable: true, transform });
    return {
      ...entity,
      columns: [...own, ...made, ...rest, span],
      checks: [],
      uniques: [],
      indexes: [],
      deferred: [],
      leftOut: [],
    };
  });
  return planFile.parse({ ...proposed, entities, questions: [] });
}

function columnOf(name: string, onMisfit: string): PlanColumn {
  const { type, transform, default: standard, placeholder, sourceless, bad } = cases[name]!;
  return column({
    to: onMisfit === 'quarantine' ? name : `${name}_${onMisfit}`,
    type,
    ...(sourceless ? {} : { from: name }),
    transform,
    nullable: onMisfit === 'null' || (bad === null && onMisfit !== 'quarantine' && sourceless === true),
    ...(name === 'range' ? { range: { min: '0', max: '10' } } : {}),
    ...(onMisfit === 'default' ? { default: standard } : {}),
    ...(onMisfit === 'placeholder' && placeholder ? { placeholder: placeholder[0] } : {}),
    onMisfit,
  });
}

function column(given: Record<string, unknown>): PlanColumn {
  return { onMisfit: 'quarantine', ...given, confidence: 1, reason: 'by hand' } as PlanColumn;
}

async function succeed(words: string): ReturnType<Workplace['run']> {
  const ended = await place.run(words);
  expect([words, ended.code, ended.stderr, ended.code === 0 ? '' : ended.stdout]).toEqual([words, 0, '', '']);
  return ended;
}

describe.each(['as_binary', 'as_text'])('%s', (table) => {
  const read = async (key: number) => {
    const entity = plan.entities.find((item) => item.source.table === table)!;
    const made = entity.columns.map(({ to }) => to);
    const [row] = await target.query<{ row: Record<string, string | null> }>(
      `select jsonb_object($2::text[], array[${made.map((name) => `"${name}"::text`).join(', ')}]) as row
         from ${entity.target.table} where legacy_id = $1`,
      [key, made],
    );
    return row!.row;
  };

  test('good values become what they must', async () => {
    const row = await read(1);
    for (const name of names)
      for (const policy of ['null', 'default', 'placeholder'])
        expectValue(`${name}_${policy}`, row[`${name}_${policy}`], cases[name]!.becomes);
    for (const [name, , , becomes] of others) expectValue(name, row[name], becomes);
  });

  test.each(names.map((name, i) => [name, i + 2] as const))(
    '%s: values that do not fit',
    async (name, key) => {
      const row = await read(key);
      const { default: standard, placeholder, type, bad } = cases[name]!;
      expect(row[`${name}_null`]).toBeNull();
      const [{ value }] = (await target.query<{ value: string }>(
        `select ($1::text::${type})::text as value`,
        [standard],
      )) as [{ value: string }];
      expect(row[`${name}_default`]).toBe(value);
      const made = placeholder?.[1].replace('7', String(key)) ?? `legacy-${key}`;
      expect(row[`${name}_placeholder`]).toBe(made);
      const notes = JSON.parse(row[METADATA]!)._repaired ?? {};
      if (bad !== null) expect(notes[name]).toBe(['domain', 'year'].includes(name) ? '***' : bad);
    },
  );
});

test('under quarantine each row is set aside for its own column', async () => {
  const rows = await target.query<{ key: string; column: string }>(
    `select legacy_id as key, column_name as column from towpath.quarantined_rows where entity = $1 order by legacy_id::int`,
    [plan.entities.find((entity) => entity.source.table === 'strict')!.name],
  );
  expect(rows.map(({ column }) => column)).toEqual(names);
  expect(rows.map(({ key }) => Number(key))).toEqual(names.map((_, i) => i + 2));
});

test('everything is validated, and a changed value is found in every column', async () => {
  const report = JSON.parse((await succeed('validate all --json')).stdout);
  expect(report.issues).toEqual([]);
  for (const table of ['as_binary', 'as_text']) {
    const entity = plan.entities.find((item) => item.source.table === table)!;
    const computed = entity.columns.filter(({ to }) => !['id', 'legacy_id'].includes(to));
    for (const [i, { to, type }] of computed.entries())
      await target.query(
        `update ${entity.target.table} set "${to}" = ${other(to, type)} where legacy_id = $1`,
        [(i % 55) + 1],
      );
    const ended = await place.run('validate accuracy --json --entities '.concat(entity.name));
    const found = JSON.parse(ended.stdout).issues.map((issue: { column?: string }) => issue.column);
    expect(computed.map(({ to }) => to).filter((to) => !found.includes(to))).toEqual([]);
  }
}, 120_000);

/** Another value of the type. */
function other(column: string, type: string): string {
  if (type === 'boolean') return `not "${column}"`;
  if (type === 'jsonb') return `'{"changed": true}'`;
  if (type.endsWith('[]')) return `'{77}'`;
  if (/^(text|character)/.test(type)) return `'changed'`;
  if (type === 'interval' || /^(date|timestamp)/.test(type))
    return `coalesce("${column}", '2001-01-01'::text::${type === 'interval' ? 'interval' : type}) + interval '1 day'`;
  return `coalesce("${column}", 0) + 1`;
}

function expectValue(name: string, value: string | null | undefined, becomes: string | RegExp): void {
  if (typeof becomes === 'string') expect([name, value]).toEqual([name, becomes]);
  else expect(value).toMatch(becomes);
}
