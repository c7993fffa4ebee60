import { beforeAll, describe, expect, test } from 'vitest';
import type { Catalog, Column, Table } from '../../../engine/schema/catalog.ts';
import { parseCatalog } from '../../../engine/schema/catalog-schema.ts';
import { introspect } from '../../../engine/schema/introspect.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';
import { withSource } from './open-source.ts';

const database = useTestDatabase();
let catalog: Catalog;

beforeAll(async () => {
  await database.query(`
    create schema shop; create schema "Odd ""Schema";
    create type shop.mood as enum ('sad', 'ok', 'happy');
    create domain shop.score as numeric(5,2) not null check (value >= 0);
    create domain shop.best as shop.score;
    create type shop.pair as (a int, b text);
    create table shop.parent (id bigint generated always as identity primary key, code text unique, tag int not null);
    create table shop.child (
      a int, b varchar(80) not null default 'x', c numeric(12,2), d timestamp(3), e real[], f shop.mood, g shop.score,
      h shop.best, i shop.pair, j char(2), k timestamptz, l int generated always as (a + 1) stored, m shop.mood[],
      n int4range, parent_id bigint references shop.parent on delete cascade, o interval, p bit(3),
      primary key (a, b), constraint positive check (a > 0));
    comment on table shop.child is 'the child';
    comment on column shop.child.c is 'the price';
    create table shop.pair_user (x int, y varchar(80), foreign key (x, y) references shop.child (a, b));
    alter table shop.pair_user add constraint late foreign key (x) references shop.parent (id) not valid;
    alter table shop.parent add unique (tag);
    create index child_c on shop.child (c desc) where c > 0;
    create index child_lower on shop.child (lower(b));
    create unique index child_d on shop.child (d) include (e);
    create table shop.measured (at date not null, v int) partition by range (at);
    create table shop.measured_2020 partition of shop.measured for values from ('2020-01-01') to ('2021-01-01');
    create table shop.measured_rest partition of shop.measured default;
    insert into shop.measured values ('2020-05-05', 1), ('2022-05-05', 2);
    create view shop.seen as select * from shop.child;
    create materialized view shop.kept as select 1 as one;
    create table "Odd ""Schema"."Odd 'Table'" ("Odd ""Column" int primary key, "select" text, "ü" int);
    insert into "Odd ""Schema"."Odd 'Table'" values (1, 'a', 2);
    create table shop.hollow ();
    create table shop.locked (id int primary key); alter table shop.locked enable row level security;
    analyze shop.measured_2020; analyze shop.measured_rest;`);
  catalog = await withSource(database, (source) => introspect(source, { schemas: ['shop', 'Odd "Schema'] }));
});

function tableOf(name: string): Table {
  return catalog.tables.find((table) => table.name === name)!;
}

function columnOf(table: string, name: string): Column {
  return tableOf(table).columns.find((column) => column.name === name)!;
}

describe('tables', () => {
  test('every kind is listed with its kind', () => {
    const kinds = Object.fromEntries(catalog.tables.map((table) => [table.name, table.kind]));
    expect(kinds).toMatchObject({
      child: 'table',
      measured: 'partitioned',
      measured_2020: 'partition',
      seen: 'view',
      kept: 'materialized-view',
    });
    expect(tableOf('measured_2020').parent).toEqual({ schema: 'shop', name: 'measured' });
    expect(tableOf('locked').rowSecurity).toBe(true);
    expect(tableOf('child').comment).toBe('the child');
  });

  test('a partitioned table counts the rows of its parts', () => {
    expect(tableOf('measured')).toMatchObject({ exactRows: 2, estimatedRows: 2 });
    expect(tableOf('measured').columns[1]!.profile).toMatchObject({ sampledRows: 2, min: '1', max: '2' });
  });

  test('names that need quoting are read and sampled like any other', () => {
    const odd = tableOf("Odd 'Table'");
    expect(odd).toMatchObject({
      schema: 'Odd "Schema',
      exactRows: 1,
      primaryKey: { columns: ['Odd "Column'] },
    });
    expect(odd.columns.map((column) => column.name)).toEqual(['Odd "Column', 'select', 'ü']);
    expect(odd.columns[2]!.profile).toMatchObject({ max: '2' });
  });

  test('a table without columns or rows is told, not tripped over', () => {
    expect(tableOf('hollow')).toMatchObject({ columns: [], exactRows: 0, difficulty: { grade: 'hard' } });
  });
});

