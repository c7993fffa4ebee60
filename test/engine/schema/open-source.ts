/** A read-only Database on a test database, closed with the test's hooks by the caller. */
import { createDatabase, type Database } from '../../../engine/db/database.ts';
import type { TestDatabase } from '../../helpers/test-database.ts';

export async function withSource<T>(
  database: Pick<TestDatabase, 'connection'>,
  work: (source: Database) => Promise<T>,
): Promise<T> {
  const source = createDatabase(database.connection, 'source', { log: { warn: () => {} } });
  try {
    return await work(source);
  } finally {
    await source.end();
  }
}
