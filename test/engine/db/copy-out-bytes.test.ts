import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSilentLog } from '../../../engine/core/log.ts';
import { copyOut } from '../../../engine/db/copy-out.ts';
import { copyOutBytes } from '../../../engine/db/copy-out-bytes.ts';
import { createDatabase, type Database, type Session } from '../../../engine/db/database.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';

const empty = useTestDatabase();
let database: Database;

beforeAll(async () => {
  database = createDatabase(empty.connection, 'target', { log: createSilentLog() });
});
afterAll(() => database.end());

async function joined(chunks: AsyncIterable<Buffer>, pause = 0): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const chunk of chunks) {
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    parts.push(chunk);
  }
  return Buffer.concat(parts);
}

async function inSession(work: (session: Session) => Promise<void>): Promise<void> {
  const session = await database.session();
  try {
    await work(session);
  } finally {
    await session.release();
  }
}

const statements = {
  'many short rows': 'select i, i::text, null::text from generate_series(1, 30000) i',
  'rows longer than any chunk': "select repeat('x', 300000 + i) from generate_series(1, 20) i",
  'rows of every length': "select repeat('y', i) from generate_series(0, 3000) i",
  'no row': 'select 1 where false',
};

test.each(Object.entries(statements))('the same bytes as from pg-copy-streams: %s', async (_name, query) => {
  const sql = `copy (${query}) to stdout (format binary)`;
  await inSession(async (session) => {
    const expected = await joined(copyOut(session, sql));
    expect((await joined(copyOutBytes(session, sql))).equals(expected)).toBe(true);
    expect((await joined(copyOutBytes(session, sql), 1)).equals(expected)).toBe(true);
    expect(await session.query('select 1 as one')).toEqual([{ one: 1 }]);
  });
});

test('an error in the middle rejects, and the session goes on', async () => {
  const sql = 'copy (select 1 / (i - 20000) from generate_series(1, 30000) i) to stdout (format binary)';
  await inSession(async (session) => {
    await expect(joined(copyOutBytes(session, sql))).rejects.toMatchObject({ code: '22012' });
    await expect(joined(copyOutBytes(session, 'copy nowhere to stdout'))).rejects.toMatchObject({
      code: '42P01',
    });
    expect(await session.query('select 1 as one')).toEqual([{ one: 1 }]);
  });
});

test('a connection that is lost in the middle rejects', async () => {
  await inSession(async (session) => {
    const [row] = await session.query<{ pid: number }>('select pg_backend_pid() as pid');
    const sql = "copy (select repeat('x', 1000) from generate_series(1, 500000)) to stdout (format binary)";
    let chunks = 0;
    const read = async () => {
      for await (const _ of copyOutBytes(session, sql)) {
        if (++chunks === 3) await empty.query('select pg_terminate_backend($1)', [row!.pid]);
      }
    };
    await expect(read()).rejects.toThrow();
    expect(chunks).toBeGreaterThanOrEqual(3);
  });
});

test('a consumer that stops early ends the connection, and nothing waits for it', async () => {
  await inSession(async (session) => {
    const sql = "copy (select repeat('x', 1000) from generate_series(1, 500000)) to stdout (format binary)";
    for await (const _ of copyOutBytes(session, sql)) break;
    await expect(session.query('select 1')).rejects.toThrow();
  });
});
