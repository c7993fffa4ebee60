import { beforeAll, expect, test } from 'vitest';
import { createConnectionConfig } from '../../../engine/core/connection-config.ts';
import type { Catalog, ColumnProfile } from '../../../engine/schema/catalog.ts';
import { introspect } from '../../../engine/schema/introspect.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';
import { withSource } from './open-source.ts';

const database = useTestDatabase();
let catalog: Catalog;

beforeAll(async () => {
  const wide = Array.from({ length: 900 }, (_, i) => `c${i} text`).join(', ');
  await database.query(`
    create table person (id serial primary key, first_name text, email text, phone varchar(40), state smallint,
      note text, payload text, amount numeric, born date, key uuid, flag boolean, blob bytea, shade text);
    insert into person (first_name, email, phone, state, note, payload, amount, born, key, flag, blob, shade)
    select 'Name ' || (i % 5), case when i % 10 = 0 then 'odd' else 'p' || i || '@example.invalid' end,
           '+49 30 ' || (100000 + i), i % 3, case when i % 4 = 0 then null else repeat('n', i) end,
           '{"a": ' || i || '}', case when i = 7 then 'NaN' else i + 0.25 end, date '2000-01-01' + i,
           md5(i::text)::uuid, i % 2 = 0, '\\x00ff', (array['red','green'])[1 + i % 2]
      from generate_series(1, 200) i;
    create table big (id int primary key, v int);
    insert into big select i, i from generate_series(1, 300000) i;
    create table wide (${wide});
    insert into wide (c0, c899) values ('first', 'last');
    analyze big;`);
  catalog = await withSource(database, (source) => introspect(source));
});

function profileOf(table: string, name: string): ColumnProfile {
  return catalog.tables.find((item) => item.name === table)!.columns.find((item) => item.name === name)!
    .profile!;
}

test('shares, bounds and lengths of a table that is read whole', () => {
  expect(profileOf('person', 'note')).toMatchObject({ sampledRows: 200, nullRate: 0.25, maxLength: 199 });
  expect(profileOf('person', 'note').usualSize).toEqual({ p90: 179, p99: 198 });
  expect(profileOf('person', 'born')).toMatchObject({
    min: '2000-01-02',
    max: '2000-07-19',
    distinct: 200,
    distinctIsExact: true,
  });
  expect(profileOf('person', 'amount')).toMatchObject({
    min: '1.25',
    max: 'NaN',
    usualSize: { p90: 2, p99: 2 },
  });
  expect(profileOf('person', 'blob')).toMatchObject({ nullRate: 0, min: null });
});

test('patterns are shares of the values that are there', () => {
  expect(profileOf('person', 'email').patterns).toEqual({ email: 0.9 });
  expect(profileOf('person', 'payload').patterns.json).toBe(1);
  expect(profileOf('person', 'phone').patterns.phone).toBe(1);
});

test('codes are kept with their counts; values of people never', () => {
  expect(profileOf('person', 'state').codes).toEqual([
    { value: '1', count: 67 },
    { value: '2', count: 67 },
    { value: '0', count: 66 },
  ]);
  expect(profileOf('person', 'shade').codes).toHaveLength(2);
  expect(profileOf('person', 'first_name')).toMatchObject({
    distinct: 5,
    codes: null,
    personal: { kind: 'name' },
  });
  expect(profileOf('person', 'email').personal).toEqual({ kind: 'email', confidence: 0.99 });
  expect(profileOf('person', 'id').codes).toBeNull();
  expect(JSON.stringify(catalog)).not.toContain('example.invalid');
});

test('a large table is sampled, not read: spread over it, and no more rows than asked for', () => {
  const profile = profileOf('big', 'v');
  expect(profile.sampledRows).toBeGreaterThan(1000);
  expect(profile.sampledRows).toBeLessThanOrEqual(2000);
  expect(profile.distinctIsExact).toBe(false);
  expect(Number(profile.max)).toBeGreaterThan(150_000);
});

test('a table wider than one statement can look at is looked at in parts', () => {
  expect(profileOf('wide', 'c0').maxLength).toBe(5);
  expect(profileOf('wide', 'c899').maxLength).toBe(4);
});

test('a look that takes too long is a note on the table, and the analysis goes on', async () => {
  const found = await withSource(database, (source) => introspect(source, { timeoutMs: 1 }));
  const big = found.tables.find((item) => item.name === 'big')!;
  expect(big.notes).toContain('its rows were not counted: it took longer than allowed');
  expect(big.exactRows).toBeNull();
  expect(big.columns).toHaveLength(2);
});

