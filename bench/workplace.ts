/** Two throwaway servers, a folder for plans and logs, and the ways to use them. Gone when the bench ends. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { type EmbeddedServer, startPostgres } from '../sample/postgres/server.ts';
import type { BenchOptions } from './options.ts';
import { findPrograms, type Programs, SERVER_15 } from './programs.ts';

export interface Workplace {
  readonly options: BenchOptions;
  readonly programs: Programs;
  readonly source: EmbeddedServer;
  readonly target: EmbeddedServer;
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly folder: string;
  say(line: string): void;
  close(): Promise<void>;
}

/** PostgreSQL’s own defaults but for these two, as in the project’s earlier measurements; durable as shipped. */
const settings = {
  shared_buffers: '1GB',
  max_wal_size: '8GB',
  maintenance_work_mem: '64MB',
  checkpoint_timeout: '5min',
};

export async function openWorkplace(options: BenchOptions, say: (line: string) => void): Promise<Workplace> {
  const programs = findPrograms();
  const own = programs['postgresql-15'] === null ? {} : { programs: SERVER_15 };
  const folder = mkdtempSync(join(tmpdir(), 'towpath-bench-'));
  const source = await startPostgres({ ...own, settings });
  const target = await startPostgres({ ...own, settings }).catch(async (error: unknown) => {
    await source.stop();
    throw error;
  });
  say(`two servers of PostgreSQL ${source.version} started`);
  return {
    ...{ options, programs, source, target, settings, folder, say },
    async close() {
      await Promise.all([source.stop(), target.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Runs statements on one database. */
export async function onDatabase<T extends pg.QueryResultRow>(
  url: string,
  ...statements: string[]
): Promise<T[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    let rows: T[] = [];
    for (const statement of statements) rows = (await client.query<T>(statement)).rows;
    return rows;
  } finally {
    await client.end();
  }
}

/** A new, empty database on the target, and both servers at rest, so that nobody pays for what ran before. */
export async function freshTarget({ source, target }: Workplace, name: string): Promise<string> {
  await target.dropDatabase(name);
  await target.createDatabase(name);
  await Promise.all([source, target].map((server) => onDatabase(server.url('postgres'), 'checkpoint')));
  return target.url(name);
}
