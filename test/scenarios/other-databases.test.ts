/**
 * Databases in the shapes that other people's have, filled with made-up rows, moved by the suggested plan and the
 * recommended answers alone. The proof asks the two servers, not Towpath. Real dumps take the same way with
 * test/real/real-databases.ts.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Catalog } from '../../engine/schema/catalog.ts';
import { djangoLikeSql } from '../fixtures/databases/django-like.sql.ts';
import { fiveSchemasSql } from '../fixtures/databases/five-schemas.sql.ts';
import { keyedLikeSql } from '../fixtures/databases/keyed-like.sql.ts';
import { railsLikeSql } from '../fixtures/databases/rails-like.sql.ts';
import { rentalLikeSql } from '../fixtures/databases/rental-like.sql.ts';
import { useTestDatabase } from '../helpers/test-database.ts';
import { fillDatabase } from '../real/fill/fill-database.ts';
import { type Step, type Way, wholeWay } from '../real/journey.ts';
import { lossesWithoutQuestion } from '../real/losses.ts';
import { proveMove } from '../real/proof.ts';
import { createWorkplace, type Workplace } from './towpath-process.ts';

const databases = [
  { name: 'a Django project with rings and generic relations', sql: djangoLikeSql() },
  { name: 'a film rental with partitions, lists and text search', sql: rentalLikeSql },
  { name: 'keys of words, short numbers and several columns', sql: keyedLikeSql },
  { name: 'five schemas with dozens of domains', sql: fiveSchemasSql() },
];

const ROWS = 12;

describe.each(databases)('$name', ({ sql }) => {
  const source = useTestDatabase();
  const target = useTestDatabase();
  let place: Workplace;
  let way: Way;

  beforeAll(async () => {
    await source.query(sql);
    const { refused } = await fillDatabase(source.url, { rows: ROWS, seed: 7 });
    expect(refused).toEqual([]);
    place = createWorkplace({ source: source.url, target: target.url });
    const expectDone = ({ words, code, note }: Step) => expect([words, code, note]).toEqual([words, 0, '']);
    way = await wholeWay(place, expectDone, { brief: true });
  }, 400_000);
  afterAll(() => place?.remove());

  test('every row moves, and validation compares all of them', () => {
    expect([way.setAside, way.verdict]).toEqual([0, 'verified']);
  });

  test('tables, columns, values and references are all there', async () => {
    const proof = await proveMove({ source: source.url, target: target.url }, way.plan!);
    expect(proof.complaints).toEqual([]);
    expect(proof.compared).toBeGreaterThan(50);
    expect(proof.references.kept).toBe(proof.references.declared);
  });

  test('nothing stays behind that nobody is asked about', () => {
    expect(lossesWithoutQuestion(way.catalog, way.plan!)).toEqual([]);
  });

  test('the proof sees one row that is gone', async () => {
    const { name, target: table } = way.plan!.entities.at(-1)!;
    await target.query(`set session_replication_role = replica;
      delete from "${table.schema}"."${table.table}" where ctid = (select min(ctid) from "${table.schema}"."${table.table}")`);
    const { complaints } = await proveMove({ source: source.url, target: target.url }, way.plan!);
    expect(complaints[0]).toMatch(new RegExp(`^${name} has \\d+ rows, not \\d+$`));
    expect(complaints.length).toBeGreaterThan(1);
  });
});

describe('a Rails application of a thousand tables', () => {
  const source = useTestDatabase();
  let place: Workplace;
  afterAll(() => place?.remove());

  test('is analysed: partitions, polymorphic references and loose ones are told', async () => {
    for (const part of portions(railsLikeSql(1000).split('\n'), 200)) await source.query(part.join('\n'));
    await source.query(`insert into users (email, name) select n || '@example.org', 'somebody' from generate_series(1, 50) n;
      insert into namespaces (name, path, owner_id) select 'n', 'n', 1 + n % 50 from generate_series(1, 50) n;
      insert into projects (namespace_id, creator_id) select 1 + n % 50, 1 + n % 50 from generate_series(1, 60) n;
      insert into notes (noteable_type, noteable_id, project_id) select case when n % 2 = 0 then 'Project' else 'User' end, 1 + n % 50, 1 + n % 60 from generate_series(1, 200) n;
      analyze`);
    place = createWorkplace({ source: source.url, target: source.url });
    const { code, stderr } = await place.run('analyze --json');
    expect([code, stderr]).toEqual([0, '']);
    const catalog = JSON.parse(readFileSync(join(place.folder, '.towpath/catalog.json'), 'utf8')) as Catalog;
    const own = catalog.tables.filter(({ kind }) => kind === 'table' || kind === 'partitioned');
    expect(own.length).toBe(1000);
    expect(catalog.tables.filter(({ kind }) => kind === 'partition').length).toBeGreaterThan(100);
    const generic = catalog.inferred.find((item) => item.kind === 'generic' && item.table.name === 'notes');
    expect(generic).toMatchObject({
      typeColumn: 'noteable_type',
      idColumn: 'noteable_id',
      targets: [
        { type: 'Project', table: { name: 'projects' } },
        { type: 'User', table: { name: 'users' } },
      ],
    });
    const loose = catalog.inferred.filter((item) => item.kind === 'foreign-key').map((item) => item.column);
    expect(loose).toEqual(expect.arrayContaining(['creator_id', 'project_id']));
  }, 400_000);
});

function portions<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, n) =>
    list.slice(n * size, (n + 1) * size),
  );
}
