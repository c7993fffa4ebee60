/** Filling a table by COPY: whatever the filling does, the session works on. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSilentLog } from '../../../engine/core/log.ts';
import { fillByCopy } from '../../../engine/db/copy-in.ts';
import { createDatabase, type Database, type Session } from '../../../engine/db/database.ts';
import { createTestDatabase, type TestDatabase } from '../../helpers/test-database.ts';

let place: TestDatabase;
let database: Database;
let session: Session;

beforeAll(async () => {
  place = await createTestDatabase();
  database = createDatabase(place.connection, 'target', { log: createSilentLog() });
  session = await database.session({ purpose: 'test' });
  await session.query('create table public.words (word text primary key)');
});
afterAll(async () => {
  await session.release();
  await database.end();
  await place.drop();
});

const FILL = 'copy public.words from stdin';
const words = async () =>
  (await session.query<{ word: string }>('select word from public.words order by 1')).map((row) => row.word);

test('what was written is there behind it', async () => {
  const said = await fillByCopy(session, FILL, async (write) => {
    await write(Buffer.from('one\ntwo\n'));
    return 'done';
  });
  expect(said).toBe('done');
  expect(await words()).toEqual(['one', 'two']);
});

test.each([
  ['before the first byte', 0],
  ['in the middle', 1],
])('a failure of what fills it, %s, leaves nothing and a session that answers', async (_, lines) => {
  await session.query('begin');
  const failed = fillByCopy(session, FILL, async (write) => {
    for (let line = 0; line < lines; line++) await write(Buffer.from(`three${line}\n`));
    throw new Error('the source is gone');
  });
  await expect(failed).rejects.toThrow('the source is gone');
  await session.query('rollback');
  expect(await words()).toEqual(['one', 'two']);
});

test('a refusal of the server is told, and the session answers', async () => {
  const refused = fillByCopy(session, FILL, (write) => write(Buffer.from('one\n')));
  await expect(refused).rejects.toMatchObject({ code: '23505' });
  expect(await words()).toEqual(['one', 'two']);
});
