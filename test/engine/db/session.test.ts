/** A session whose connection is gone says so, whoever heard of it first. */
import type { EventEmitter } from 'node:events';
import { expect, test } from 'vitest';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase } from '../../../engine/db/database.ts';
import { createSession, type Session } from '../../../engine/db/session.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';

const server = useTestDatabase();

/** Until pg has heard of it. */
const ended = async (first: Session) => {
  const [backend] = await first.query<{ pid: number }>('select pg_backend_pid() as pid');
  await server.query('select pg_terminate_backend($1)', [backend!.pid]);
  await expect.poll(() => first.lost).toBe(true);
};
/** The same message as it comes in one piece with an answer; the socket is there for another moment. */
const announced = async ({ client }: Session) => {
  const said = Object.assign(new Error('terminating connection'), { severity: 'FATAL', code: '57P01' });
  (client as unknown as { connection: EventEmitter }).connection.emit('errorMessage', said);
};

test.each([
  ['had ended already', ended],
  ['was announced to end', announced],
])('one that was made on a connection that %s', async (_, end) => {
  const database = createDatabase(server.connection, 'target', { log: createSilentLog() });
  try {
    const first = await database.session();
    await end(first);
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
