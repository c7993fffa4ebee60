/** A session whose connection is gone says so, whoever heard of it first. */
import { expect, test } from 'vitest';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase } from '../../../engine/db/database.ts';
import { createSession } from '../../../engine/db/session.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';

const server = useTestDatabase();

test('one that was made on a connection that had ended already', async () => {
  const database = createDatabase(server.connection, 'target', { log: createSilentLog() });
  try {
    const first = await database.session();
    const [backend] = await first.query<{ pid: number }>('select pg_backend_pid() as pid');
    await server.query('select pg_terminate_backend($1)', [backend!.pid]);
    await expect.poll(() => first.lost).toBe(true);
    const release = async () => {};
    const late = createSession({ client: first.client, config: server.connection, role: 'target', release });
    expect(late.lost).toBe(true);
    await expect(late.query('select 1')).rejects.toMatchObject({ code: 'CONNECTION_LOST' });
    const missing = new TypeError('Cannot read properties of null');
    expect(late.explain(missing)).toMatchObject({ code: 'CONNECTION_LOST', cause: missing });
  } finally {
    await database.end();
  }
});
