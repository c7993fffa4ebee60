import { afterEach, expect, test } from 'vitest';
import { createSilentLog } from '../../../engine/core/log.ts';
import {
  createDatabase,
  type Database,
  type DatabaseOptions,
  type Role,
} from '../../../engine/db/database.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';

const server = useTestDatabase();
const opened: Database[] = [];

afterEach(async () => {
  for (const database of opened.splice(0)) await database.end();
});

function open(role: Role = 'target', options: Partial<DatabaseOptions> = {}): Database {
  const database = createDatabase(server.connection, role, { log: createSilentLog(), ...options });
  opened.push(database);
  return database;
}

const kill = (pid: number) => server.query('select pg_terminate_backend($1)', [pid]);
const pidSql = 'select pg_backend_pid() as pid';

async function settings(on: Pick<Database, 'query'>): Promise<Record<string, string>> {
  const rows = await on.query<{ name: string; setting: string }>('select name, setting from pg_settings');
  return Object.fromEntries(rows.map(({ name, setting }) => [name, setting]));
}

test.each(['pool', 'session', 'transaction'] as const)('the settings hold on a %s', async (way) => {
  const database = open('source');
  const session = way === 'session' ? await database.session({ purpose: 'copy' }) : null;
  const read =
    way === 'transaction'
      ? await database.transaction((inside) => settings(inside))
      : await settings(session ?? database);
  expect(read).toMatchObject({
    TimeZone: 'UTC',
    client_encoding: 'UTF8',
    DateStyle: 'ISO, YMD',
    IntervalStyle: 'postgres',
    extra_float_digits: '3',
    bytea_output: 'hex',
    statement_timeout: '0',
    lock_timeout: '30000',
    row_security: 'off',
    search_path: 'pg_catalog',
    default_transaction_read_only: 'on',
    transaction_read_only: 'on',
    application_name: way === 'session' ? 'towpath/copy' : 'towpath/source',
  });
});

test('what a role or database defaults to does not get through', async () => {
  await server.query(`alter database ${server.name} set statement_timeout = '2s'`);
  await server.query(`alter database ${server.name} set timezone = 'Asia/Tokyo'`);
  try {
    const read = await settings(open());
    expect([read.statement_timeout, read.TimeZone]).toEqual(['0', 'UTC']);
  } finally {
    await server.query(`alter database ${server.name} reset all`);
  }
});

test.each([
  ['the source', () => open('source')],
  ['a dry run’s target', () => open('target', { readOnly: true })],
])('%s cannot be written to, by any way', async (_, make) => {
  const database = make();
  const write = 'create table public.forbidden (id int)';
  const session = await database.session();
  expect(database.readOnly).toBe(true);
  await expect(database.query(write)).rejects.toMatchObject({ details: { cause: '25006' } });
  await expect(session.query(write)).rejects.toMatchObject({ details: { cause: '25006' } });
  await expect(
    database.transaction((inside) => inside.query(write), { readOnly: false }),
  ).rejects.toMatchObject({
    details: { cause: '25006' },
  });
  await expect(database.session({ readOnly: false })).rejects.toMatchObject({ code: 'READ_ONLY_DATABASE' });
  expect(await server.query("select 1 from pg_tables where tablename = 'forbidden'")).toEqual([]);
});

test('a read-only session of a target that is written to', async () => {
  const session = await open().session({ readOnly: true });
  await expect(session.query('create table public.forbidden (id int)')).rejects.toMatchObject({
    code: 'READ_ONLY_SERVER',
  });
});

test('exact values stay text', async () => {
  const [row] =
    await open().query(`select 9007199254740993::int8 as big, 10.50::numeric as amount, date '0044-03-15 BC' as day,
    timestamptz '2026-01-02 03:04:05.678901+09' as moment, 7::int4 as small, true as yes, null::int8 as nothing,
    array['a', null]::name[] as names, '{"amount": 10.50, "id": 9007199254740993, "n": 7}'::jsonb as doc`);
  expect(row).toEqual({
    big: '9007199254740993',
    amount: '10.50',
    day: '0044-03-15 BC',
    moment: '2026-01-01 18:04:05.678901+00',
    small: 7,
    yes: true,
    nothing: null,
    names: ['a', null],
    doc: { amount: '10.50', id: '9007199254740993', n: 7 },
  });
});

test('a connection killed while it works is CONNECTION_LOST, and the pool goes on', async () => {
  const database = open('target', { maxConnections: 1 });
  const [row] = await database.query<{ pid: number }>(pidSql);
  const sleeping = database.query('select pg_sleep(30)');
  const outcome = expect(sleeping).rejects.toMatchObject({
    code: 'CONNECTION_LOST',
    severity: 'major',
    retryable: true,
  });
  await kill(row!.pid);
  await outcome;
  expect(await database.query('select 1 as one')).toEqual([{ one: 1 }]);
});

test('a connection killed while idle is no unhandled error', async () => {
  const warnings: string[] = [];
  const database = open('target', { maxConnections: 1, log: { warn: (action) => warnings.push(action) } });
  const [row] = await database.query<{ pid: number }>(pidSql);
  await kill(row!.pid);
  await expect.poll(() => warnings).toEqual(['connection.idle-lost']);
  expect(await database.query('select 1 as one')).toEqual([{ one: 1 }]);
});

test('a session killed while idle says so, and can be released', async () => {
  const session = await open().session();
  const [row] = await session.query<{ pid: number }>(pidSql);
  await kill(row!.pid);
  await expect.poll(() => session.lost).toBe(true);
  await expect(session.query('select 1')).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
  await session.release();
  await session.release();
});

test('errors about data stay what they are', async () => {
  await expect(open().query("select 'x'::int")).rejects.toMatchObject({ code: '22P02' });
});

test('a busy pool says what to raise', async () => {
  const database = open('target', { maxConnections: 1, connectTimeoutMilliseconds: 100 });
  await database.transaction(async () => {
    await expect(database.query('select 1')).rejects.toMatchObject({ code: 'POOL_EXHAUSTED' });
  });
});

test('a transaction commits, or leaves nothing', async () => {
  const database = open();
  await database.query('create table public.kept (id int)');
  await database.transaction((session) => session.query('insert into public.kept values (1)'));
  const failing = database.transaction(async (session) => {
    await session.query('insert into public.kept values (2)');
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  expect(await database.query('select id from public.kept')).toEqual([{ id: 1 }]);
});

test('a commit that the server turns into a rollback is an error', async () => {
  const swallowing = open().transaction(async (session) => {
    await session.query('select 1 / 0').catch(() => undefined);
  });
  await expect(swallowing).rejects.toMatchObject({ code: 'TRANSACTION_ABORTED' });
});

test('isolation is as asked for', async () => {
  const sql = "select current_setting('transaction_isolation') as level";
  const level = await open().transaction((session) => session.query(sql), { isolation: 'repeatable read' });
  expect(level).toEqual([{ level: 'repeatable read' }]);
});

test('health tells of the server and the connections', async () => {
  const database = open();
  await database.session();
  expect(await database.health()).toMatchObject({
    readOnly: false,
    standby: false,
    connections: { open: 1, idle: 0, waiting: 0, sessions: 1 },
  });
});

test('end closes what was left open', async () => {
  const database = open();
  const session = await database.session({ purpose: 'forgotten' });
  await database.query('select 1');
  await database.end();
  expect(session.lost).toBe(true);
  const left = () =>
    server.query("select 1 from pg_stat_activity where application_name = 'towpath/forgotten'");
  await expect.poll(left).toEqual([]);
});
