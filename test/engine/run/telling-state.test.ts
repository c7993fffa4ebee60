/** A server that is lost outside of a batch: what is in the target, and the next command, stand in the error. */
import { expect, test } from 'vitest';
import { MigrationError } from '../../../engine/core/errors.ts';
import { codeOf, type Office, openOffice } from './moving-office.ts';

async function refusalOf(work: Promise<unknown>): Promise<MigrationError> {
  const error = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (error instanceof MigrationError) return error;
  throw new Error(`It was not refused, but ${String(error)}`);
}

/** No new connection to the source, and none of the engine's that is there. */
async function shut({ source, target }: Office, open = false): Promise<void> {
  await target.query(`alter database "${source.name}" allow_connections ${open}`);
  await target.query(
    `select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1 and application_name like 'towpath%'`,
    [source.name],
  );
}

test('before a run begins: no row was moved, and how to try again', async () => {
  const office = await openOffice();
  await shut(office);
  const error = await refusalOf(office.migrate({ approveAs: 'Marta' }));
  expect(error.hint).toContain('No row was moved by this.');
  expect(error.hint).toContain('towpath migrate');
  await shut(office, true);
});

test('while a run is taken up again: what is there stays, and how to go on', async () => {
  const office = await openOffice();
  const run = await office.migrate({ approveAs: 'Marta', maxFailureRate: 0.01 });
  expect(run.state).not.toBe('completed');
  await shut(office);
  const error = await refusalOf(office.resume(run.runId));
  expect(error.hint).toContain('Everything up to the last finished batch is in the target');
  expect(error.hint.match(/towpath resume/g), 'said once').toHaveLength(1);
  expect(error.details).toMatchObject({ runId: run.runId });
  await shut(office, true);
  expect(await codeOf(office.resume(run.runId))).toBe('nothing was refused');
});
