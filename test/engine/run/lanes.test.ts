import { expect, test } from 'vitest';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase } from '../../../engine/db/database.ts';
import { openSnapshot } from '../../../engine/db/snapshot.ts';
import { createLanes } from '../../../engine/run/lanes.ts';
import { createTestDatabase } from '../../helpers/test-database.ts';

test('what a lane commits is kept if the server crashes: it does not loosen what the server promises', async () => {
  const log = createSilentLog();
  const test = await createTestDatabase();
  await test.query(`alter database ${test.name} set synchronous_commit = on`);
  const source = createDatabase(test.connection, 'source', { log });
  const target = createDatabase(test.connection, 'target', { log });
  const snapshot = await openSnapshot(source, { log });
  const lanes = createLanes(target, snapshot);
  const lane = await lanes.open();
  expect(await lane.target.query('show synchronous_commit')).toEqual([{ synchronous_commit: 'on' }]);
  await lanes.close(lane);
  await snapshot.close();
  await Promise.all([source.end(), target.end()]);
  await test.drop();
});