describe('columns', () => {
  test.each([
    ['b', { sql: 'character varying(80)', name: 'varchar', length: 80 }],
    ['c', { sql: 'numeric(12,2)', length: 12, scale: 2 }],
    ['d', { name: 'timestamp', scale: 3 }],
    ['e', { sql: 'real[]', name: '_float4', kind: 'array', of: 'float4' }],
    ['f', { kind: 'enum', schema: 'shop', name: 'mood' }],
    ['g', { kind: 'domain', of: 'numeric', length: 5, scale: 2 }],
    ['h', { kind: 'domain', of: 'numeric', length: 5, scale: 2 }],
    ['i', { kind: 'composite', name: 'pair' }],
    ['j', { sql: 'character(2)', name: 'bpchar', length: 2 }],
    ['m', { kind: 'array', of: 'mood', schema: 'shop' }],
    ['n', { kind: 'range', name: 'int4range' }],
    ['o', { name: 'interval', scale: null }],
    ['p', { name: 'bit', length: 3 }],
  ])('type of %s', (name, type) => {
    expect(columnOf('child', name).type).toMatchObject(type);
  });

  test('defaults, identity, generation and comments', () => {
    expect(columnOf('child', 'b')).toMatchObject({ nullable: false, default: "'x'::character varying" });
    expect(columnOf('child', 'l')).toMatchObject({ generated: true });
    expect(columnOf('parent', 'id')).toMatchObject({ identity: true, nullable: false });
    expect(columnOf('child', 'c').comment).toBe('the price');
  });
});

describe('rules', () => {
  test('keys, in the order of the key', () => {
    expect(tableOf('child').primaryKey).toMatchObject({ columns: ['a', 'b'] });
    expect(tableOf('parent').uniques.map((key) => key.columns)).toEqual([['code'], ['tag']]);
  });

  test('foreign keys of one and several columns, validated or not', () => {
    expect(tableOf('child').foreignKeys).toMatchObject([
      { columns: ['parent_id'], onDelete: 'cascade', validated: true },
    ]);
    expect(tableOf('pair_user').foreignKeys).toMatchObject([
      { name: 'late', columns: ['x'], validated: false },
      { columns: ['x', 'y'], references: { schema: 'shop', name: 'child', columns: ['a', 'b'] } },
    ]);
  });

  test('checks with their columns; indexes partial, over expressions, unique without the included columns', () => {
    expect(tableOf('child').checks).toEqual([
      { name: 'positive', definition: 'CHECK ((a > 0))', columns: ['a'] },
    ]);
    expect(tableOf('child').indexes).toMatchObject([
      { name: 'child_c', columns: ['c'], partial: true, unique: false },
      { name: 'child_d', columns: ['d'], unique: true },
      { name: 'child_lower', columns: null },
    ]);
  });

  test('enumerations and domains', () => {
    expect(catalog.enums).toEqual([{ schema: 'shop', name: 'mood', labels: ['sad', 'ok', 'happy'] }]);
    expect(catalog.domains).toMatchObject([
      { name: 'best', baseType: 'shop.score' },
      { name: 'score', baseType: 'numeric(5,2)', notNull: true },
    ]);
  });
});

test('what a table makes hard is said', () => {
  expect(tableOf('pair_user').difficulty.grade).toBe('hard');
  expect(tableOf('pair_user').difficulty.reasons.join()).toMatch(
    /no primary key.*several columns at once.*never checked/,
  );
  expect(tableOf('parent').difficulty).toEqual({ grade: 'easy', reasons: [] });
});

test('by default every schema but those of the server and of Towpath is read', async () => {
  await database.query('create schema towpath; create table towpath.control (id int)');
  const all = await withSource(database, (source) => introspect(source, { profiles: false }));
  expect(all.schemas).toEqual(['Odd "Schema', 'public', 'shop']);
});

test('a schema that is not there is refused, with those that are', async () => {
  const analysis = withSource(database, (source) => introspect(source, { schemas: ['shop', 'shopp'] }));
  await expect(analysis).rejects.toMatchObject({
    code: 'UNKNOWN_SCHEMA',
    hint: expect.stringContaining('public, shop'),
  });
});

test('a stored catalog reads back as it was', () => {
  expect(parseCatalog(JSON.parse(JSON.stringify(catalog)))).toEqual(catalog);
  expect(() => parseCatalog({ ...catalog, tables: [{ name: 'x' }] })).toThrow(/cannot be read: tables\.0/);
});

test('two analyses of an unchanged database have one fingerprint, whatever its statistics', async () => {
  await database.query('insert into shop.parent (code, tag) values (1, 1); analyze');
  const again = await withSource(database, (source) =>
    introspect(source, { schemas: ['shop', 'Odd "Schema'] }),
  );
  expect(again.fingerprint).toBe(catalog.fingerprint);
  await database.query('alter table shop.locked add column seen boolean');
  const changed = await withSource(database, (source) =>
    introspect(source, { schemas: ['shop', 'Odd "Schema'] }),
  );
  expect(changed.fingerprint).not.toBe(catalog.fingerprint);
});
