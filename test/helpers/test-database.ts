/**
 * A database of one's own for a test file, on the run's embedded PostgreSQL. How a test file uses it:
 *
 *     import { useTestDatabase } from '../helpers/test-database.ts';
 *
 *     const source = useTestDatabase();             // empty
 *     const target = useTestDatabase('supabase');   // Supabase's roles, auth and storage
 *     const sample = useTestDatabase(defineTemplate('sample', async (url) => { … build it once per run … }));
 *
 *     test('…', async () => {
 *       await source.query('create table …');
 *       const database = createDatabase(source.connection, …);   // the engine's own connections
 *       …
 *       await database.end();
 *     });
 *
 * Call it at the top of the file: it creates the database before the first test and drops it after the last.
 * A connection that the test did not close by then fails the file. Close pools in the test, or in an `afterAll` of
 * your own; those run before this one. Inside a single test, or for for many databases, use
 * `createTestDatabase(template)` and `drop()`.
 */
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterAll, beforeAll, inject } from 'vitest';
import { type ConnectionConfig, createConnectionConfig } from '../../engine/core/connection-config.ts';
import './embedded-server.ts';
import { emptyTemplate, supabaseTemplate } from './template-names.ts';

export type TestDatabase = {
  readonly name: string;
  readonly url: string;
  /** For the engine's createDatabase(). */
  readonly connection: ConnectionConfig;
  /** Runs on a connection of the helper's own, with the superuser's rights. */
  query<T = Record<string, unknown>>(text: string, values?: unknown[]): Promise<T[]>;
  /** Drops the database. Throws if somebody else's connection is still open. */
  drop(): Promise<void>;
};

/** Built by the first test file that asks for it, copied by all others of the run. */
export type Template = { name: string; build: (url: string) => Promise<void> };
export type TemplateChoice = 'empty' | 'supabase' | Template;

export function defineTemplate(name: string, build: (url: string) => Promise<void>): Template {
  return { name: `template_${name}`, build };
}

/** The address of any database on the run's server, for tests of the server itself. */
export function serverUrl(database: string): string {
  const { host, port, user, password } = inject('postgres');
  return `postgres://${user}:${password}@${host}:${port}/${database}`;
}

export function useTestDatabase(template: TemplateChoice = 'empty'): TestDatabase {
  let opened: TestDatabase | undefined;
  const get = () => {
    if (opened === undefined)
      throw new Error('The test database exists only while tests and their hooks run.');
    return opened;
  };
  beforeAll(async () => {
    opened = await createTestDatabase(template);
  });
  afterAll(async () => {
    await opened?.drop();
  });
  return {
    get name() {
      return get().name;
    },
    get url() {
      return get().url;
    },
    get connection() {
      return get().connection;
    },
    query: (text, values) => get().query(text, values),
    drop: () => get().drop(),
  };
}

export async function createTestDatabase(template: TemplateChoice = 'empty'): Promise<TestDatabase> {
  const name = `test_${randomBytes(6).toString('hex')}`;
  const from = await templateName(template);
  await onServer((admin) => admin.query(`create database ${name} template ${pg.escapeIdentifier(from)}`));
  const client = new pg.Client({ connectionString: serverUrl(name), application_name: 'test-database' });
  client.on('error', () => {}); // a test may kill every connection; the next query tells
  await client.connect();
  const { host, port, user, password } = inject('postgres');
  return {
    name,
    url: serverUrl(name),
    connection: createConnectionConfig({ host, port, user, password, database: name }),
    query: async (text, values) => (await client.query(text, values)).rows,
    drop: () => dropTestDatabase(name, client),
  };
}

async function templateName(choice: TemplateChoice): Promise<string> {
  if (choice === 'empty') return emptyTemplate;
  if (choice === 'supabase') return supabaseTemplate;
  await onServer((admin) => buildOnce(admin, choice));
  return choice.name;
}

/** Two workers may ask at once: the lock lets one build, under another name until it is complete. */
async function buildOnce(admin: pg.Client, { name, build }: Template): Promise<void> {
  await admin.query('select pg_advisory_lock(hashtext($1))', [name]);
  const found = await admin.query('select from pg_database where datname = $1', [name]);
  if (found.rowCount !== 0) return;
  const draft = pg.escapeIdentifier(`${name}_draft`);
  await admin.query(`drop database if exists ${draft} with (force)`);
  await admin.query(`create database ${draft} template ${emptyTemplate}`);
  await build(serverUrl(`${name}_draft`));
  await admin.query(`alter database ${draft} rename to ${pg.escapeIdentifier(name)}`);
}

async function dropTestDatabase(name: string, client: pg.Client): Promise<void> {
  await client.end();
  await onServer(async (admin) => {
    const leaks = await findLeaks(admin, name);
    await admin.query(`drop database if exists ${name} with (force)`);
    if (leaks.length > 0) throw new Error(`Connections left open on ${name}: ${leaks.join('; ')}`);
  });
}

/** A closed connection takes a moment to leave the server's list. */
async function findLeaks(admin: pg.Client, name: string): Promise<string[]> {
  const text = `select application_name || ' ' || coalesce(state, '') || ': ' || left(query, 120) as leak
    from pg_stat_activity where datname = $1 and backend_type = 'client backend'`;
  for (let tries = 0; ; tries++) {
    const { rows } = await admin.query<{ leak: string }>(text, [name]);
    if (rows.length === 0 || tries === 40) return rows.map(({ leak }) => leak);
    await sleep(25);
  }
}

async function onServer<T>(work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: serverUrl('postgres'), application_name: 'test-admin' });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
