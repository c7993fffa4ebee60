/** The secret namespace of a migration set beforehand, so that the same row has the same id in every target. */
import { createControl } from '../../engine/control/control.ts';
import { createSilentLog } from '../../engine/core/log.ts';
import { createDatabase } from '../../engine/db/database.ts';
import type { TestDatabase } from '../helpers/test-database.ts';

const NAMESPACE = '00000000-0000-4000-8000-00000000abcd';

/** A run of the same migration that gave up at once: later runs inherit its namespace. */
export async function fixNamespace(target: TestDatabase, migration: string): Promise<void> {
  const [present] = await target.query<{ there: boolean }>(
    `select to_regclass('towpath.migration_control') is not null as there`,
  );
  if (!present!.there) await installControl(target);
  await target.query(
    `insert into towpath.migration_control (run_id, migration, state, plan_hash, namespace, mode, started_at)
     values ('seed', $2, 'cancelled', '-', $1, 'seed', '2020-01-01') on conflict do nothing`,
    [NAMESPACE, migration],
  );
}

async function installControl(target: TestDatabase): Promise<void> {
  const database = createDatabase(target.connection, 'target', { log: createSilentLog() });
  await createControl(database).ensure();
  await database.end();
}
