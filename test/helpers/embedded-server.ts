/**
 * One PostgreSQL for a whole `vitest run` (globalSetup): nothing on it outlives the run, so fsync is off.
 * Test files reach it through test-database.ts.
 */
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { startPostgres } from '../../sample/postgres/server.ts';
import { outlineSupabase } from '../../sample/supabase/outline.ts';
import { emptyTemplate, supabaseTemplate } from './template-names.ts';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { host: string; port: number; user: string; password: string };
  }
}

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres({
    settings: {
      fsync: false,
      full_page_writes: false,
      synchronous_commit: false,
      shared_buffers: '128MB',
      max_connections: 200,
      autovacuum_naptime: '1h',
    },
  });
  const { host, port, user, password } = server;
  project.provide('postgres', { host, port, user, password });
  await server.createDatabase(emptyTemplate);
  await server.createDatabase(supabaseTemplate);
  const client = new pg.Client({ connectionString: server.url(supabaseTemplate) });
  await client.connect();
  await outlineSupabase(client).finally(() => client.end());
  return () => server.stop();
}
