import { connect, createServer, type Socket } from 'node:net';
import { hostname } from 'node:os';
import { expect, onTestFinished, test } from 'vitest';
import { createControl } from '../../../engine/control/control.ts';
import { MigrationError } from '../../../engine/core/errors.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase } from '../../../engine/db/database.ts';
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

/** The target behind a line that can be cut so that the server does not notice. */
async function openHalfOpen() {
  const { host, port } = fixture.target.connection;
  const clients = new Set<Socket>();
  const servers = new Set<Socket>();
  const line = createServer((client) => {
    const server = connect(port, host);
    clients.add(client);
    servers.add(server);
    for (const end of [client, server]) end.on('error', () => {});
    server.pipe(client);
    client.pipe(server, { end: false });
  });
  await new Promise<void>((resolve) => line.listen(0, '127.0.0.1', resolve));
  const address = line.address() as { port: number };
  const config = { ...fixture.target.connection, host: '127.0.0.1', port: address.port };
  const behind = createDatabase(config, 'target', { log: createSilentLog() });
  onTestFinished(async () => {
    await behind.end();
    for (const end of [...clients, ...servers]) end.destroy();
    line.close();
  });
  return {
    control: createControl(behind),
    cut() {
      for (const client of clients) client.destroy();
      clients.clear();
    },
  };
}

/** In this database; other suites have theirs on the same server. */
const holders = () =>
  fixture.target.query(
    `select pid from pg_locks where locktype = 'advisory' and granted and objsubid = 2 and classid = 70617
       and database = (select oid from pg_database where datname = current_database())`,
  );

test.each(['a run', 'other work'])(
  'the lock of %s that the server still keeps for the connection we lost is handed on',
  async (what) => {
    const { control, cut } = await openHalfOpen();
    const runId = await fixture.run();
    const held = await (what === 'a run'
      ? control.lock.acquire(runId)
      : control.lock.acquireFor('rehearsal under faults'));
    const before = await holders();
    cut();
    await expect.poll(() => held.held).toBe(false);
    // the server has not noticed: for everybody else the run is under way
    expect(await holders()).toEqual(before);
    await held.check();
    expect(held.held).toBe(true);
    const after = await holders();
    expect(after).toHaveLength(1);
    expect(after).not.toEqual(before);
    // and once more
    cut();
    await held.check();
    await held.release();
    expect(await holders()).toEqual([]);
  },
);

test('work that is no run and lost the lock says so in words of its own', async () => {
  const { lock } = fixture.control;
  const held = await lock.acquireFor('rehearsal under faults');
  await fixture.target.query(
    `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'towpath/rehearsal under faults'`,
  );
  await expect.poll(() => held.held).toBe(false);
  const error = await held.check().catch((thrown: unknown) => thrown as MigrationError);
  expect(error).toMatchObject({ code: 'RUN_LOCK_LOST' });
  expect((error as MigrationError).message).toMatch(/^The rehearsal under faults lost .+ may have worked/);
  expect((error as MigrationError).hint).not.toContain('resume');
  await held.release();
});
