/** What a database has besides tables and rows: read exactly, and listed with what becomes of it. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Catalog, Column, Table } from '../../../engine/schema/catalog.ts';
import type { ObjectKind } from '../../../engine/schema/catalog-objects.ts';
import { parseCatalog } from '../../../engine/schema/catalog-schema.ts';
import { compareCatalogs } from '../../../engine/schema/compare-catalogs.ts';
import { introspect } from '../../../engine/schema/introspect.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';
import { withSource } from './open-source.ts';

const database = useTestDatabase();
let catalog: Catalog;

const read = (schemas = ['shop']) =>
  withSource(database, (source) => introspect(source, { schemas, profiles: false }));

beforeAll(async () => {
  await database.query(`
    create schema shop; create schema aside; create table aside.unseen (id int);
    create extension citext schema shop; create extension btree_gist schema shop; create extension postgres_fdw;
    create type shop.mood as enum ('sad', 'ok');
    create domain shop.d1 as numeric(7,3); create domain shop.d2 as shop.d1; create domain shop.d3 as shop.d2;
    create domain shop.moods as shop.mood[]; create domain shop.words as text;
    create type shop.place as (street text, nr int); create type shop.holder as (p shop.place, raw json);
    create type shop.speeds as range (subtype = float8);
    create domain shop.at as shop.place;
    create function shop.touch() returns trigger language plpgsql as 'begin return new; end';
    create procedure shop.tidy() language sql as 'select 1';
    create aggregate shop.total(int) (sfunc = int4pl, stype = int);
    create collation shop.caseless (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
    create sequence shop.invoices start 100; select nextval('shop.invoices');
    create table shop.parent (
      id bigint generated always as identity primary key, code text unique, tag int not null unique nulls not distinct,
      serial_no serial, stamp timestamptz default now(), unique (id, tag), unique (code, tag) deferrable);
    create table shop.child (
      a int, d shop.d3, m shop.moods, wa shop.words[], p shop.place, pa shop.place[], h shop.holder, ap shop.at,
      s shop.speeds, sm shop.speeds_multirange, c shop.citext, ca shop.citext[], t text collate shop.caseless,
      stored_sum int generated always as (a + 1) stored, virtual_sum int generated always as (a + 2) virtual,
      during tstzrange, code text references shop.parent (code) on update cascade on delete set null deferrable initially deferred,
      x int, y int, foreign key (x, y) references shop.parent (id, tag) match full,
      exclude using gist (a with =, during with &&),
      constraint idle check (a > 5) not enforced);
    alter table shop.child add constraint late check (a > 0) not valid;
    alter table shop.child add column must int; insert into shop.child (a) values (1); set constraints all immediate;
    alter table shop.child add constraint must_be not null must not valid;
    alter table shop.child add constraint loose foreign key (a) references shop.parent (tag) not enforced;
    create index child_gin on shop.child using gin (m);
    create index child_part on shop.child (a) where a > 3;
    create trigger child_touch before insert or update of a, x on shop.child for each row execute function shop.touch();
    create trigger child_off after delete on shop.child execute function shop.touch();
    alter table shop.child disable trigger child_off;
    create rule no_delete as on delete to shop.child do instead nothing;
    alter table shop.child enable row level security; alter table shop.child force row level security;
    create policy own on shop.child for select to public using (a > 0);
    grant select on shop.child to public; grant update (a) on shop.child to pg_monitor;
    create table shop.measured (at date not null, v int, primary key (at)) partition by range (at);
    create table shop.measured_2020 partition of shop.measured for values from ('2020-01-01') to ('2021-01-01') partition by hash (at);
    create table shop.measured_2020_0 partition of shop.measured_2020 for values with (modulus 1, remainder 0);
    create table shop.odd_parts (v int) partition by list (abs(v));
    create unlogged table shop.quick (id int primary key);
    create table shop.base_a (id int); create table shop.base_b (n int);
    create table shop.heir (own int) inherits (shop.base_a, shop.base_b);
    create server elsewhere foreign data wrapper postgres_fdw;
    create foreign table shop.far (id int) server elsewhere;
    comment on table shop.child is 'children'; comment on column shop.child.a is 'the first letter';
    create view shop.over_all as select c.a, p.id, u.id as u from shop.child c, shop.parent p, aside.unseen u;
    create materialized view shop.kept as select count(*) from shop.over_all;
    create table shop.spans (id int, valid daterange, primary key (id, valid without overlaps));
    create table shop.in_span (id int, valid daterange, foreign key (id, period valid) references shop.spans (id, period valid));
    create statistics shop.both on x, y from shop.child;
    create publication news for all tables;
    select lo_create(0);`);
  catalog = await read();
});

function tableOf(name: string): Table {
  return catalog.tables.find((table) => table.name === name)!;
}

function columnOf(table: string, name: string): Column {
  return tableOf(table).columns.find((column) => column.name === name)!;
}

function objects(kind: ObjectKind) {
  return catalog.objects!.filter((item) => item.kind === kind);
}

test('types made of other types are followed to what they are made of', () => {
  const under = (name: string) => {
    const { kind, base, element, textOnly } = columnOf('child', name).type;
    return { kind, base: base?.sql, element: element?.sql, ...(textOnly ? { textOnly } : {}) };
  };
  expect(under('d')).toEqual({ kind: 'domain', base: 'numeric(7,3)', element: undefined });
  expect(columnOf('child', 'd').type).toMatchObject({ of: 'numeric', length: 7, scale: 3 });
  expect(under('m')).toEqual({ kind: 'domain', base: 'shop.mood[]', element: 'shop.mood' });
  expect(under('wa')).toEqual({ kind: 'array', base: undefined, element: 'text' });
  expect(under('pa')).toEqual({ kind: 'array', base: undefined, element: 'shop.place' });
  expect(columnOf('child', 'ap').type.base).toMatchObject({ kind: 'composite', name: 'place' });
  expect(under('h')).toMatchObject({ kind: 'composite', textOnly: true });
  expect(under('p').textOnly).toBeUndefined();
  expect(columnOf('child', 'sm').type.kind).toBe('multirange');
  expect(columnOf('child', 't').type.collation).toBe('caseless');
  expect(catalog.composites).toContainEqual({
    schema: 'shop',
    name: 'place',
    fields: [
      { name: 'street', type: 'text' },
      { name: 'nr', type: 'integer' },
    ],
  });
  expect(catalog.ranges).toEqual([
    { schema: 'shop', name: 'speeds', subtype: 'double precision', multirange: 'speeds_multirange' },
  ]);
});

test('columns that fill, number or compute themselves', () => {
  expect(columnOf('parent', 'id')).toMatchObject({ identityKind: 'always' });
  expect(columnOf('child', 'stored_sum')).toMatchObject({ generated: true, generation: 'stored' });
  expect(columnOf('child', 'virtual_sum')).toMatchObject({ generated: true, generation: 'virtual' });
  expect(columnOf('heir', 'id').inherited).toBe(true);
  expect(objects('generated-column').map((item) => item.name)).toEqual(['stored_sum', 'virtual_sum']);
  expect(objects('column-default').map((item) => item.name)).toEqual(['stamp']);
});

test('a rule that old rows were never checked for promises nothing', () => {
  expect(columnOf('child', 'must').nullable).toBe(true);
  expect(tableOf('child').checks).toMatchObject([
    { name: 'idle', enforced: false },
    { name: 'late', validated: false },
  ]);
  expect(objects('check').map((item) => item.name)).toEqual(['idle', 'late']);
});

test('keys and foreign keys with all they say', () => {
  const keys = Object.fromEntries(tableOf('child').foreignKeys.map((key) => [key.name, key]));
  expect(keys.child_code_fkey).toMatchObject({
    onDelete: 'set null',
    onUpdate: 'cascade',
    deferrable: 'initially deferred',
    references: { columns: ['code'] },
  });
  expect(keys.child_x_y_fkey).toMatchObject({ columns: ['x', 'y'], match: 'full' });
  expect(keys.loose).toMatchObject({ enforced: false, validated: false });
  expect(tableOf('in_span').foreignKeys).toMatchObject([{ period: true }]);
  expect(tableOf('spans').primaryKey).toMatchObject({ withoutOverlaps: true });
  expect(tableOf('parent').uniques).toMatchObject([
    { columns: ['code'] },
    { columns: ['code', 'tag'], deferrable: true },
    { columns: ['id', 'tag'] },
    { columns: ['tag'], nullsNotDistinct: true },
  ]);
  expect(tableOf('child').exclusions).toMatchObject([{ columns: ['a', 'during'] }]);
});

test('partitioned, inheriting, unlogged and foreign tables, and what views read', () => {
  expect(tableOf('measured').partitioning).toEqual({ strategy: 'range', key: 'RANGE (at)', columns: ['at'] });
  expect(tableOf('measured_2020')).toMatchObject({
    kind: 'partition',
    parent: { name: 'measured' },
    bound: "FOR VALUES FROM ('2020-01-01') TO ('2021-01-01')",
    partitioning: { strategy: 'hash' },
  });
  expect(tableOf('odd_parts').partitioning).toMatchObject({ strategy: 'list', columns: null });
  expect(tableOf('heir')).toMatchObject({
    kind: 'table',
    parent: { name: 'base_a' },
    otherParents: [{ name: 'base_b' }],
  });
  expect(tableOf('quick').unlogged).toBe(true);
  expect(tableOf('far').foreign).toEqual({ server: 'elsewhere', wrapper: 'postgres_fdw' });
  expect(tableOf('over_all').view!.reads.map((item) => `${item.schema}.${item.name}`)).toEqual([
    'aside.unseen',
    'shop.child',
    'shop.parent',
  ]);
  expect(tableOf('kept').view!.reads).toEqual([{ schema: 'shop', name: 'over_all' }]);
});

test('triggers, rules, policies, owners and rights', () => {
  const child = tableOf('child');
  expect(child.triggers).toMatchObject([
    { name: 'child_off', enabled: false },
    { name: 'child_touch', enabled: true, calls: { schema: 'shop', name: 'touch' } },
  ]);
  expect(child.rules).toMatchObject([{ name: 'no_delete' }]);
  expect(child.policies).toMatchObject([
    { name: 'own', command: 'select', roles: ['public'], using: '(a > 0)', check: null, permissive: true },
  ]);
  expect(child).toMatchObject({ rowSecurity: true, rowSecurityForced: true, owner: 'postgres' });
  expect(child.grants).toEqual([
    { grantee: 'public', privileges: ['select'] },
    { grantee: 'pg_monitor', privileges: ['update'], column: 'a' },
  ]);
});

test('counters with their owner and last number', () => {
  const byName = Object.fromEntries(catalog.sequences!.map((item) => [item.name, item]));
  expect(byName.invoices).toMatchObject({ lastValue: '100', owner: null });
  expect(byName.parent_serial_no_seq).toMatchObject({
    lastValue: null,
    owner: { schema: 'shop', name: 'parent', column: 'serial_no', identity: false },
  });
  expect(byName.parent_id_seq).toMatchObject({ owner: { column: 'id', identity: true } });
});

describe('the list of what does not move', () => {
  test('has one entry for each thing, with its fate and why', () => {
    const named = (kind: ObjectKind) => objects(kind).map((item) => item.name);
    expect(named('view')).toEqual(['over_all']);
    expect(named('materialized-view')).toEqual(['kept']);
    expect(named('foreign-table')).toEqual(['far']);
    expect(named('partition')).toEqual(['measured_2020', 'measured_2020_0']);
    expect(named('unlogged')).toEqual(['quick']);
    expect(named('trigger')).toEqual(['child_off', 'child_touch']);
    expect(named('rule')).toEqual(['no_delete']);
    expect(named('policy')).toEqual(['own']);
    expect(named('grant')).toEqual(['pg_monitor on a', 'public']);
    expect(named('index')).toEqual(['child_gin', 'child_part']);
    expect(named('foreign-key')).toEqual([
      'child_code_fkey',
      'child_x_y_fkey',
      'loose',
      'in_span_id_valid_fkey',
    ]);
    expect(named('sequence')).toEqual(['invoices', 'parent_id_seq', 'parent_serial_no_seq']);
    expect(named('function')).toContain('touch()');
    expect(named('procedure')).toEqual(['tidy()']);
    expect(named('aggregate')).toEqual(['total(integer)']);
    expect(named('collation')).toEqual(['caseless']);
    expect(named('statistics')).toEqual(['both']);
    expect(named('extension')).toEqual(['postgres_fdw', 'btree_gist', 'citext']);
    expect(named('foreign-server')).toEqual(['elsewhere']);
    expect(named('publication')).toEqual(['news']);
    expect(named('large-objects')).toEqual(['large objects']);
    expect(named('domain')).toHaveLength(6);
    expect(named('schema')).toEqual(['aside', 'public']);
    expect(named('unique-key')).toEqual(['parent_code_tag_key', 'parent_tag_key', 'spans_pkey']);
    expect(named('column-collation')).toEqual(['t']);
    expect(named('comment')).toEqual(['child']);
    expect(named('owner')).toEqual(['postgres']);
    for (const item of catalog.objects!)
      expect([item.name, item.reason.length > 20]).toEqual([item.name, true]);
  });

  test('says in words what a thing did', () => {
    expect(objects('trigger').map((item) => item.what)).toEqual([
      'after delete calls shop.touch (switched off)',
      'before insert or update of a, x calls shop.touch',
    ]);
    expect(objects('schema')[0]!.what).toBe('a schema with 1 table or view that was not asked for');
    expect(objects('view')[0]!.what).toBe('a view over aside.unseen, shop.child, shop.parent');
  });
});

test('a stored catalog keeps all of it', () => {
  expect(parseCatalog(JSON.parse(JSON.stringify(catalog)))).toEqual(catalog);
});

test('what no row depends on is no drift; what rows depend on is', async () => {
  await database.query(`
    create trigger more after insert on shop.child execute function shop.touch();
    create table shop.measured_2021 partition of shop.measured for values from ('2021-01-01') to ('2022-01-01');
    select nextval('shop.invoices'); grant select on shop.parent to public;`);
  const same = await read();
  expect(same.fingerprint).toBe(catalog.fingerprint);
  expect(compareCatalogs(catalog, same)).toEqual([]);
  await database.query(`
    alter type shop.place add attribute town text; alter table shop.measured detach partition shop.measured_2021;
    alter table shop.parent alter code type text collate "C";`);
  const changed = await read();
  expect(changed.fingerprint).not.toBe(catalog.fingerprint);
  expect(compareCatalogs(same, changed)).toMatchObject([
    { name: 'child', changes: [{ column: 'p' }, { column: 'pa' }, { column: 'ap' }] },
    { name: 'measured_2021', changes: [{ text: 'was a partition, is a table' }] },
    { name: 'parent', changes: [{ column: 'code', text: 'code is ordered by C now' }] },
  ]);
});
