import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { outlineSupabase } from '../../../sample/supabase/outline.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';

const target = useTestDatabase('supabase');
const client = { current: new pg.Client() };

beforeAll(async () => {
  client.current = new pg.Client({ connectionString: target.url });
  await client.current.connect();
});
afterAll(() => client.current.end());

/** Runs as one of the platform's roles with the claims of a token, as PostgREST does. */
async function as<T extends pg.QueryResultRow>(role: string, claims: object, text: string): Promise<T[]> {
  await client.current.query('begin');
  try {
    await client.current.query(`set local role ${role}`);
    await client.current.query("select set_config('request.jwt.claims', $1, true)", [JSON.stringify(claims)]);
    return (await client.current.query<T>(text)).rows;
  } finally {
    await client.current.query('rollback');
  }
}

test('may be applied again', async () => {
  await outlineSupabase(client.current);
  const roles = await target.query(
    "select rolname from pg_roles where rolname in ('anon', 'authenticated', 'service_role', 'authenticator')",
  );
  expect(roles).toHaveLength(4);
});

test('a token’s claims are what auth.uid(), auth.role() and auth.jwt() return', async () => {
  const sub = '4f6a3a52-6a0e-4c69-9f0c-0d3f3b7c1a11';
  const rows = await as(
    'authenticated',
    { sub, role: 'authenticated' },
    'select auth.uid(), auth.role(), auth.jwt()',
  );
  expect(rows).toEqual([{ uid: sub, role: 'authenticated', jwt: { sub, role: 'authenticated' } }]);
  expect(await as('anon', {}, 'select auth.uid()')).toEqual([{ uid: null }]);
});

test('only the service role sees the users', async () => {
  const text = 'select count(*)::int as n from auth.users';
  expect(await as('service_role', {}, text)).toEqual([{ n: 0 }]);
  await expect(as('anon', {}, text)).rejects.toMatchObject({ code: '42501' });
});

test('a new table in public is granted to nobody', async () => {
  await client.current.query('create table public.fresh (id int)');
  await expect(as('service_role', {}, 'select * from fresh')).rejects.toMatchObject({ code: '42501' });
});

test('an identity’s e-mail is derived and lower-cased, and goes with its user', async () => {
  const id = '9b2f0a34-53a7-4d0e-8f7b-6a3a0f1f2b01';
  await target.query("insert into auth.users (id, email) values ($1, 'some.one@example.org')", [id]);
  await target.query(
    `insert into auth.identities (provider_id, user_id, provider, identity_data)
     values ($1::text, $1::uuid, 'email', '{"email": "Some.One@Example.org"}')`,
    [id],
  );
  expect(await target.query('select email from auth.identities')).toEqual([
    { email: 'some.one@example.org' },
  ]);
  await target.query('delete from auth.users');
  expect(await target.query('select from auth.identities')).toEqual([]);
});
