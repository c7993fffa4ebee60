/**
 * The promise that nothing is dropped silently, counted against the server itself and not against Towpath's analysis:
 *
 *     expect(await dropped(source, plan)).toEqual([]);
 *
 * `source` is any client on the old database. Each table of every schema must be an entity or be listed as left out with
 * a reason; each column of an entity must be mapped, be in metadata, or be listed as left out with a reason.
 */
import type { PlanEntity, PlanFile } from '../../engine/plan/plan-file.ts';
import { transformsOf } from '../../engine/plan/transforms.ts';
import type { Catalog } from '../../engine/schema/catalog.ts';

export interface Asked {
  query<T extends object>(text: string): Promise<{ rows: T[] } | T[]>;
}

interface SourceTable {
  readonly schema: string;
  readonly table: string;
  readonly columns: string[];
}

/** What the plan says nothing of, as `schema.table` or `schema.table.column`; empty where it accounts for all. */
export async function dropped(source: Asked, plan: PlanFile): Promise<string[]> {
  const tables = await tablesOf(source);
  if (tables.length === 0) throw new Error('there is no table to count');
  return tables.flatMap((item) => {
    const name = `${item.schema}.${item.table}`;
    const entity = plan.entities.find(
      ({ source: { schema, table } }) => schema === item.schema && table === item.table,
    );
    if (!entity) return isExcluded(plan, item) ? [] : [name];
    const known = accountedFor(entity);
    return item.columns.filter((column) => !known.has(column)).map((column) => `${name}.${column}`);
  });
}

/** How the columns of all entities are accounted for; for reports and for tests that must not count nothing. */
export async function countColumns(
  source: Asked,
  plan: PlanFile,
): Promise<{
  tables: number;
  columns: number;
  mapped: number;
  inMetadata: number;
  leftOut: number;
  excluded: number;
}> {
  const tables = await tablesOf(source);
  const sum = (of: (entity: PlanEntity) => number) => plan.entities.reduce((n, entity) => n + of(entity), 0);
  return {
    tables: tables.length,
    columns: tables.reduce((n, { columns }) => n + columns.length, 0),
    mapped: sum((entity) => mappedOf(entity).size),
    inMetadata: sum((entity) => metadataOf(entity).length),
    leftOut: sum((entity) => entity.leftOut.length),
    excluded: plan.excluded.length,
  };
}

async function tablesOf(source: Asked): Promise<SourceTable[]> {
  const answer = await source.query<SourceTable>(
    `select n.nspname as schema, c.relname as table,
            array(select a.attname::text from pg_attribute a
                   where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns
       from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p', 'v', 'm', 'f') and n.nspname !~ '^pg_'
        and n.nspname not in ('information_schema', 'towpath')`,
  );
  return Array.isArray(answer) ? answer : answer.rows;
}

function isExcluded(plan: PlanFile, { schema, table }: SourceTable): boolean {
  return plan.excluded.some((item) => item.schema === schema && item.table === table && item.reason !== '');
}

function accountedFor(entity: PlanEntity): ReadonlySet<string> {
  const left = entity.leftOut.filter((item) => item.reason !== '').map((item) => item.column);
  return new Set([...mappedOf(entity), ...metadataOf(entity), ...left]);
}

/** A key is whole in legacy_id, where there is one; a reference by several columns does not hold what each of them says. */
function mappedOf(entity: PlanEntity): ReadonlySet<string> {
  const from = entity.columns.flatMap((column) => {
    const several = transformsOf(column).some(
      (step) => step.kind === 'reference' && (step.match?.columns.length ?? 1) > 1,
    );
    return column.from === undefined || several ? [] : [column.from];
  });
  const key = entity.columns.some(({ to }) => to === 'legacy_id') ? entity.key.columns : [];
  return new Set([...from, ...key]);
}

