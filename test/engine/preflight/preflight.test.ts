import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { afterEach, beforeAll, expect, test } from 'vitest';
import type { ConnectionConfig } from '../../../engine/core/config.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import { Secret } from '../../../engine/core/secret.ts';
import { createDatabase, type Database } from '../../../engine/db/database.ts';
import type { PlanFile } from '../../../engine/plan/plan-file.ts';
import { planFile } from '../../../engine/plan/plan-file.ts';
import type { PreflightInput } from '../../../engine/preflight/check.ts';
import { runPreflight } from '../../../engine/preflight/preflight.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';

const log = createSilentLog();
const source = useTestDatabase();
const target = useTestDatabase();
const opened: Database[] = [];

function open(role: 'source' | 'target', connection: ConnectionConfig): Database {
  const database = createDatabase(connection, role, { log });
  opened.push(database);
  return database;
}

async function look(input: Partial<PreflightInput> = {}) {
  const results = await runPreflight({
    source: open('source', source.connection),
    target: open('target', target.connection),
    log,
    ...input,
  });
  return new Map(results.map((result) => [result.name, result]));
}

beforeAll(async () => {
  await source.query('create table public.person (id int primary key, name text)');
  await source.query("insert into public.person select n, 'p' || n from generate_series(1, 200) n");
  await source.query('analyze public.person');
  await source.query(
    `do $$ begin create role preflight_reader login password 'reader'; exception when duplicate_object then null; end $$`,
  );
});

afterEach(async () => {
  for (const database of opened.splice(0)) await database.end();
});

const asReader = (connection: ConnectionConfig): ConnectionConfig => ({
  ...connection,
  user: 'preflight_reader',
  password: new Secret('reader'),
});

function planOf(table: string, type = 'text'): PlanFile {
  return planFile.parse({
    version: 1,
    migration: 'test',
    source: { database: 'legacy', schemas: ['public'], fingerprint: 'x' },
    target: { schema: 'public', create: true },
    settings: {},
    entities: [
      {
        name: 'people',
        source: { schema: 'public', table },
        target: { schema: 'public', table: 'people' },
        key: { columns: ['id'], kind: 'integer' },
        level: 1,
        priority: 'critical',
        phase: 'core',
        columns: [
          {
            to: 'id',
            type: 'uuid',
            nullable: false,
            transform: { kind: 'uuid' },
            confidence: 1,
            reason: 'key',
          },
          { to: 'name', type, nullable: true, from: 'name', confidence: 1, reason: 'same name' },
        ],
        estimatedRows: 200,
        difficulty: 'easy',
      },
    ],
    groups: {},
    phases: [],
    estimate: { rows: 200, bytes: 10_000, seconds: 1 },
  });
}

test('two healthy databases pass every check but Docker, which is not needed', async () => {
  const results = await look({ plan: planOf('person') });
  const notPassed = [...results.values()].filter(({ status }) => status !== 'pass');
  expect(notPassed).toEqual([
    { name: 'docker', status: 'skipped', message: 'Not needed: the plan holds no code.', remedy: null },
  ]);
  expect(results.get('source-privileges')?.message).toBe('All 1 tables can be read.');
  expect(results.get('source-pooler')?.message).toBe('The connection is direct.');
  expect(results.size).toBe(25);
});

test('what was not configured is named, and nothing that needs it is claimed', async () => {
  const results = await look({ source: null });
  expect(results.get('environment')).toMatchObject({ status: 'fail' });
  expect(results.get('environment')?.remedy).toContain('SOURCE_DATABASE_URL');
  expect(results.get('source-connect')?.status).toBe('skipped');
  expect(results.get('same-database')?.status).toBe('skipped');
  expect(results.get('target-version')?.status).toBe('pass');
});

test('a wrong password fails the connection and skips what depends on it', async () => {
  const results = await look({
    source: open('source', { ...asReader(source.connection), password: new Secret('wrong') }),
  });
  expect(results.get('source-connect')).toMatchObject({ status: 'fail' });
  expect(JSON.stringify([...results.values()])).not.toContain('wrong');
  for (const name of ['source-version', 'source-privileges', 'target-disk', 'clock', 'same-database']) {
    expect(results.get(name)?.status, name).toBe('skipped');
  }
  expect(results.get('target-privileges')?.status).toBe('pass');
});

