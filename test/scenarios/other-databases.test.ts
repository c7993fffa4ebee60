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
});

function portions<T>(list: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(list.length / size) }, (_, n) =>
    list.slice(n * size, (n + 1) * size),
  );
}
