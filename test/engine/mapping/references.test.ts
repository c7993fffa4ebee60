/** References that a key's own text does not lead along: the source finds the parent, the target holds its id. */
import { beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '../../helpers/test-database.ts';
import { type MovedTables, moveTables } from './moved-tables.ts';

const source = useTestDatabase();
const target = useTestDatabase();
let moved: MovedTables;

beforeAll(async () => {
  await source.query(String.raw`
    create schema elsewhere;
    create extension citext schema elsewhere;
    create collation elsewhere.caseless (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
    create table place (region text, nr int, name text unique, primary key (region, nr));
    insert into place values ('a,"', 1, 'one'), ('a', 1, 'two'), ('', -1, E'three\n\\');
    create table visit (id int primary key, region text, nr int, place_name text references place (name),
      foreign key (region, nr) references place);
    insert into visit values (1, 'a,"', 1, E'three\n\\'), (2, 'a', null, null), (3, null, null, 'one'), (4, '', -1, 'two');
    alter table visit drop constraint visit_region_nr_fkey;
    insert into visit values (5, 'gone', 7, null);
    alter table visit add foreign key (region, nr) references place not valid;
    create table chain (a text, b int, up_a text, up_b int, primary key (a, b), foreign key (up_a, up_b) references chain);
    insert into chain values ('x', 1, 'y', 2), ('y', 2, 'y', 2), ('z', 3, null, 2);
    create table amount (id numeric primary key, up numeric references amount);
    insert into amount values (1.50, null), (2, 1.5), (3, 1.500), (1e20, 2.00);
    create table word (id elsewhere.citext primary key, up elsewhere.citext references word);
    insert into word values ('Abc', null), ('d', 'ABC'), ('E', 'D');
    create table caseless (id text collate elsewhere.caseless primary key, up text collate elsewhere.caseless references caseless);
    insert into caseless values ('A', null), ('b', 'a');
    create table widened (id int primary key, to_amount bigint, foreign key (to_amount) references amount (id));
    insert into widened values (1, 2);
    create table named (n elsewhere.citext not null unique, id int primary key);
    create table calls (id int primary key, n elsewhere.citext references named (n));
    insert into named values ('Öl', 1); insert into calls values (1, 'öL');`);
  moved = await moveTables(source, target);
});

test.each([
  [
    'several columns',
    'visits',
    'place_id',
    'places',
    [
      ['1', '["a,\\"", 1]'],
      ['2', null],
      ['3', null],
      ['4', '["", -1]'],
      ['5', null],
    ],
  ],
  [
    'a unique column',
    'visits',
    'place_name_id',
    'places',
    [
      ['1', '["", -1]'],
      ['2', null],
      ['3', '["a,\\"", 1]'],
      ['4', '["a", 1]'],
      ['5', null],
    ],
  ],
  [
    'several of its own',
    'chains',
    'parent_chain_id',
    'chains',
    [
      ['["x", 1]', '["y", 2]'],
      ['["y", 2]', '["y", 2]'],
      ['["z", 3]', null],
    ],
  ],
  [
    'equal numbers',
    'amounts',
    'up_id',
    'amounts',
    [
      ['1.50', null],
      ['100000000000000000000', '2'],
      ['2', '1.50'],
      ['3', '1.50'],
    ],
  ],
  [
    'case that does not count',
    'words',
    'up_id',
    'words',
    [
      ['Abc', null],
      ['E', 'd'],
      ['d', 'Abc'],
    ],
  ],
  [
    'a collation of its own',
    'caselesses',
    'up_id',
    'caselesses',
    [
      ['A', null],
      ['b', 'A'],
    ],
  ],
  ['another type', 'widened', 'to_amount_id', 'amounts', [['1', '2']]],
  ['a unique column of an extension', 'calls', 'n_id', 'named', [['1', '1']]],
])('%s: %s.%s', async (_, child, column, parent, expected) => {
  const rows = await target.query<{ own: string; up: string | null }>(
    `select c.legacy_id::text as own, p.legacy_id::text as up from "${child}" c left join "${parent}" p on p.id = c."${column}"
      order by c.legacy_id::text collate "C"`,
  );
  expect(rows.map((row) => [row.own, row.up])).toEqual(expected);
});

test('nothing is set aside, and only the true orphan is noted, with what it held', () => {
  expect(moved.rejects).toEqual([]);
  expect(moved.repairs.map(({ key, repair }) => [key, repair])).toEqual([
    ['5', { column: 'place_id', rule: 'orphan-reference', source: 'region, nr', original: '["gone", 7]' }],
  ]);
});

test('the old values of several columns stay', async () => {
  const sql = (key: string, table: string) => `select region, nr from ${table} order by ${key}`;
  expect(await target.query(sql('legacy_id', 'visits'))).toEqual(await source.query(sql('id', 'visit')));
});