function metadataOf(entity: PlanEntity): readonly string[] {
  return entity.columns.flatMap((column) =>
    transformsOf(column).flatMap((step) => (step.kind === 'metadata' ? step.columns : [])),
  );
}

/**
 * Objects of the source (views, triggers, counters, policies and so on) that the analysis does not list, as
 * `kind schema.name`. Housekeeping tables bring theirs along into oblivion, with the reason of the table.
 */
export async function unlisted(
  source: Asked,
  catalog: Pick<Catalog, 'objects' | 'tables'>,
): Promise<string[]> {
  const answer = await source.query<{ kind: string; schema: string; name: string; owner: string | null }>(
    OBJECTS,
  );
  const rows = Array.isArray(answer) ? answer : answer.rows;
  const listed = new Set(
    (catalog.objects ?? []).map((item) => `${item.kind} ${item.schema ?? ''}.${item.name}`),
  );
  const kept = new Set(
    catalog.tables.filter((table) => table.housekeeping).map((table) => `${table.schema}.${table.name}`),
  );
  return rows
    .filter(({ owner }) => owner === null || !kept.has(owner))
    .map(({ kind, schema, name }) => `${kind} ${schema}.${name}`)
    .filter((name) => !listed.has(name));
}

const OBJECTS = `
  with mine as (
    select c.oid, c.relname, c.relkind, c.relispartition, c.relpersistence, n.nspname, n.nspname || '.' || c.relname as whole
      from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname !~ '^(pg_|towpath$)' and n.nspname <> 'information_schema'
       and not exists (select 1 from pg_depend d where d.objid = c.oid and d.deptype = 'e'))
  select case when relispartition then 'partition' else case relkind when 'v' then 'view' when 'm' then 'materialized-view'
           when 'f' then 'foreign-table' when 'S' then 'sequence' else 'unlogged' end end as kind,
         nspname as schema, relname as name, case when relkind = 'S' then null else whole end as owner
    from mine where (relispartition and relkind in ('r', 'p', 'f')) or relkind in ('v', 'm', 'f', 'S') or (relkind = 'r' and relpersistence = 'u')
  union all select 'trigger', nspname, tgname, whole from pg_trigger t join mine on mine.oid = tgrelid where not tgisinternal
  union all select 'rule', nspname, rulename, whole from pg_rewrite r join mine on mine.oid = ev_class where rulename <> '_RETURN'
  union all select 'policy', nspname, polname, whole from pg_policy p join mine on mine.oid = polrelid
  union all select 'exclusion', nspname, conname, whole from pg_constraint k join mine on mine.oid = conrelid where contype = 'x'
  union all select 'index', nspname, ic.relname, whole from pg_index i join mine on mine.oid = indrelid
    join pg_class ic on ic.oid = indexrelid where indpred is not null or indexprs is not null
  union all select 'generated-column', nspname, attname, whole from pg_attribute a join mine on mine.oid = attrelid
    where attnum > 0 and not attisdropped and attgenerated <> '' and relkind in ('r', 'p') and not relispartition
  union all select 'enum', n.nspname, typname, null from pg_type t join pg_namespace n on n.oid = typnamespace
    where typtype = 'e' and n.nspname !~ '^pg_' and not exists (select 1 from pg_depend d where d.objid = t.oid and d.deptype = 'e')
  union all select 'domain', n.nspname, typname, null from pg_type t join pg_namespace n on n.oid = typnamespace
    where typtype = 'd' and n.nspname !~ '^pg_' and n.nspname <> 'information_schema'
      and not exists (select 1 from pg_depend d where d.objid = t.oid and d.deptype = 'e')
  union all select 'function', n.nspname, proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', null
    from pg_proc p join pg_namespace n on n.oid = pronamespace
    where n.nspname !~ '^pg_' and n.nspname <> 'information_schema' and prokind = 'f'
      and not exists (select 1 from pg_depend d where d.objid = p.oid and d.deptype in ('e', 'i'))`;
