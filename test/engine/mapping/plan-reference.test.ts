/** Every example of docs/plan-reference.md is moved by the real mapper between two servers, and every transform has one. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { heldSources } from '../../../engine/plan/held-sources.ts';
import { type PlanColumn, type PlanFile, planColumn, transform } from '../../../engine/plan/plan-file.ts';
import { transformsOf } from '../../../engine/plan/transforms.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';
import { type MovedTables, moveTables } from './moved-tables.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/plan-reference.md'), 'utf8');

interface Example {
  readonly section: string;
  readonly table: string;
  readonly column: PlanColumn;
  readonly sources: readonly { readonly name: string; readonly type: string }[];
  /** Per row the old values and the new one, as the page writes them. */
  readonly rows: readonly (readonly string[])[];
}

const examples: readonly Example[] = [
  ...page.matchAll(/```yaml\n((?:(?!```)[\s\S])*)```\n\n((?:\|.*\n)+)/g),
].map(({ 1: yaml, 2: lines, index }, i) => {
  const [head, , ...rows] = lines!.trim().split('\n').map(cellsOf);
  const sources = head!.slice(0, -1).map((cell) => /^`(.+)` (.+)$/.exec(cell)!);
  return {
    section: page
      .slice(0, index)
      .match(/^## .*$/gm)!
      .at(-1)!
      .slice(3),
    table: `example_${i + 1}`,
    column: planColumn.parse({ ...(parse(yaml!) as object), confidence: 1, reason: 'example' }),
    sources: sources.map(([, name, type]) => ({ name: name!, type: type! })),
    rows,
  };
});

function cellsOf(line: string): string[] {
  return line
    .slice(1, -1)
    .split('|')
    .map((cell) => cell.trim());
}

/** `*null*`, or the text, in backticks where it begins or ends with a blank. */
function textOf(cell: string): string | null {
  if (cell === '*null*') return null;
  return /^`(.*)`$/.exec(cell)?.[1] ?? cell;
}

const source = useTestDatabase();
const target = useTestDatabase();
let moved: MovedTables;

beforeAll(async () => {
  for (const [, sql] of page.matchAll(/```sql\n(.*?)```/gs)) await source.query(sql!);
  for (const { table, sources, rows } of examples) {
    const columns = sources.map(({ name, type }) => `"${name}" ${type}`);
    await source.query(`create table ${table} (id int primary key, ${columns.join(', ')})`);
    for (const [i, cells] of rows.entries()) {
      const values = sources.map(({ type }, k) => `$${k + 2}::text::${type}`);
      await source.query(`insert into ${table} values ($1::int, ${values.join(', ')})`, [
        i + 1,
        ...cells.slice(0, -1).map(textOf),
      ]);
    }
  }
  moved = await moveTables(source, target, (plan) => ({
    ...plan,
    entities: plan.entities
      .map((entity) =>
        withExample(
          entity,
          examples.find(({ table }) => table === entity.source.table),
        ),
      )
      .sort((a, b) => a.level - b.level),
  }));
});

function withExample(entity: PlanFile['entities'][number], example: Example | undefined): typeof entity {
  if (!example) return entity;
  const isMetadata = transformsOf(example.column)[0]!.kind === 'metadata';
  const own = entity.columns.filter(
    ({ to }) => to === 'id' || to === 'legacy_id' || (to === 'metadata' && !isMetadata),
  );
  const columns = [...own, example.column];
  const held = heldSources({ ...entity, columns });
  const besides = example.sources.filter(({ name }) => !held.has(name));
  return {
    ...entity,
    level: 2,
    columns,
    leftOut: besides.map(({ name }) => ({ column: name, reason: 'the example shows another' })),
    uniques: [],
    indexes: [],
    checks: [],
    deferred: [],
  };
}

test('every transform has a section with an example', () => {
  const shown = new Set(examples.flatMap(({ column }) => transformsOf(column).map(({ kind }) => kind)));
  const kinds = transform.options.map((option) => option.shape.kind.value);
  // The key of every example is a uuid; code needs a sandbox (test/engine/code).
  expect(kinds.filter((kind) => !shown.has(kind) && !['uuid', 'code', 'lower'].includes(kind))).toEqual([]);
  const sections = [...page.matchAll(/^## (.+)$/gm)].map(([, title]) => title!);
  expect(kinds.filter((kind) => !sections.some((title) => title.split(' and ').includes(kind)))).toEqual([]);
  expect(
    sections.filter((title) => !page.includes(`(#${title.toLowerCase().replaceAll(' ', '-')})`)),
  ).toEqual([]);
});

test.each(examples.map((example) => [example.section, example.table, example] as const))(
  '%s (%s)',
  async (_section, table, { column, rows }) => {
    const entity = moved.plan.entities.find((item) => item.source.table === table)!;
    const found = await target.query<{ key: number; value: string | null }>(
      `select legacy_id as key, "${column.to}"::text as value from ${entity.target.table} order by 1`,
    );
    const values = new Map(found.map(({ key, value }) => [key, value]));
    const rejected = new Set(
      moved.rejects.filter((item) => item.entity === entity.name).map(({ key }) => key),
    );
    for (const [i, cells] of rows.entries()) {
      const cell = cells.at(-1)!;
      const value = values.get(i + 1);
      if (cell === '*set aside*')
        expect([cells, value, rejected.has(String(i + 1))]).toEqual([cells, undefined, true]);
      else if (cell.startsWith('*like `')) expect(value).toMatch(new RegExp(cell.slice(7, -2)));
      else if (cell.startsWith('*the id of ')) expect([cells, value]).toEqual([cells, await idOf(cell)]);
      else expect([cells, value]).toEqual([cells, textOf(cell)]);
    }
  },
);

async function idOf(cell: string): Promise<string> {
  const [, key, table] = /^\*the id of (\S+) in (\w+)\*$/.exec(cell)!;
  const [row] = await target.query<{ id: string }>(`select id from ${table} where legacy_id = $1`, [key]);
  return row!.id;
}
