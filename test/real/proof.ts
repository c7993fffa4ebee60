/**
 * Whether a database arrived whole, asked of the two servers and the plan, not of Towpath. Complaints in words; none is
 * good. Rows set aside are taken as they are told: whoever calls says how many there may be.
 */
import pg from 'pg';
import type { PlanColumn, PlanEntity, PlanFile } from '../../engine/plan/plan-file.ts';
import { transformsOf } from '../../engine/plan/transforms.ts';
import { declaredSql, tablesSql } from './proof.sql.ts';

export interface Proof {
  readonly complaints: readonly string[];
  /** Columns whose texts were compared, all of them. */
  readonly compared: number;
  /** Declared references found again in the target, and all there were. */
  readonly references: { readonly kept: number; readonly declared: number };
}

interface SourceTable {
  readonly schema: string;
  readonly table: string;
  readonly columns: readonly string[];
  /** As `format_type` prints them, in the same order. */
  readonly types: readonly string[];
}

interface Declared extends Omit<SourceTable, 'types'> {
  readonly parentSchema: string;
  readonly parentTable: string;
}

export async function proveMove(
  urls: { readonly source: string; readonly target: string },
  plan: PlanFile,
  setAside: ReadonlyMap<string, number> = new Map(),
): Promise<Proof> {
  const source = await connect(urls.source);
  const target = await connect(urls.target);
  try {
    const { rows: tables } = await source.query<SourceTable>(tablesSql);
    const complaints = tables.flatMap((table) => accountFor(table, plan));
    let compared = 0;
    for (const entity of plan.entities) {
      if (!(await exists(target, entity))) {
        complaints.push(`${entity.name} has no table in the target`);
        continue;
      }
      complaints.push(...(await compareCounts(source, target, entity, setAside.get(entity.name) ?? 0)));
      if (setAside.has(entity.name)) continue;
      const types = typesOf(tables, entity);
      for (const column of entity.columns.filter((item) => keepsText(item, types))) {
        compared++;
        const before = await digest(source, column.from!, own(entity));
        const after = await digest(target, column.to, own({ source: entity.target }));
        if (before !== after) complaints.push(`${entity.name}.${column.to} holds other values`);
      }
    }
    const { rows: declared } = await source.query<Declared>(declaredSql);
    const lost = declared.filter((reference) => !isKept(reference, plan));
    complaints.push(...lost.map((item) => `${item.table}(${item.columns.join(', ')}) lost its reference`));
    const references = { kept: declared.length - lost.length, declared: declared.length };
    return { complaints, compared, references };
  } finally {
    await source.end();
    await target.end();
  }
}

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`set timezone = 'UTC'; set extra_float_digits = 3; set search_path = pg_catalog`);
  return client;
}

async function exists(target: pg.Client, entity: PlanEntity): Promise<boolean> {
  const { rows } = await target.query('select to_regclass($1) is not null as found', [
    own({ source: entity.target }),
  ]);
  return rows[0].found;
}

function accountFor({ schema, table, columns }: SourceTable, plan: PlanFile): string[] {
  const entity = plan.entities.find(({ source }) => source.schema === schema && source.table === table);
  const left = plan.excluded.some((item) => item.schema === schema && item.table === table);
  if (!entity) return left ? [] : [`${schema}.${table} is in no part of the plan`];
  const named = new Set([
    ...entity.columns.flatMap((column) => [
      ...(column.from ? [column.from] : []),
      ...transformsOf(column).flatMap((step) => (step.kind === 'metadata' ? step.columns : [])),
    ]),
    ...entity.key.columns,
    ...entity.leftOut.map(({ column }) => column),
  ]);
  return columns
    .filter((name) => !named.has(name))
    .map((name) => `${schema}.${table}.${name} is in no part of the plan`);
}

async function compareCounts(
  source: pg.Client,
  target: pg.Client,
  entity: PlanEntity,
  setAside: number,
): Promise<string[]> {
  const count = async (client: pg.Client, from: string) =>
    Number((await client.query<{ n: string }>(`select count(*) as n from ${from}`)).rows[0]!.n);
  const before = (await count(source, own(entity))) - setAside;
  const after = await count(target, own({ source: entity.target }));
  return before === after ? [] : [`${entity.name} has ${after} rows, not ${before}`];
}

/** Columns whose text must be the same on both sides: of the same type, or of one that shows every value as it was. */
function keepsText(column: PlanColumn, types: ReadonlyMap<string, string>): boolean {
  const type = types.get(column.from ?? '');
  if (type === undefined || !transformsOf(column).every(({ kind }) => kind === 'copy' || kind === 'cast'))
    return false;
  return (
    type === column.type || (column.type === 'text' && !/\[\]$/.test(type)) || /^(text|character)/.test(type)
  );
}

function typesOf(tables: readonly SourceTable[], { source }: PlanEntity): Map<string, string> {
  const table = tables.find((item) => item.schema === source.schema && item.table === source.table);
  return new Map(table?.columns.map((name, i) => [name, table.types[i]!]));
}

/** Of all values together, in no order of rows; a missing one is not an empty one. */
async function digest(client: pg.Client, column: string, from: string): Promise<string> {
  const text = `coalesce('=' || ${pg.escapeIdentifier(column)}::text, '')`;
  const { rows } = await client.query<{ digest: string }>(
    `select coalesce(sum(('x' || left(md5(${text}), 15))::bit(60)::bigint), 0)::text as digest from ${from}`,
  );
  return rows[0]!.digest;
}

/** Inheriting tables bring their own rows; the parts of a split table belong to it. */
function own({ source }: Pick<PlanEntity, 'source'>): string {
  return `${pg.escapeIdentifier(source.schema)}.${pg.escapeIdentifier(source.table)}`;
}

function isKept(reference: Declared, plan: PlanFile): boolean {
  const find = (schema: string, table: string) =>
    plan.entities.find(({ source }) => source.schema === schema && source.table === table);
  const child = find(reference.schema, reference.table);
  const parent = find(reference.parentSchema, reference.parentTable);
  // What is left out whole is told in the plan with its reason.
  if (!child || !parent) return true;
  return child.columns.some((column) =>
    transformsOf(column).some(
      (step) =>
        step.kind === 'reference' &&
        step.entity === parent.name &&
        (step.match?.columns ?? [column.from]).join() === reference.columns.join(),
    ),
  );
}
