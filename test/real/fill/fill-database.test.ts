/** The row generator keeps its promises, or tests that build on it prove little. */
import { expect, test } from 'vitest';
import { djangoLikeSql } from '../../fixtures/databases/django-like.sql.ts';
import { keyedLikeSql } from '../../fixtures/databases/keyed-like.sql.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';
import { fillDatabase } from './fill-database.ts';

const first = useTestDatabase();
const again = useTestDatabase();
const django = useTestDatabase();

test('the same seed makes the same rows, another seed others', async () => {
  for (const database of [first, again]) await database.query(keyedLikeSql);
  const made = await fillDatabase(first.url, { rows: 9, seed: 3 });
  expect(made.refused).toEqual([]);
  expect(await fillDatabase(again.url, { rows: 9, seed: 3 })).toEqual(made);
  const rows = (database: typeof first) =>
    database.query('select d::text, (select count(*) from document_links) from documents d order by 1');
  const before = await rows(first);
  expect(await rows(again)).toEqual(before);
  await again.query('truncate documents cascade');
  await fillDatabase(again.url, { rows: 9, seed: 4 });
  expect(await rows(again)).not.toEqual(before);
});

test('rows hold: every foreign key, checked by the server', async () => {
  await django.query(djangoLikeSql());
  const { filled, refused } = await fillDatabase(django.url, { rows: 15, seed: 1 });
  expect(refused).toEqual([]);
  expect(filled).toBeGreaterThan(600);
  const keys = await django.query<{ table: string; name: string; definition: string }>(
    `select conrelid::regclass::text as table, conname as name, pg_get_constraintdef(oid) as definition
       from pg_constraint where contype = 'f' and connamespace = 'public'::regnamespace`,
  );
  expect(keys.length).toBeGreaterThan(70);
  for (const { table, name, definition } of keys)
    await django.query(
      `alter table ${table} drop constraint "${name}", add constraint "${name}" ${definition}`,
    );
});

test('a ring is closed: devices have addresses, addresses stand on something that is there', async () => {
  const [ring] = await django.query(
    `select count(*)::int as devices from net_device d join net_ipaddress a on a.id = d.primary_ip4_id`,
  );
  expect(ring).not.toEqual({ devices: 0 });
  const [astray] = await django.query(
    `select count(*)::int as rows from net_ipaddress a join django_content_type t on t.id = a.assigned_object_type_id
      where t.model = 'interface' and not exists (select from net_interface i where i.id = a.assigned_object_id)`,
  );
  expect(astray).toEqual({ rows: 0 });
});
