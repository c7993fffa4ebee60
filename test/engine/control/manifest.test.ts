/** `vitest run test/engine/control/manifest.test.ts -u` writes the manifest anew after a migration was added. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Control, createControl } from '../../../engine/control/control.ts';
import { readManifest } from '../../../engine/control/manifest.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase, type Database } from '../../../engine/db/database.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';

const target = useTestDatabase();
let database: Database;
let control: Control;

beforeAll(async () => {
  database = createDatabase(target.connection, 'target', { log: createSilentLog() });
  control = createControl(database);
  await control.ensure();
});

afterAll(() => database.end());

test('a fresh installation has the shape of the committed manifest', async () => {
  const live = `${JSON.stringify(await readManifest(database), null, 2)}\n`;
  await expect(live).toMatchFileSnapshot('../../../engine/control/schema.generated.json');
});

test('partitions of mapping pairs are no drift', async () => {
  await control.mappings.ensureEntity('drift', 'patients');
  expect(await control.drift()).toEqual([]);
});

test.each([
  [
    'alter table towpath.approvals add column extra int',
    'The column of towpath.approvals extra is not one of',
  ],
  [
    'alter table towpath.approvals alter column requested_by drop not null',
    'requested_by is "text" instead of "text not null"',
  ],
  ['drop view towpath.migration_mappings', 'towpath.migration_mappings is missing.'],
  ['create table towpath.mine (id int)', 'towpath.mine is not one of'],
  ['drop index towpath.approvals_plan_idx', 'CREATE INDEX approvals_plan_idx'],
  [
    'alter table towpath.entity_migration_status drop constraint entity_migration_status_state_check',
    'state_check is missing',
  ],
])('%s is drift', async (change, sentence) => {
  await expect(
    database.transaction(async (session) => {
      await session.query(change);
      const { findDrift } = await import('../../../engine/control/drift.ts');
      const found = await findDrift(session);
      expect(found.join('\n')).toContain(sentence);
      expect(found).toHaveLength(1);
      throw new Error('undo');
    }),
  ).rejects.toThrow('undo');
});
