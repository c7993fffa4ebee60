/** What a caller of the engine hears of a log that is gone, or that changes while it is read. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createControl } from '../../../engine/control/control.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase, type Database } from '../../../engine/db/database.ts';
import { createAuditReader } from '../../../engine/run/read-audit.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';

const target = useTestDatabase();
let database: Database;

beforeAll(() => {
  database = createDatabase(target.connection, 'target', { log: createSilentLog() });
});
afterAll(() => database.end());

async function readAll(entries: AsyncIterable<unknown>): Promise<number> {
  let count = 0;
  for await (const _ of entries) count++;
  return count;
}

test('a dropped log is no log without a witness, and one that was cut off with one', async () => {
  const control = createControl(database);
  await control.ensure();
  const reader = createAuditReader(control);
  for (const action of ['one', 'two', 'three']) await control.audit.add({ actor: 'Ada', action });
  const kept = (await reader.auditLog(10)).map(({ hash }) => hash).reverse();
  expect(await readAll(reader.auditEntries())).toBe(3);

  await target.query('alter table towpath.audit_log disable trigger all');
  await target.query("update towpath.audit_log set actor = 'Sam' where seq = 2");
  await expect(readAll(reader.auditEntries())).rejects.toMatchObject({
    code: 'AUDIT_BROKEN',
    message: expect.stringContaining('entry 2'),
  });

  await target.query('drop schema towpath cascade');
  await expect(reader.verifyAudit()).rejects.toMatchObject({ code: 'NO_RUN' });
  await expect(reader.verifyAudit({})).rejects.toMatchObject({ code: 'NO_RUN' });
  const gone = { intact: false, kind: 'cut-off', entries: 0, brokenAt: '0', guarded: false };
  expect(await reader.verifyAudit({ hashes: kept })).toMatchObject(gone);
  expect(await reader.verifyAudit({ hash: kept[2]! })).toMatchObject(gone);
});
