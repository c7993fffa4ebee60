/** What a target holds, in a form that two targets can be compared by. */
import { createHash } from 'node:crypto';
import pg from 'pg';
import type { PlanFile } from '../../engine/plan/plan-file.ts';
import type { TestDatabase } from '../helpers/test-database.ts';

type Query = Pick<TestDatabase, 'query'>['query'];

export interface TargetContent {
  /** Table → every row as text, in the order of ids, as one digest, with their number in front. */
  readonly tables: Readonly<Record<string, string>>;
  /** Keys, indexes and foreign keys. */
  readonly objects: readonly string[];
  /** Entity → its pairs. */
  readonly pairs: Readonly<Record<string, string>>;
  readonly quarantined: readonly string[];
  readonly repaired: readonly string[];
  readonly entities: readonly string[];
}

/**
 * Of the newest run of a migration. Batch numbers, times and columns that the target fills in by itself are left out:
 * they differ between runs that are equal.
 */
export async function readContent(query: Query, plan: PlanFile): Promise<TargetContent> {
  const [run] = await query<{ id: string }>(
    'select run_id as id from towpath.migration_control order by started_at desc limit 1',
  );
  const ofRun = async (sql: string) =>
    (await query<{ line: string }>(sql, [run!.id])).map(({ line }) => line);
  return {
    tables: await readTables(query, plan),
    objects: await readObjects(query),
    pairs: await readPairs(query),
    quarantined: await ofRun(
      `select concat_ws(' | ', entity, legacy_id, reason, coalesce(sqlstate, '-'), column_name, source_row::text, state) as line
       from towpath.quarantined_rows where run_id = $1 order by 1`,
    ),
    repaired: await ofRun(
      `select concat_ws(' | ', entity, legacy_id, column_name, rule, original) as line
       from towpath.repaired_rows where run_id = $1 order by 1`,
    ),
    entities: await ofRun(
      `select concat_ws(' ', entity, state, 'expected', expected_rows, 'read', rows_read, 'written', rows_written,
         'quarantined', rows_quarantined, 'repaired', rows_repaired, 'excluded', rows_excluded) as line
       from towpath.entity_migration_status where run_id = $1 order by 1`,
    ),
  };
}

/** Tables outside the server's own schemas and Towpath's, sorted. */
export async function listTables(query: Query): Promise<string[]> {
  const rows = await query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind in ('r', 'p', 'v', 'm', 'i', 'S') and n.nspname not like 'pg\\_%'
       and n.nspname not in ('information_schema', 'towpath') order by 1`,
  );
  return rows.map(({ name }) => name);
}

async function readTables(query: Query, plan: PlanFile): Promise<Record<string, string>> {
  const digests: Record<string, string> = {};
  for (const { target, columns } of plan.entities) {
    const { schema, table } = target;
    const list = columns.map(({ to }) => pg.escapeIdentifier(to)).join(', ');
    const rows = await query<{ row: string }>(
      `select row(${list})::text as row from ${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(table)} order by id`,
    );
    digests[table] = `${rows.length} ${digest(rows.map(({ row }) => row))}`;
  }
  return digests;
}

async function readObjects(query: Query): Promise<string[]> {
  const rows = await query<{ line: string }>(
    `select conrelid::regclass::text || ' ' || conname || ' ' || pg_get_constraintdef(oid) || ' ' || convalidated as line
       from pg_constraint where connamespace = 'public'::regnamespace
     union all
     select i.indrelid::regclass::text || ' ' || pg_get_indexdef(i.indexrelid) || ' ' || i.indisvalid
       from pg_index i join pg_class c on c.oid = i.indrelid where c.relnamespace = 'public'::regnamespace
     union all
     select c.oid::regclass::text || ' ' || coalesce(obj_description(c.oid, 'pg_class'), '-')
       from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'
     order by 1`,
  );
  return rows.map(({ line }) => line);
}

async function readPairs(query: Query): Promise<Record<string, string>> {
  const rows = await query<{ entity: string; pair: string }>(
    `select entity, legacy_id || ' ' || new_id as pair from towpath.migration_mappings order by entity, legacy_id, new_id`,
  );
  const byEntity = Map.groupBy(rows, ({ entity }) => entity);
  return Object.fromEntries(
    [...byEntity].map(([entity, pairs]) => [
      entity,
      `${pairs.length} ${new Set(pairs.map(({ pair }) => pair)).size} ${digest(pairs.map(({ pair }) => pair))}`,
    ]),
  );
}

function digest(lines: readonly string[]): string {
  const hash = createHash('sha256');
  for (const line of lines) hash.update(line).update('\n');
  return hash.digest('hex').slice(0, 16);
}
