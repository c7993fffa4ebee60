/** Numbers that a table of the target gives by itself: names are only names, whatever they hold and whatever the search path is. */
import { expect, onTestFinished, test } from 'vitest';
import { createControl } from '../../../engine/control/control.ts';
import type { EntityLoad } from '../../../engine/copy/entity-load.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase } from '../../../engine/db/database.ts';
import type { RollbackContext } from '../../../engine/rollback/context.ts';
import { restoreSequences } from '../../../engine/rollback/restore-sequences.ts';
import type { SurveyedEntity } from '../../../engine/rollback/survey.ts';
import { advanceSequences, keepSequences } from '../../../engine/run/advance-sequences.ts';
import { createTestDatabase } from '../../helpers/test-database.ts';

const runId = 'run-1';
const entity = 'papers';
const table = { schema: `o'ffice "1"`, name: 'papers' };
const SEQUENCE = `"o'ffice ""1"""."nu'mber; drop table ""public"".safe; --"`;

async function openPapers() {
  const database = await createTestDatabase('empty');
  const target = createDatabase(database.connection, 'target', { log: createSilentLog() });
  const session = await target.session({ purpose: 'test' });
  onTestFinished(async () => {
    await session.release();
    await target.end();
    await database.drop();
  });
  const control = createControl(target);
  await control.ensure();
  await control.runs.create({ runId, migration: 'm', planHash: 'p', state: 'copying' });
  await session.query('create table public.safe ()');
  await session.query(`create schema "o'ffice ""1"""`);
  await session.query(`create table "o'ffice ""1""".papers (id uuid, "no" serial)`);
  await session.query(
    `alter sequence "o'ffice ""1""".papers_no_seq rename to "nu'mber; drop table ""public"".safe; --"`,
  );
  const load = { compiled: { plan: { name: entity }, columns: ['id', 'no'] }, runId, target: table };
  const surveyed = { entity, existing: true, table };
  return {
    session,
    position: async () =>
      (
        await session.query<{ at: string }>(`select last_value || ' ' || is_called as at from ${SEQUENCE}`)
      )[0]!.at,
    keep: () => keepSequences(load as unknown as EntityLoad, session),
    advance: () => advanceSequences(load as unknown as EntityLoad, session),
    restore: () =>
      restoreSequences(
        { session, runId, control } as unknown as RollbackContext,
        surveyed as unknown as SurveyedEntity,
      ),
  };
}

test('they go on behind the numbers that came, and stand where they stood once these are gone', async () => {
  const { session, position, keep, advance, restore } = await openPapers();
  // what is written down in one session is read in another, which looks elsewhere
  await session.query(`set search_path = "o'ffice ""1""", public`);
  await keep();
  await session.query(`insert into papers ("no") values (41)`);
  await advance();
  expect(await position()).toBe('41 true');
  await session.query('delete from papers');
  await session.query(`set search_path = public`);
  await restore();
  expect(await position()).toBe('1 false');
  expect(await session.query(`select to_regclass('public.safe') is not null as there`)).toEqual([
    { there: true },
  ]);
});

test('a text in the ledger that names no sequence is nothing to run', async () => {
  const { session, position, keep, advance, restore } = await openPapers();
  await keep();
  await session.query(`insert into "o'ffice ""1""".papers ("no") values (41)`);
  await advance();
  await session.query(`delete from "o'ffice ""1""".papers`);
  await session.query(`update towpath.sequence_images set sequence = 'public.safe'`);
  await restore();
  expect(await position()).toBe('41 true');
});