test('rows that are hidden from the reader are never taken for rows that are not there', async () => {
  await database.query(`create schema veiled; create table veiled.t (id int);
    insert into veiled.t values (1), (2); alter table veiled.t enable row level security;
    create policy half on veiled.t using (id = 1);
    create role veiled_reader login password 'x'; grant usage on schema veiled to veiled_reader;
    grant select on veiled.t to veiled_reader;`);
  const { host, port, database: name } = database.connection;
  const connection = createConnectionConfig({
    host,
    port,
    database: name,
    user: 'veiled_reader',
    password: 'x',
  });
  const found = await withSource({ connection }, (source) => introspect(source, { schemas: ['veiled'] }));
  expect(found.tables[0]!.exactRows).toBeNull();
  expect(found.tables[0]!.notes![0]).toContain('row-level security');
  await database.query('drop owned by veiled_reader; drop role veiled_reader');
});

test('a table with a value that cannot be read is looked at in its first rows, and that is said', async ({
  skip,
}) => {
  const [server] = await database.query<{ version: string }>(
    "select current_setting('server_version_num') as version",
  );
  // Columns that are computed when they are read are the one way to make such a value by ordinary means.
  if (Number(server!.version) < 180_000) skip();
  await database.query(`create schema broken;
    create table broken.t (id int primary key, v int generated always as (1000 / (500 - id)) virtual);
    insert into broken.t select i from generate_series(1, 1000) i; analyze broken.t;`);
  const found = await withSource(database, (source) => introspect(source, { schemas: ['broken'] }));
  const [table] = found.tables;
  expect(table!.notes).toEqual(['its values were looked at in 100 rows only: the server refused (22012)']);
  expect(table!.columns[1]!.profile).toMatchObject({ sampledRows: 100, nullRate: 0, distinctIsExact: false });
});

test('hostile content costs what ordinary content does: huge cells, broken JSON, text of every kind', async () => {
  await database.query(`create schema hostile;
    create table hostile.t (id int primary key, huge text, packed text, broken text, odd text, deep jsonb, raw bytea);
    alter table hostile.t alter huge set storage external;
    insert into hostile.t select i, null, repeat('ab', 500000), '{"a": [1, ' || repeat('[', 900),
      chr(1 + i) || chr(65535) || chr(8238) || repeat(' ', 900) || 'x', null, null from generate_series(1, 30) i;
    update hostile.t set huge = repeat(md5(id::text), 1600000), deep = jsonb_build_object('a', repeat('x', 5000000)),
      raw = decode(repeat('00ff', 5000000), 'hex') where id = 1;`);
  const found = await withSource(database, (source) =>
    introspect(source, { schemas: ['hostile'], timeoutMs: 5000 }),
  );
  const [table] = found.tables;
  expect(table!.notes).toBeUndefined();
  const profiles = Object.fromEntries(table!.columns.map(({ name, profile }) => [name, profile!]));
  expect(profiles.huge).toMatchObject({ sampledRows: 30, maxLength: 51_200_000 });
  expect(profiles.packed).toMatchObject({ distinct: 1, maxLength: 1_000_000 });
  expect(profiles.broken!.patterns.json).toBeUndefined();
  expect(profiles.deep).toMatchObject({ nullRate: 0.966667, codes: null });
});

test('values that look like people are never kept as codes, whatever the column is called', async () => {
  await database.query(`create schema people;
    create table people.t (id int primary key, assigned text, contact_at text, tax text, stage text, place text);
    insert into people.t select i, (array['Ada Lovelace', 'Grace Hopper'])[1 + i % 2], 'a' || i % 3 || '@example.invalid',
      '123-45-678' || i % 4, (array['In Progress', 'On Hold'])[1 + i % 2], (i % 3) + 1 || ' Mill Lane' from generate_series(1, 60) i;
    create table people.customers (id int primary key, name text); insert into people.customers values (1, 'Ada Lovelace');
    create table people.products (id int primary key, name text); insert into people.products values (1, 'Blue Chair');`);
  const found = await withSource(database, (source) => introspect(source, { schemas: ['people'] }));
  const columns = (table: string) =>
    Object.fromEntries(
      found.tables.find(({ name }) => name === table)!.columns.map((c) => [c.name, c.profile!]),
    );
  const { assigned, contact_at, tax, stage, place } = columns('t');
  expect([assigned, contact_at, tax, place].map((profile) => profile!.codes)).toEqual([
    null,
    null,
    null,
    null,
  ]);
  expect(stage!.codes).toHaveLength(2);
  expect(contact_at!.personal).toEqual({ kind: 'email', confidence: 0.9 });
  expect(tax!.personal).toEqual({ kind: 'national-id', confidence: 0.7 });
  expect(place!.personal).toEqual({ kind: 'address', confidence: 0.75 });
  expect(columns('customers').name!.personal).toEqual({ kind: 'name', confidence: 0.95 });
  expect(columns('products').name!.personal).toBeNull();
  expect(JSON.stringify(found)).not.toMatch(/Lovelace|Hopper|example\.invalid|123-45/);
});
