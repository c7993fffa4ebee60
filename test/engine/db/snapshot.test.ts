import { afterEach, beforeAll, expect, test } from 'vitest';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase, type Database } from '../../../engine/db/database.ts';
import { openSnapshot } from '../../../engine/db/snapshot.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';

const server = useTestDatabase();
const opened: Database[] = [];
const log = createSilentLog();
const countSql = 'select count(*)::int as rows from public.events';

beforeAll(() => server.query('create table events (id int)'));

afterEach(async () => {
  for (const database of opened.splice(0)) await database.end();
  await server.query('delete from events');
});

function openSource(): Database {
  const database = createDatabase(server.connection, 'source', { log });
  opened.push(database);
  return database;
}

test('all sessions see the moment of the snapshot', async () => {
  const snapshot = await openSnapshot(openSource(), { log });
  await server.query('insert into events values (1)');
  const first = await snapshot.session('batch');
  await server.query('insert into events values (2)');
  const second = await snapshot.session('batch');
  expect([await first.query(countSql), await second.query(countSql)]).toEqual([[{ rows: 0 }], [{ rows: 0 }]]);
  expect([snapshot.shared, snapshot.reason]).toEqual([true, null]);
  await snapshot.close();
  expect(await first.query(countSql)).toEqual([{ rows: 0 }]);
});

test('when its holder dies, later sessions read their own moment and the reason is said', async () => {
  const snapshot = await openSnapshot(openSource(), { log });
  const before = await snapshot.session('batch');
  await server.query('insert into events values (1)');
  await server.query(
    "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'towpath/snapshot' and datname = current_database()",
  );
  const gone = () =>
    server.query(
      "select 1 from pg_stat_activity where application_name = 'towpath/snapshot' and datname = current_database()",
    );
  await expect.poll(gone).toEqual([]);
  const after = await snapshot.session('batch');
  expect(await before.query(countSql)).toEqual([{ rows: 0 }]);
  expect(await after.query(countSql)).toEqual([{ rows: 1 }]);
  expect(snapshot.shared).toBe(false);
  expect(snapshot.reason).toContain('later moment');
  await snapshot.close();
});

test('its sessions are inside a read-only transaction', async () => {
  const snapshot = await openSnapshot(openSource(), { log });
  const session = await snapshot.session('batch');
  await expect(session.query('insert into public.events values (3)')).rejects.toMatchObject({
    code: 'READ_ONLY_SERVER',
  });
  await snapshot.close();
});
