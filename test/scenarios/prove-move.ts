/**
 * A whole move through the real command line, and the proof: everything moves exactly and is verified, or stands in the
 * plan as left out or in the ledger as set aside. The proof asks the two servers, not Towpath.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { type PlanEntity, type PlanFile, planFile } from '../../engine/plan/plan-file.ts';
import { transformsOf } from '../../engine/plan/transforms.ts';
import { type EmbeddedServer, startPostgres } from '../../sample/postgres/server.ts';
import { dropped } from '../helpers/dropped-columns.ts';
import { createWorkplace, type Workplace } from './towpath-process.ts';

/** For the whole move on a machine that is busy with other things. */
const LONGEST = 600_000;

export interface MoveToProve {
  /** Folder with the server's programs; npm's by default. */
  readonly programs: string | undefined;
  /** Fills an empty database. */
  readonly create: (url: string) => Promise<unknown>;
  /** Source table → legacy keys of the rows that must be set aside. */
  readonly setAside: Readonly<Record<string, readonly string[]>>;
  /** So that a proof over nothing cannot pass. */
  readonly least: { readonly columns: number; readonly references: number };
}

/** Registers the tests; call it inside a `describe`. */
export function proveMove({ programs, create, setAside: mustBeAside, least }: MoveToProve): void {
  let server: EmbeddedServer;
  let place: Workplace;
  let plan: PlanFile;
  let source: pg.Client;
  let target: pg.Client;
  let report: { validation: { overallStatus: string; checks: { status: string }[] }; issues: unknown[] };
  /** Entity → legacy keys of the rows set aside. */
  let setAside: Map<string, readonly string[]>;
  /** Tables whose rows are kept by their parts. */
  let divided: ReadonlySet<string>;
  const ownRows = ({ source: { schema, table } }: PlanEntity) =>
    `${divided.has(`${schema}.${table}`) ? '' : 'only '}${quote(schema)}.${quote(table)}`;
  /** The entity's rows in the source, without those set aside. */
  const moved = (entity: PlanEntity) => {
    const keys = setAside.get(entity.name);
    const list = (keys ?? []).map((key) => pg.escapeLiteral(key)).join(', ');
    return keys
      ? `(select * from ${ownRows(entity)} c where ${keyText(entity, 'c')} not in (${list})) c`
      : ownRows(entity);
  };

  beforeAll(async () => {
    server = await startPostgres({
      settings: { fsync: false, full_page_writes: false, synchronous_commit: false },
      ...(programs ? { programs } : {}),
    });
    await server.createDatabase('odd');
    await server.createDatabase('new');
    await create(server.url('odd'));
    source = await connect(server.url('odd'));
    target = await connect(server.url('new'));
    const parents = await source.query<{ name: string }>(
      `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace where c.relkind = 'p'`,
    );
    divided = new Set(parents.rows.map(({ name }) => name));
    place = createWorkplace({ source: server.url('odd'), target: server.url('new') });
    for (const words of [
      'analyze',
      'plan',
      'map answer --all-recommended',
      'map',
      'rehearse',
      'migrate all --max-failure-rate 1 --yes',
    ])
      await succeed(place, words);
    plan = planFile.parse(parse(readFileSync(join(place.folder, 'towpath.plan.yaml'), 'utf8')));
    report = JSON.parse((await succeed(place, 'validate all --json')).stdout);
    const { rows } = await target.query<{ entity: string; keys: string[] }>(
      'select entity, array_agg(legacy_id) as keys from towpath.quarantined_rows group by 1',
    );
    setAside = new Map(rows.map(({ entity, keys }) => [entity, keys]));
  }, LONGEST);
  afterAll(async () => {
    place?.remove();
    await source?.end();
    await target?.end();
    await server?.stop();
  });

  test('the plan accounts for every table and every column', async () => {
    expect(await dropped(source, plan)).toEqual([]);
  });

  test('the rows set aside are the ones that must be', () => {
    const tables = new Map(plan.entities.map(({ name, source: { table } }) => [name, table]));
    const found = [...setAside].map(([entity, keys]) => [tables.get(entity), [...keys].sort()]);
    expect(Object.fromEntries(found)).toEqual(mustBeAside);
  });

  test('every row is there', async () => {
    for (const entity of plan.entities) {
      const before = await count(source, ownRows(entity));
      const after = await count(target, `"${entity.target.schema}"."${entity.target.table}"`);
      expect([entity.name, after]).toEqual([entity.name, before - (setAside.get(entity.name)?.length ?? 0)]);
    }
  });

  test(
    'every value that keeps its type has the same text',
    async () => {
      let compared = 0;
      for (const entity of plan.entities) {
        const columns = entity.columns.filter(keepsText);
        for (let at = 0; at < columns.length; at += 50) {
          const some = columns.slice(at, at + 50);
          const before = await textsOf(
            source,
            some.map(({ from, type }) => sameForm(from!, type)),
            moved(entity),
          );
          const after = await textsOf(
            target,
            some.map(({ to }) => quote(to)),
            `${quote(entity.target.schema)}.${quote(entity.target.table)}`,
          );
          some.forEach(({ to }, i) => {
            expect([entity.name, to, after[i]]).toEqual([entity.name, to, before[i]]);
          });
          compared += some.length;
        }
      }
      expect(compared).toBeGreaterThan(least.columns);
    },
    LONGEST,
  );

  test(
    'what has no column of its own is in the metadata',
    async () => {
      for (const entity of plan.entities) {
        const metadata = entity.columns.find((column) => transformsOf(column)[0]!.kind === 'metadata')!;
        const [step] = transformsOf(metadata);
        for (const name of step!.kind === 'metadata' ? step!.columns : []) {
          const before = await texts(source, `to_jsonb(${quote(name)})`, moved(entity));
          const table = `${quote(entity.target.schema)}.${quote(entity.target.table)}`;
          const after = await texts(target, `nullif(metadata -> ${pg.escapeLiteral(name)}, 'null')`, table);
          expect([entity.name, name, after]).toEqual([entity.name, name, before]);
        }
      }
    },
    LONGEST,
  );

  test('every reference points to the row it pointed to', async () => {
    const { rows } = await source.query<{
      child: string;
      parent: string;
      join: string;
      schema: string;
      columns: string[];
    }>(
      `select n.nspname as schema, c.relname as child,
              array(select a.attname::text from unnest(k.conkey) with ordinality u(no, n) join pg_attribute a on a.attrelid = c.oid and a.attnum = u.no order by u.n) as columns,
              format('%s c join %s p on %s', k.conrelid::regclass, k.confrelid::regclass,
                (select string_agg(format('c.%I = p.%I', a.attname, b.attname), ' and ')
                   from unnest(k.conkey, k.confkey) u(own, other)
                   join pg_attribute a on a.attrelid = k.conrelid and a.attnum = u.own
                   join pg_attribute b on b.attrelid = k.confrelid and b.attnum = u.other)) as join
         from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_namespace n on n.oid = c.relnamespace
        where k.contype = 'f' and k.conparentid = 0 and to_jsonb(k) ->> 'conperiod' is distinct from 'true'`,
    );
    expect(rows.length).toBeGreaterThan(least.references);
    for (const key of rows) {
      const child = plan.entities.find(
        (item) => item.source.schema === key.schema && item.source.table === key.child,
      )!;
      const column = child.columns.find((item) => {
        const [step] = transformsOf(item);
        if (step!.kind !== 'reference') return false;
        return (step!.match?.columns ?? [item.from]).join() === key.columns.join();
      })!;
      const [step] = transformsOf(column);
      const parent = plan.entities.find((item) => step!.kind === 'reference' && item.name === step!.entity)!;
      if (setAside.has(child.name) || setAside.has(parent.name)) continue;
      const pair = (a: PlanEntity, b: PlanEntity) => `${keyText(a, 'c')} || ' -> ' || ${keyText(b, 'p')}`;
      const before = await texts(source, pair(child, parent), key.join);
      const tables = `${quote(child.target.schema)}.${quote(child.target.table)} c join ${quote(parent.target.schema)}.${quote(parent.target.table)} p on p.id = c.${quote(column.to)}`;
      const after = await texts(target, `c.legacy_id::text || ' -> ' || p.legacy_id::text`, tables);
      expect([child.name, column.to, after]).toEqual([child.name, column.to, before]);
    }
  });

  test('validation finds nothing and says so', () => {
    expect(report.issues).toEqual([]);
    expect(report.validation.checks.filter(({ status }) => status !== 'pass')).toEqual([]);
  });

  test(
    'rollback leaves nothing behind',
    async () => {
      await succeed(place, 'rollback --confirm');
      expect(await count(target, `pg_class where relnamespace = 'public'::regnamespace`)).toBe(0);
    },
    LONGEST,
  );
}

