/** Servers that cannot do the work: one clear sentence, a next step, the right code, and nothing half done. */
import { createServer } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { listen, postgresLike } from '../engine/db/fake-server.ts';
import { serverUrl } from '../helpers/test-database.ts';
import { hasPgbouncer, type Pooler, startPooler } from './pgbouncer.ts';
import { type Move, succeeded, useSampleMoves } from './sample-move.ts';
import { mountSmallDisk } from './small-disk.ts';
import { listTables } from './target-content.ts';
import type { Ended } from './towpath-process.ts';

const moves = useSampleMoves();
const MIGRATE = 'migrate all --yes --json --no-validate --max-failure-rate 1 --batch-size 100';

function inWords(ended: Ended, code: string, exit = 1): void {
  expect(ended, ended.stderr).toMatchObject({ code: exit, signal: null });
  expect(JSON.parse(ended.stdout).error.code).toBe(code);
  expect(ended.stderr).toMatch(/Error: [^\n]+\nNext: [^\n]+\nMore: [^\n]+\n$/);
  expect(ended.stdout + ended.stderr).not.toMatch(/\n\s+at .*:\d+:\d+/);
}

async function untouched(move: Move, work: () => Promise<void>): Promise<void> {
  const before = await listTables(move.target.query);
  await work();
  expect(await listTables(move.target.query)).toEqual(before);
}

describe.each(['SOURCE', 'TARGET'])('the %s', (side) => {
  const at = (url: string) => ({ [`${side}_DATABASE_URL`]: url });

  test('wrong password', async () => {
    const move = await moves.open();
    const url = new URL(move.target.url);
    url.password = 'not-the-one';
    await untouched(move, async () => {
      const ended = await move.run(MIGRATE, at(url.href));
      inWords(ended, 'AUTHENTICATION_FAILED');
      expect(ended.stdout + ended.stderr + move.log()).not.toContain('not-the-one');
    });
  });

  test('nothing listens there', async () => {
    const move = await moves.open();
    await untouched(move, async () =>
      inWords(await move.run(MIGRATE, at('postgres://u:p@127.0.0.1:1/d')), 'CONNECTION_REFUSED'),
    );
  });

  test('a host that does not exist', async () => {
    const move = await moves.open();
    inWords(
      await move.run(MIGRATE, at('postgres://u:p@no-such-host.invalid/d?sslmode=disable')),
      'HOST_NOT_FOUND',
    );
  });

  test('a database that does not exist', async () => {
    const move = await moves.open();
    inWords(await move.run(MIGRATE, at(serverUrl('no_such_database'))), 'DATABASE_NOT_FOUND');
  });

  test('a web server', async () => {
    const move = await moves.open();
    const web = createServer((_, response) => response.end('hello'));
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
    const { port } = web.address() as { port: number };
    inWords(await move.run(MIGRATE, at(`postgres://u:p@127.0.0.1:${port}/d`)), 'NOT_POSTGRESQL');
    web.close();
  });

  test('a PostgreSQL that is too old', async () => {
    const move = await moves.open();
    const old = await listen(
      postgresLike({ product: 'PostgreSQL 9.6.24 on x86_64', version: '9.6.24', versionNumber: '90624' }),
    );
    inWords(await move.run(MIGRATE, at(`postgres://u:p@127.0.0.1:${old.config.port}/d`)), 'SERVER_TOO_OLD');
    await old.close();
  });
});

