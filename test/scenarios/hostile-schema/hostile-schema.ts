/** A schema made to break whoever reads it, with rows at the edges. Works on servers from 13 on. */
import pg from 'pg';
import { hostileNamesSql } from './hostile-names.sql.ts';
import { hostileTablesSql } from './hostile-tables.sql.ts';

/** Fills an empty database. */
export async function createHostileSchema(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ version: number }>(
      `select current_setting('server_version_num')::int as version`,
    );
    await client.query(hostileNamesSql());
    await client.query(hostileTablesSql(rows[0]!.version));
    await client.query('analyze');
  } finally {
    await client.end();
  }
}
