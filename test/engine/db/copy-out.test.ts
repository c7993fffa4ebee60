import { to } from 'pg-copy-streams';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createSilentLog } from '../../../engine/core/log.ts';
import { copyOut } from '../../../engine/db/copy-out.ts';
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

/** By the library that this replaces. */
async function expectedBytes(session: Session, query: string): Promise<Buffer> {
  const stream = session.client.query(to(`copy (${query}) to stdout (format binary)`));
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

test.each(Object.entries(statements))('the same bytes as from pg-copy-streams: %s', async (_name, query) => {
  const sql = `copy (${query}) to stdout (format binary)`;
  await inSession(async (session) => {
    expect((await joined(copyOut(session, sql))).equals(await expectedBytes(session, query))).toBe(true);
  });
  await inSession(async (session) => {
    const slow = await joined(copyOut(session, sql), 1);
    expect(await session.query('select 1 as one')).toEqual([{ one: 1 }]);
    expect(slow.equals(await expectedBytes(session, query))).toBe(true);
  });
});

test('an error in the middle rejects, and the session goes on', async () => {
  const sql = 'copy (select 1 / (i - 20000) from generate_series(1, 30000) i) to stdout (format binary)';
  await inSession(async (session) => {
    await expect(joined(copyOut(session, sql))).rejects.toMatchObject({ code: '22012' });
    await expect(joined(copyOut(session, 'copy nowhere to stdout'))).rejects.toMatchObject({
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
      for await (const _ of copyOut(session, sql)) {
        if (++chunks === 3) await empty.query('select pg_terminate_backend($1)', [row!.pid]);
      }
    };
    await expect(read()).rejects.toThrow();
    expect(chunks).toBeGreaterThanOrEqual(3);
  });
});

test('a consumer that stops early gets its session back', async () => {
  await inSession(async (session) => {
    const sql = "copy (select repeat('x', 1000) from generate_series(1, 500000)) to stdout (format binary)";
    for await (const _ of copyOut(session, sql)) break;
    expect(await session.query('select 1 as one')).toEqual([{ one: 1 }]);
  });
});
