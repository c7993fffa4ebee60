import { afterEach, expect, test } from 'vitest';
import { createControl } from '../../../engine/control/control.ts';
import { controlState, installControl } from '../../../engine/control/install.ts';
import { type ControlMigration, controlMigrations } from '../../../engine/control/migrations/list.ts';
import { createConnectionConfig } from '../../../engine/core/config.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase, type Database } from '../../../engine/db/database.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';

const target = useTestDatabase();
const opened: Database[] = [];

afterEach(async () => {
  for (const database of opened.splice(0)) await database.end();
  await target.query('drop schema if exists towpath cascade');
});

function open(config = target.connection, readOnly = false): Database {
  const database = createDatabase(config, 'target', { log: createSilentLog(), readOnly });
  opened.push(database);
  return database;
}

const next: ControlMigration = { version: 900, name: 'next', sql: 'create table towpath.next (id int)' };

test('the numbers of the migrations rise by one', () => {
  expect(controlMigrations.map(({ version }) => version)).toEqual(
    controlMigrations.map((_, index) => index + 1),
  );
});

test('processes that start at once install it once', async () => {
  await Promise.all(Array.from({ length: 6 }, () => createControl(open()).ensure()));
  const versions = await target.query('select version from towpath.control_versions');
  expect(versions).toHaveLength(controlMigrations.length);
  expect(await controlState(open())).toBe('current');
});

test('it is absent, then current, then older once a migration is added', async () => {
  const database = open();
  expect(await controlState(database)).toBe('absent');
  await installControl(database);
  expect(await controlState(database)).toBe('current');
  expect(await controlState(database, [...controlMigrations, next])).toBe('older');
  await installControl(database, [...controlMigrations, next]);
  expect(await database.query('select * from towpath.next')).toEqual([]);
});

test('a migration that fails leaves nothing, its version row included', async () => {
  const database = open();
  const broken = { ...next, sql: 'create table towpath.next (id int); select 1 / 0' };
  await expect(installControl(database, [...controlMigrations, broken])).rejects.toMatchObject({
    code: '22012',
  });
  expect(await controlState(database)).toBe('absent');
});

test('a schema that is newer than the program is refused', async () => {
  await installControl(open(), [...controlMigrations, next]);
  await expect(createControl(open()).ensure()).rejects.toMatchObject({ code: 'CONTROL_SCHEMA_NEWER' });
});

test('a released migration that was edited is refused', async () => {
  await installControl(open(), [next]);
  const edited = [{ ...next, sql: `${next.sql} -- edited` }];
  await expect(installControl(open(), edited)).rejects.toMatchObject({ code: 'CONTROL_SCHEMA_CHANGED' });
});

test('a user who may not create it is told what to grant', async () => {
  await target.query("create role weak login password 'weak'");
  try {
    const { host, port, database } = target.connection;
    const weak = open(createConnectionConfig({ host, port, database, user: 'weak', password: 'weak' }));
    const error = await createControl(weak)
      .ensure()
      .catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'CONTROL_SCHEMA_NOT_PERMITTED' });
    expect(String((error as { hint: string }).hint)).toContain('grant create on database');
  } finally {
    for (const database of opened.splice(0)) await database.end();
    await target.query('drop role weak');
  }
});

test('others of the same server cannot look into it', async () => {
  await createControl(open()).ensure();
  const [row] = await target.query(`select has_schema_privilege('public', 'towpath', 'usage') as "canUse",
    has_table_privilege('public', 'towpath.migration_control', 'select') as "canRead"`);
  expect(row).toEqual({ canUse: false, canRead: false });
});

test('a read-only target is looked at and never written to', async () => {
  const control = createControl(open(target.connection, true));
  expect(await control.state()).toBe('absent');
  await expect(control.ensure()).rejects.toMatchObject({ code: 'READ_ONLY_SERVER' });
  expect(await control.state()).toBe('absent');
});

test('approvals of the first version keep what they were', async () => {
  const database = open();
  await installControl(database, controlMigrations.slice(0, 1));
  await database.query(`insert into towpath.approvals (id, action, plan_hash, approver, max_rows, expires_at, used_at, run_id)
    values ('used', 'migrate', 'h', 'Ada', 10, now(), now(), 'r1'), ('open', 'migrate', 'h', 'Bob', 10, now() + interval '1 day', null, null)`);
  await installControl(database);
  const control = createControl(database);
  expect(await control.approvals.find('used')).toMatchObject({ state: 'used', approver: 'Ada', runId: 'r1' });
  expect(await control.approvals.find('open')).toMatchObject({
    state: 'granted',
    approver: 'Bob',
    requestedBy: 'Bob',
  });
  expect(await control.approvals.cards()).toEqual([]);
  expect(await control.drift()).toEqual([]);
});
