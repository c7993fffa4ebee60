/** A ledger of another name is a whole control schema, with a lock of its own, and never touches the real one. */
import { afterAll, expect, test } from 'vitest';
import { createControl } from '../../../engine/control/control.ts';
import { ledgerNamed } from '../../../engine/control/ledger-name.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase } from '../../../engine/db/database.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';

const target = useTestDatabase();
const log = createSilentLog();
const opened: { end(): Promise<void> }[] = [];
afterAll(async () => {
  for (const database of opened) await database.end();
});

function control(name: string | null) {
  const rename = name === null ? {} : { rename: ledgerNamed(name) };
  const database = createDatabase(target.connection, 'target', { log, ...rename });
  opened.push(database);
  return createControl(database);
}

const schemas = async () =>
  (
    await target.query<{ name: string }>(
      `select nspname as name from pg_namespace where nspname not like 'pg\\_%' and nspname not in ('information_schema', 'public') order by 1`,
    )
  ).map(({ name }) => name);

test('every statement of the control schema goes to the other name', async () => {
  const other = control('other_ledger');
  expect(await other.state()).toBe('absent');
  await other.ensure();
  expect(await other.state()).toBe('current');
  expect(await schemas()).toEqual(['other_ledger']);
  await other.runs.create({ runId: 'r1', migration: 'm', planHash: 'p' });
  const entityNo = await other.mappings.ensureEntity('m', 'things');
  await target.query(
    `insert into other_ledger.mapping_pairs (entity_no, legacy_id, new_id, batch_id) values ($1, '1', gen_random_uuid(), 1)`,
    [entityNo],
  );
  await other.mappings.finish(entityNo);
  expect(await other.mappings.count(entityNo)).toBe(1);
  await other.audit.add({ actor: 'test', action: 'test', details: {} });
  expect(await schemas()).toEqual(['other_ledger']);
});

test('the locks of two ledgers do not meet; that of one does', async () => {
  const [real, other, again] = [control(null), control('other_ledger'), control('other_ledger')];
  await real.ensure();
  const held = await real.lock.acquireFor('test');
  const theirs = await other.lock.acquireFor('test');
  await expect(again.lock.acquireFor('test')).rejects.toMatchObject({ code: 'RUN_IN_PROGRESS' });
  await expect(control(null).lock.ensureFree()).rejects.toMatchObject({ code: 'RUN_IN_PROGRESS' });
  await held.release();
  await theirs.release();
  expect(await real.lock.holder()).toBeNull();
  expect(await other.lock.holder()).toBeNull();
});

test('other words stay as they are', () => {
  const rename = ledgerNamed('other');
  expect(rename('select * from towpath.runs join "towpath"."pairs_1" p on true')).toBe(
    'select * from other.runs join "other"."pairs_1" p on true',
  );
  expect(rename(`select 'towpath/run' as app, my_towpath.x, a.towpath from public.towpath`)).toBe(
    `select 'towpath/run' as app, my_towpath.x, a.towpath from public.towpath`,
  );
});