async function succeed(place: Workplace, words: string): ReturnType<Workplace['run']> {
  const ended = await place.run(words);
  expect([words, ended.code, ended.stderr]).toEqual([words, 0, '']);
  return ended;
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`set timezone = 'UTC'; set extra_float_digits = 3; set search_path = public, archive`);
  return client;
}

/** Columns whose text must be the same on both sides; a clock without a zone gets one, JSON its own order. */
function keepsText(column: PlanEntity['columns'][number]): boolean {
  return (
    column.from !== undefined && transformsOf(column).every(({ kind }) => kind === 'copy' || kind === 'cast')
  );
}

/** What a value made of parts must be in the target; the source itself says so. */
function sameForm(name: string, type: string): string {
  if (type === 'jsonb') return `to_jsonb(${quote(name)})`;
  if (type === 'text[]' || type === 'numeric[]') return `${quote(name)}::${type}`;
  return type === 'numeric' ? `${quote(name)}::numeric` : quote(name);
}

function keyText(entity: PlanEntity, alias: string): string {
  const items = entity.key.columns.map((name) => `${alias}.${quote(name)}`);
  return items.length === 1 ? `${items[0]}::text` : `jsonb_build_array(${items.join(', ')})::text`;
}

function quote(name: string): string {
  return pg.escapeIdentifier(name);
}

async function count(client: pg.Client, from: string): Promise<number> {
  const { rows } = await client.query<{ n: number }>(`select count(*)::int as n from ${from}`);
  return rows[0]!.n;
}

/** All values as digests of their texts, in an order that both sides agree on. */
async function texts(client: pg.Client, value: string, from: string): Promise<(string | null)[]> {
  return (await textsOf(client, [value], from))[0]!;
}

/** The same of several values, in one question. */
async function textsOf(
  client: pg.Client,
  values: readonly string[],
  from: string,
): Promise<(string | null)[][]> {
  const parts = values.map((value, i) => `select ${i} as i, (${value})::text as v from ${from}`);
  const { rows } = await client.query<{ i: number; v: string | null }>(
    `select i, case when length(v) > 60 then md5(v) else v end as v from (${parts.join(' union all ')}) x
      order by i, v is null, md5(v)`,
  );
  const found = values.map((): (string | null)[] => []);
  for (const { i, v } of rows) found[i]!.push(v);
  return found;
}
