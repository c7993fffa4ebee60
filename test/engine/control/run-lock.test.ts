import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { MigrationError } from '../../../engine/core/errors.ts';
import { useControl } from './control-database.ts';

const fixture = useControl();

test('the second run is refused and told of the first', async () => {
  const { lock } = fixture.control;
  const [first, second] = [await fixture.run(), await fixture.run()];
  const held = await lock.acquire(first);
  const error = await lock.acquire(second).catch((thrown: unknown) => thrown as MigrationError);
  expect(error).toBeInstanceOf(MigrationError);
  expect(error).toMatchObject({ code: 'RUN_IN_PROGRESS' });
  expect((error as MigrationError).message).toContain(first);
  expect((error as MigrationError).message).toContain(`process ${process.pid} on ${hostname()}, since 2`);
  expect(await lock.holder()).toMatchObject({ runId: first, ownerPid: process.pid });
  await held.release();
  expect(await lock.holder()).toBeNull();
  await (await lock.acquire(second)).release();
});

test('the lock ends with the connection that holds it', async () => {
  const { lock } = fixture.control;
  const runId = await fixture.run();
  const held = await lock.acquire(runId);
  await held.check();
  await fixture.target.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1',
    [`towpath/run ${runId}`],
  );
  await expect.poll(() => held.held).toBe(false);
  await expect(held.check()).rejects.toMatchObject({ code: 'RUN_LOCK_LOST' });
  await held.release();
  await (await lock.acquire(runId)).release();
});
