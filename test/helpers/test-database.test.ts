import pg from 'pg';
import { expect, test } from 'vitest';
import { createTestDatabase, defineTemplate, useTestDatabase } from './test-database.ts';

const empty = useTestDatabase();
const target = useTestDatabase('supabase');

test('a test file has a database of its own', async () => {
  await empty.query('create table mine (id int)');
  expect(await empty.query('select count(*)::int as n from mine')).toEqual([{ n: 0 }]);
  expect(empty.name).not.toBe(target.name);
  expect(empty.url).toContain(empty.name);
});

test('a Supabase-shaped one has its roles and schemas', async () => {
  const rows = await target.query("select to_regclass('auth.users') is not null as users");
  expect(rows).toEqual([{ users: true }]);
});

test('a connection left open fails the drop, and the database is dropped all the same', async () => {
  const database = await createTestDatabase();
  const leak = new pg.Client({ connectionString: database.url, application_name: 'the leak' });
  leak.on('error', () => {});
  await leak.connect();
  await expect(database.drop()).rejects.toThrow('the leak');
  expect(await empty.query('select from pg_database where datname = $1', [database.name])).toEqual([]);
});

test('a template is built once and copied', async () => {
  let built = 0;
  const template = defineTemplate('of_this_test', async (url) => {
    built += 1;
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    await client.query('create table made as select 1 as id');
    await client.end();
  });
  const copies = [await createTestDatabase(template), await createTestDatabase(template)];
  for (const copy of copies) expect(await copy.query('select id from made')).toEqual([{ id: 1 }]);
  for (const copy of copies) await copy.drop();
  expect(built).toBe(1);
});
