import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, describe, expect, test } from 'vitest';
import { canReach, findServerAccount } from '../../../sample/postgres/account.ts';
import { isRunning } from '../../../sample/postgres/processes.ts';
import { type EmbeddedServer, startPostgres } from '../../../sample/postgres/server.ts';
import { installedPostgres } from '../../helpers/installed-postgres.ts';

const quick = { settings: { fsync: false, shared_buffers: '16MB' } };
const cleanups: (() => Promise<void> | void)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

async function start(options: Parameters<typeof startPostgres>[0] = {}): Promise<EmbeddedServer> {
  const server = await startPostgres({ ...quick, ...options });
  cleanups.push(() => server.stop());
  return server;
}

async function ask(server: EmbeddedServer, text: string, database = 'postgres') {
  const client = new pg.Client({ connectionString: server.url(database) });
  await client.connect();
  try {
    return (await client.query({ text, rowMode: 'array' })).rows.flat();
  } finally {
    await client.end();
  }
}

async function goneSoon(server: { pid: number; dataFolder: string }): Promise<boolean> {
  for (let tries = 0; tries < 400; tries++) {
    if (!isRunning(server.pid) && !existsSync(server.dataFolder)) return true;
    await sleep(25);
  }
  return false;
}

/** Starts owner.ts in a process of its own and reads the line that tells about its server. */
async function startOwner(ending: string, identity: { uid?: number; gid?: number } = {}) {
  const file = join(import.meta.dirname, 'owner.ts');
  const owner = spawn(process.execPath, [file, ending], { stdio: ['ignore', 'pipe', 'ignore'], ...identity });
  cleanups.push(() => void owner.kill('SIGKILL'));
  const exited = once(owner, 'exit');
  const [line] = await Promise.race([once(owner.stdout, 'data'), exited]);
  return { owner, exited, server: JSON.parse(String(line)) as { pid: number; dataFolder: string } };
}

describe('a server of one’s own', () => {
  test('answers on the loopback interface only, and asks for its password', async () => {
    const server = await start();
    expect(await ask(server, 'show listen_addresses')).toEqual(['127.0.0.1']);
    expect(await ask(server, 'show unix_socket_directories')).toEqual(['']);
    expect(await ask(server, 'show timezone')).toEqual(['UTC']);
    const intruder = new pg.Client({
      connectionString: server.url('postgres').replace(server.password, 'wrong'),
    });
    await expect(intruder.connect()).rejects.toMatchObject({ code: '28P01' });
  });

  test('takes settings, and sets the rest for a small machine', async () => {
    const server = await start({
      settings: { fsync: false, shared_buffers: '32MB', application_name: "it's" },
    });
    expect(await ask(server, 'show shared_buffers')).toEqual(['32MB']);
    expect(await ask(server, 'show application_name')).toEqual(["it's"]);
    expect(await ask(server, 'show max_wal_size')).toEqual(['4GB']);
  });

  test('is durable unless told otherwise', async () => {
    const server = await start({ settings: { shared_buffers: '16MB' } });
    expect(await ask(server, 'show fsync')).toEqual(['on']);
  });

  test('makes, copies and drops databases of any name', async () => {
    const server = await start();
    await server.createDatabase('old "lab"');
    await ask(server, 'create table kept (id int)', 'old "lab"');
    await server.createDatabase('copy', 'old "lab"');
    expect(await ask(server, 'select count(*)::int from kept', 'copy')).toEqual([0]);
    await server.dropDatabase('copy');
    await server.dropDatabase('copy');
    expect(await ask(server, "select datname from pg_database where datname = 'copy'")).toEqual([]);
  });

  test('a second one takes another port and neither disturbs the other', async () => {
    const [first, second] = [await start(), await start()];
    expect(second.port).not.toBe(first.port);
    await first.stop();
    expect(await ask(second, 'select 1')).toEqual([1]);
  });

  test('stop leaves no process and no folder, and may be called twice', async () => {
    const server = await start();
    await server.stop();
    await server.stop();
    expect(isRunning(server.pid)).toBe(false);
    expect(existsSync(server.dataFolder)).toBe(false);
  });
});