describe('privileges', () => {
  const role = `scenario_${process.pid}`;
  const asRole = (url: string) => {
    const other = new URL(url);
    other.username = role;
    other.password = 'known';
    return other.href;
  };
  let move: Move;
  beforeAll(async () => {
    move = await moves.open();
    await move.target.query(`create role ${role} login password 'known'`);
  });
  afterAll(async () => {
    await move.target.query(`drop owned by ${role}`);
    await moves.source.query(`drop owned by ${role}`);
    await move.target.query(`drop role ${role}`);
  });

  test('a target user that may create nothing', async () => {
    await untouched(move, async () =>
      inWords(
        await move.run(MIGRATE, { TARGET_DATABASE_URL: asRole(move.target.url) }),
        'CONTROL_SCHEMA_NOT_PERMITTED',
      ),
    );
  });

  test('a source user that may read nothing', async () => {
    await untouched(move, async () =>
      inWords(
        await move.run(MIGRATE, { SOURCE_DATABASE_URL: asRole(moves.source.url) }),
        'PERMISSION_DENIED',
      ),
    );
  });

  test('a target user that may keep records but make no table', async () => {
    await move.target.query(`create schema if not exists towpath authorization ${role}`);
    await move.target.query(`revoke create on schema public from public`);
    await untouched(move, async () =>
      inWords(await move.run(MIGRATE, { TARGET_DATABASE_URL: asRole(move.target.url) }), 'PERMISSION_DENIED'),
    );
  });
});

test('a target that takes no writes', async () => {
  const move = await moves.open();
  await move.target.query(`alter database ${move.target.name} set default_transaction_read_only = on`);
  await untouched(move, async () => inWords(await move.run(MIGRATE), 'READ_ONLY_SERVER'));
});

describe.skipIf(!hasPgbouncer)('a pooler in transaction mode', () => {
  let pooler: Pooler;
  beforeAll(async () => {
    pooler = await startPooler();
  });
  afterAll(() => pooler.stop());

  test.for(['SOURCE', 'TARGET'])('before the %s', async (side) => {
    const move = await moves.open();
    const name = side === 'TARGET' ? move.target.name : moves.source.name;
    const env = { [`${side}_DATABASE_URL`]: pooler.url(name) };
    const preflight = await move.run('preflight --json', env);
    const { checks } = JSON.parse(preflight.stdout);
    const check = checks.find((one: { name: string }) => one.name === `${side.toLowerCase()}-pooler`);
    expect(check, preflight.stdout).toMatchObject({ status: 'fail' });
    expect(preflight.code).toBe(3);
    await untouched(move, async () => {
      const ended = await move.run(MIGRATE, env);
      expect(['POOLER_TRANSACTION_MODE', 'READ_ONLY_NOT_HELD']).toContain(
        JSON.parse(ended.stdout).error.code,
      );
      inWords(ended, JSON.parse(ended.stdout).error.code);
    });
  });
});

test('the disk of the target fills up: it stops in words; with room again, resume completes it', async (context) => {
  const disk = mountSmallDisk(64);
  if (disk === null) return context.skip('mounting is not allowed here');
  const space = `space_${process.pid}`;
  const move = await moves.open();
  try {
    await move.target.query(`create tablespace ${space} location '${disk.folder}'`);
    await move.target.query(`alter database ${move.target.name} set default_tablespace = ${space}`);
    succeeded(await move.run('approve --yes')); // so that Towpath's own tables are there
    disk.leaveFree(2);
    const ended = await move.migrate(undefined, '--no-validate');
    inWords(ended, 'DISK_FULL');
    expect(ended.stderr).toContain(`towpath resume ${await move.runId()}`);
    // a full disk may not even take the note that the run failed
    expect(['failed', 'copying']).toContain(await move.state());
    disk.resize(64);
    succeeded(await move.resume(undefined, '--no-validate'));
    expect((await move.content()).tables).toEqual(moves.whole.tables);
  } finally {
    disk.resize(64);
    await dropTablespace(move, space).finally(() => disk.remove());
  }
});

/** What is left in it, after a test that failed, goes to the usual place first. */
async function dropTablespace({ target }: Move, space: string): Promise<void> {
  for (const kind of ['table', 'index', 'materialized view'])
    await target.query(`alter ${kind} all in tablespace ${space} set tablespace pg_default`);
  await target.query(`alter database ${target.name} reset default_tablespace`);
  await target.query(`drop tablespace if exists ${space}`);
}
