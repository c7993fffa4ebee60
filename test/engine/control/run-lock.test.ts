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

test.each(['still works on it', 'has worked on it'])(
  'a lock that was lost is not taken again where another %s',
  async (what) => {
    const { lock } = fixture.control;
    const runId = await fixture.run();
    const held = await lock.acquire(runId);
    await fixture.target.query(
      'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1',
      [`towpath/run ${runId}`],
    );
    await expect.poll(() => held.held).toBe(false);
    const other = await lock.acquire(runId);
    if (what === 'has worked on it') await other.release();
    await expect(held.check()).rejects.toMatchObject({ code: 'RUN_LOCK_LOST' });
    await other.release();
    await held.release();
  },
);

test('a lock that ended with its connection is taken again where nobody else had it', async () => {
  const { lock } = fixture.control;
  const runId = await fixture.run();
  const held = await lock.acquire(runId);
  await held.check();
  await fixture.target.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where application_name = $1',
    [`towpath/run ${runId}`],
  );
  await expect.poll(() => held.held).toBe(false);
  await held.check();
  expect(held.held).toBe(true);
  expect(await lock.holder()).toMatchObject({ runId });
  await held.release();
  await (await lock.acquire(runId)).release();
});
