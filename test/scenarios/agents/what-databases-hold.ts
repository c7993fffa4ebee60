/** What two databases hold, so that a test can say that nothing was written: rows of every table, and every object. */
import { createHash } from 'node:crypto';
import pg from 'pg';
import type { TestDatabase } from '../../helpers/test-database.ts';

type Query = Pick<TestDatabase, 'query'>['query'];

const OWN = `n.nspname !~ '^(pg_|information_schema$)'`;

/** Schemas, tables, columns, functions, triggers, sequences' positions, comments, and every row. */
export async function checksum(query: Query): Promise<string> {
  const hash = createHash('sha256');
  for (const sql of [
    `select n.nspname, c.relname, c.relkind, c.relacl, c.relrowsecurity, a.attname, a.atttypid::regtype, a.attnotnull
       from pg_class c join pg_namespace n on n.oid = c.relnamespace left join pg_attribute a on a.attrelid = c.oid
      where ${OWN} order by 1, 2, a.attnum`,
    `select n.nspname, p.proname, p.prosrc from pg_proc p join pg_namespace n on n.oid = p.pronamespace where ${OWN} order by 1, 2`,
    `select tgname, tgenabled from pg_trigger order by 1`,
    `select classoid::regclass::text, objoid, objsubid, description from pg_description where objoid >= 16384 order by 1, 2, 3`,
    `select schemaname, sequencename, last_value from pg_sequences order by 1, 2`,
    `select nspname, nspacl from pg_namespace n where ${OWN} order by 1`,
  ]) {
    hash.update(JSON.stringify(await query(sql)));
  }
  for (const { schema, name } of await tablesOf(query)) {
    const table = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;
    hash
      .update(table)
      .update(JSON.stringify(await query(`select t::text as row from ${table} t order by 1`)));
  }
  return hash.digest('hex');
}

/** `schema.table` → rows, outside of the server's and Towpath's own schemas. Empty tables are there too. */
export async function rowCounts(query: Query): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { schema, name } of await tablesOf(query)) {
    if (schema === 'towpath') continue;
    const table = `${pg.escapeIdentifier(schema)}.${pg.escapeIdentifier(name)}`;
    const [row] = await query<{ rows: number }>(`select count(*)::int as rows from ${table}`);
    counts[`${schema}.${name}`] = row!.rows;
  }
  return counts;
}

export async function schemasOf(query: Query): Promise<string[]> {
  const rows = await query<{ name: string }>(
    `select nspname as name from pg_namespace n where ${OWN} order by 1`,
  );
  return rows.map(({ name }) => name);
}

function tablesOf(query: Query): Promise<{ schema: string; name: string }[]> {
  return query(
    `select n.nspname as schema, c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind in ('r', 'p') and not c.relispartition and ${OWN} order by 1, 2`,
  );
}