describe('whatever ends its owner ends the server', () => {
  test.each(['stop', 'exit', 'throw', 'return'])('%s', async (ending) => {
    const { server, exited } = await startOwner(ending);
    await exited;
    expect(await goneSoon(server)).toBe(true);
  });

  test.each(['SIGINT', 'SIGTERM', 'SIGKILL'] as const)('%s', async (signal) => {
    const { owner, server, exited } = await startOwner('wait');
    expect(isRunning(server.pid)).toBe(true);
    owner.kill(signal);
    await exited;
    expect(await goneSoon(server)).toBe(true);
  });

  test.runIf(existsSync('/proc/self/cmdline'))(
    'if its guard is killed as well, the next start cleans up',
    async () => {
      const { owner, server, exited } = await startOwner('wait');
      process.kill(findGuard(server.pid), 'SIGKILL');
      owner.kill('SIGKILL');
      await exited;
      expect(isRunning(server.pid)).toBe(true);
      const log: string[] = [];
      await start({ log: (line) => log.push(line) });
      expect(await goneSoon(server)).toBe(true);
      expect(log.join('\n')).toContain('left behind');
    },
  );

  test('a living owner’s server survives the next start', async () => {
    const { server } = await startOwner('wait');
    await start();
    expect(isRunning(server.pid)).toBe(true);
  });
});

function findGuard(serverPid: number): number {
  const processes = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const guard = processes.find((pid) => commandLine(pid).includes(`\0towpath-guard\0${serverPid}\0`));
  return Number(guard);
}

function commandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}

describe('a data folder of one’s own', () => {
  function folder(): string {
    const base = ['/var/tmp', tmpdir()].find((candidate) => existsSync(candidate)) ?? tmpdir();
    const made = mkdtempSync(join(base, 'towpath-test-'));
    chmodSync(made, 0o711);
    cleanups.push(() => rmSync(made, { recursive: true, force: true }));
    return join(made, 'home');
  }

  test('keeps its data and its password', async () => {
    const dataFolder = folder();
    const first = await start({ dataFolder });
    await ask(first, 'create table kept as select 7 as answer');
    await first.stop();
    const second = await start({ dataFolder });
    expect(second.password).toBe(first.password);
    expect(await ask(second, 'select answer from kept')).toEqual([7]);
  });

  test('is not shared between two servers', async () => {
    const dataFolder = folder();
    await start({ dataFolder });
    await expect(startPostgres({ dataFolder })).rejects.toMatchObject({ code: 'DATA_FOLDER_IN_USE' });
  });

  test('is not mixed with other files', async () => {
    await expect(startPostgres({ dataFolder: import.meta.dirname })).rejects.toMatchObject({
      code: expect.stringMatching(/^DATA_FOLDER_(NOT_EMPTY|UNREACHABLE)$/),
    });
    expect(readdirSync(import.meta.dirname)).toContain('owner.ts');
  });
});

describe('what goes wrong is said', () => {
  const leftovers = () => readdirSync(tmpdir()).filter((name) => name.startsWith('towpath-postgres-'));

  test('a port that is taken', async () => {
    const squatter = createServer().listen(0, '127.0.0.1');
    await once(squatter, 'listening');
    cleanups.push(() => void squatter.close());
    const { port } = squatter.address() as { port: number };
    await expect(startPostgres({ ...quick, port })).rejects.toMatchObject({ code: 'PORT_IN_USE' });
  });

  test('a setting that does not exist, and nothing is left behind', async () => {
    const before = leftovers();
    await expect(startPostgres({ settings: { no_such_setting: 1 } })).rejects.toMatchObject({
      code: 'INVALID_SERVER_SETTING',
      hint: expect.stringContaining('settings'),
    });
    expect(leftovers()).toEqual(before);
  });

  test('more shared memory than there is', async () => {
    await expect(startPostgres({ settings: { shared_buffers: '4000GB' } })).rejects.toMatchObject({
      code: 'SHARED_MEMORY_UNAVAILABLE',
    });
  });
});

describe.each(installedPostgres())('PostgreSQL $major of this machine', ({ major, programs }) => {
  test('can take the place of npm’s', async () => {
    const server = await start({ programs });
    expect(server.version).toMatch(new RegExp(`^${major}\\.`));
    expect(await ask(server, 'show server_version_num')).toEqual([
      expect.stringMatching(new RegExp(`^${major}`)),
    ]);
  });
});

const account = findServerAccount();
test.runIf(account !== null && canReach(account, import.meta.dirname))(
  'starts for an ordinary user',
  async () => {
    const { uid, gid } = account ?? { uid: 0, gid: 0 };
    const { server, exited } = await startOwner('stop', { uid, gid });
    await exited;
    expect(await goneSoon(server)).toBe(true);
  },
);