test('something that is not PostgreSQL is told as that', async () => {
  const web = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n')).listen(0, '127.0.0.1');
  await once(web, 'listening');
  const { port } = web.address() as AddressInfo;
  const results = await look({ target: open('target', { ...target.connection, port }) });
  web.close();
  expect(results.get('target-postgresql')?.status).toBe('fail');
  expect(results.get('target-version')?.status).toBe('skipped');
  expect(results.get('source-version')?.status).toBe('pass');
});

test('one database under two names is seen', async () => {
  const results = await look({ target: open('target', { ...source.connection, host: 'localhost' }) });
  expect(results.get('same-database')?.status).toBe('fail');
});

test('rows hidden by row-level security are shown in numbers', async () => {
  await source.query('grant select on public.person to preflight_reader');
  await source.query('alter table public.person enable row level security');
  const results = await look({ source: open('source', asReader(source.connection)) });
  await source.query('alter table public.person disable row level security');
  expect(results.get('source-row-security')).toMatchObject({ status: 'fail' });
  expect(results.get('source-row-security')?.message).toMatch(
    /public\.person \(0 of about \d+ rows visible\)/,
  );
});

test('a table that may not be read fails with a plan and warns without one; a table that is gone fails', async () => {
  await source.query('revoke select on public.person from preflight_reader');
  const reader = open('source', asReader(source.connection));
  expect((await look({ source: reader })).get('source-privileges')?.status).toBe('warn');
  const planned = await look({ source: reader, plan: planOf('person') });
  expect(planned.get('source-privileges')).toMatchObject({ status: 'fail' });
  expect(planned.get('source-privileges')?.message).toContain('public.person (1 of 1 tables)');
  const gone = await look({ plan: planOf('nobody') });
  expect(gone.get('source-privileges')?.message).toContain('public.nobody');
});

test('a target user without rights is refused before anything is written', async () => {
  const results = await look({ target: open('target', asReader(target.connection)), plan: planOf('person') });
  expect(results.get('target-privileges')).toMatchObject({ status: 'fail' });
  expect(results.get('target-privileges')?.message).toContain(
    'creating the schema towpath; creating tables in schema public',
  );
  expect(results.get('target-replication-role')?.status).toBe('warn');
});

test('a read-only target is seen', async () => {
  await target.query(`alter database ${target.name} set default_transaction_read_only = on`);
  const results = await look();
  await target.query(`alter database ${target.name} reset default_transaction_read_only`);
  expect(results.get('target-read-only')?.status).toBe('fail');
});

test('limits of the server are off in our sessions, and named', async () => {
  await target.query(`alter database ${target.name} set statement_timeout = '2min'`);
  const results = await look();
  await target.query(`alter database ${target.name} reset statement_timeout`);
  expect(results.get('target-timeouts')).toMatchObject({ status: 'pass' });
  expect(results.get('target-timeouts')?.message).toContain('statement_timeout 120 s');
});

test('an extension whose type the plan uses must be installed', async () => {
  await source.query('create extension citext');
  await source.query('create table public.tagged (id int primary key, name citext)');
  const unused = await look({ plan: planOf('tagged') });
  expect(unused.get('target-extensions')).toMatchObject({ status: 'pass' });
  const used = await look({ plan: planOf('tagged', 'public.citext') });
  expect(used.get('target-extensions')).toMatchObject({ status: 'fail' });
  expect(used.get('target-extensions')?.remedy).toContain('create extension if not exists "citext"');
  await target.query('create extension citext');
  expect((await look({ plan: planOf('tagged', 'public.citext') })).get('target-extensions')?.status).toBe(
    'pass',
  );
});

test('a pooler in transaction mode is seen by its port, and by two connections sharing one process', async () => {
  const real = open('target', target.connection);
  const shared = await real.session();
  const pooled: Database = {
    ...real,
    session: async () => Object.create(shared, { release: { value: async () => {} } }),
  };
  expect((await look({ target: pooled })).get('target-pooler')?.status).toBe('fail');
  const port: Database = { ...real, config: { ...real.config, port: 6543 } };
  expect((await look({ target: port })).get('target-pooler')?.message).toContain('6543');
});

test('a run that cannot fit is told so with figures', async () => {
  const results = await look({ expectedBytes: 2 ** 60 });
  expect(results.get('target-disk')?.status).toBe('fail');
  expect(results.get('target-disk')?.message).toContain('1.0 EB');
});

test('nothing is written to the target', async () => {
  const before = await target.query('select count(*) from pg_class');
  await look({ plan: planOf('person') });
  expect(await target.query('select count(*) from pg_class')).toEqual(before);
});
