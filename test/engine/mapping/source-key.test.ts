/** Rows of tables without a key, that inherit, or that are called what Towpath calls things. */
import { beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '../../helpers/test-database.ts';
import { type MovedTables, moveTables } from './moved-tables.ts';

const source = useTestDatabase();
const target = useTestDatabase();
let moved: MovedTables;

beforeAll(async () => {
  await source.query(`
    create table bag (t text, n int, towpath_row text, towpath_ordinal int, towpath_content_key text);
    insert into bag select 'same', i % 7, 'r' || i % 2, i % 7, null from generate_series(1, 40) i;
    create table animal (id int primary key, name text);
    create table dog (breed text, primary key (id)) inherits (animal);
    insert into animal values (1, 'cat'), (2, 'bird');
    insert into dog values (1, 'rex', 'collie'), (3, 'odd', null);
    create table whole (day date, n int) partition by range (day);
    create table part partition of whole default;
    insert into whole values ('2020-01-01', 1), ('2021-01-01', 2);
    create table own (legacy_id int primary key, id text, metadata json, entity_no int, created_at text);
    insert into own values (1, 'a', '{"b": 1, "b": 2}', 3, 'long ago');`);
  moved = await moveTables(source, target);
});

test('the key of a row without one is its whole content, counted', async () => {
  const before = await source.query<{ key: string }>(
    `select md5(b::text) || '-' || row_number() over (partition by b::text) as key from bag b order by 1`,
  );
  expect(await target.query('select legacy_id as key from bags order by 1')).toEqual(before);
  const columns = 't, n, towpath_row, towpath_ordinal, towpath_content_key';
  expect(await target.query(`select ${columns} from bags order by ${columns}`)).toEqual(
    await source.query(`select ${columns} from bag order by ${columns}`),
  );
});

test('a row of an inheriting table moves once, with its own table', async () => {
  expect(await target.query('select legacy_id, name from animals order by 1')).toEqual([
    { legacy_id: 1, name: 'cat' },
    { legacy_id: 2, name: 'bird' },
  ]);
  expect(await target.query('select legacy_id, breed from dogs order by 1')).toEqual([
    { legacy_id: 1, breed: 'collie' },
    { legacy_id: 3, breed: null },
  ]);
  const dogs = moved.plan.entities.find((entity) => entity.name === 'dogs')!;
  expect(dogs.notes.join()).toContain('inherits from animal');
  expect(moved.plan.entities.find((entity) => entity.name === 'animals')!.estimatedRows).toBe(2);
});

test('a partitioned table moves with the rows of its parts', async () => {
  expect(await target.query('select n from wholes order by 1')).toEqual([{ n: 1 }, { n: 2 }]);
});

test('columns called like the ones that Towpath makes keep their values under other names', async () => {
  expect(await target.query('select legacy_id, source_id, entity_no, created_at from owns')).toEqual([
    { legacy_id: 1, source_id: 'a', entity_no: 3, created_at: 'long ago' },
  ]);
});

test('every row arrives and none is set aside', () => {
  expect(moved.rejects).toEqual([]);
  expect(moved.repairs).toEqual([]);
});
