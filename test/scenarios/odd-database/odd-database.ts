/**
 * A small legacy database that nobody designed: every way of naming, keying and typing that PostgreSQL allows and some
 * system somewhere has. Works on servers from 11 on; what a server does not know is left out.
 */
import pg from 'pg';
import { oddKeysSql } from './odd-keys.sql.ts';
import { type OddServer, oddTypesSql } from './odd-types.sql.ts';

/** Fills an empty database. */
export async function createOddDatabase(url: string): Promise<OddServer> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ version: number; extensions: string[] }>(
      `select current_setting('server_version_num')::int as version,
              array(select name::text from pg_available_extensions order by name) as extensions`,
    );
    const { version, extensions } = rows[0]!;
    const server = { versionNum: version, extensions };
    await client.query(oddKeysSql());
    await client.query(oddTypesSql(server));
    await client.query('analyze');
    return server;
  } finally {
    await client.end();
  }
}
