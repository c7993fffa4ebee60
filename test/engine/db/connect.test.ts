import type { Socket } from 'node:net';
import { inspect } from 'node:util';
import { afterEach, expect, test } from 'vitest';
import { type ConnectionConfig, createConnectionConfig } from '../../../engine/core/config.ts';
import { MigrationError } from '../../../engine/core/errors.ts';
import { createSilentLog } from '../../../engine/core/log.ts';
import { createDatabase, type Role } from '../../../engine/db/database.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';
import { type FakeServer, listen, postgresLike, speaking } from './fake-server.ts';

const server = useTestDatabase();
const opened: FakeServer[] = [];

afterEach(async () => {
  for (const fake of opened.splice(0)) await fake.close();
});

async function fake(...given: Parameters<typeof listen>): Promise<ConnectionConfig> {
  const started = await listen(...given);
  opened.push(started);
  return started.config;
}

/** The error of a first statement, asked for both ways of connecting. */
async function failure(
  config: ConnectionConfig,
  role: Role = 'target',
  timeout = 3000,
): Promise<MigrationError> {
  const database = createDatabase(config, role, {
    log: createSilentLog(),
    connectTimeoutMilliseconds: timeout,
  });
  try {
    const [pooled, own] = await Promise.allSettled([database.query('select 1'), database.session()]);
    if (pooled.status !== 'rejected' || own.status !== 'rejected') throw new Error('it connected');
    expect(pooled.reason).toBeInstanceOf(MigrationError);
    expect(own.reason).toMatchObject({ code: pooled.reason.code });
    return pooled.reason;
  } finally {
    await database.end();
  }
}

const withParts = (
  parts: Partial<Record<'host' | 'port' | 'user' | 'password' | 'database' | 'ssl', string | number>>,
) => {
  const { host, port, user, password, database } = server.connection;
  return createConnectionConfig({
    host,
    port,
    user,
    password: password?.reveal(),
    database,
    ...parts,
  } as never);
};

test('nothing listens', async () => {
  const gone = await listen(() => {});
  await gone.close();
  const error = await failure(gone.config, 'source');
  expect(error).toMatchObject({ code: 'CONNECTION_REFUSED', retryable: true, severity: 'critical' });
  expect(error.hint).toContain('SOURCE_DB_HOST');
});

test('an unknown host', async () => {
  const error = await failure(withParts({ host: 'nowhere.invalid', ssl: 'disable' }));
  expect(error.code).toBe('HOST_NOT_FOUND');
});

test('a Unix socket that is not there', async () => {
  expect(await failure(withParts({ host: '/nonexistent' }))).toMatchObject({ code: 'CONNECTION_REFUSED' });
});

test('a wrong password, which is then shown nowhere', async () => {
  const error = await failure(withParts({ password: 'wrong-horse-battery' }));
  expect(error).toMatchObject({ code: 'AUTHENTICATION_FAILED', retryable: false });
  expect(error.hint).toContain('TARGET_DB_PASSWORD');
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain('wrong-horse');
});

test('no password where one is asked for', async () => {
  expect(await failure(withParts({ password: '' }))).toMatchObject({ code: 'AUTHENTICATION_FAILED' });
});

test('a database that is not there', async () => {
  const error = await failure(withParts({ database: 'no_such_database' }));
  expect(error.code).toBe('DATABASE_NOT_FOUND');
  expect(error.message).toContain('no_such_database');
});

test('TLS asked of a server that has none', async () => {
  expect(await failure(withParts({ ssl: 'require' }))).toMatchObject({
    code: 'TLS_FAILED',
    severity: 'critical',
  });
});

test('a TLS handshake that goes wrong', async () => {
  const config = await fake(
    (socket) => {
      socket.once('data', () => {
        socket.write('S');
        socket.once('data', () => socket.write('this is not a handshake, whatever it is'));
      });
    },
    { ssl: 'require' },
  );
  expect(await failure(config)).toMatchObject({ code: 'TLS_FAILED' });
});

test.each([
  ['HTTP', 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n', 'disable'],
  ['HTTP, asked for TLS', 'HTTP/1.1 400 Bad Request\r\n\r\n', 'require'],
  ['SSH, whose first byte is the S of a yes', 'SSH-2.0-OpenSSH_9.6\r\n', 'disable'],
  ['MySQL', Buffer.from('4a0000000a382e302e3336', 'hex'), 'disable'],
])('a server that speaks %s', async (_, answer, ssl) => {
  const config = await fake(speaking(answer), { ssl });
  expect(await failure(config, 'target', 700)).toMatchObject({ code: 'NOT_POSTGRESQL' });
});

test('a server that hangs up', async () => {
  const config = await fake((socket) => socket.once('data', () => socket.destroy()));
  expect(await failure(config)).toMatchObject({ code: 'CONNECTION_LOST', retryable: true });
});

test('a server that accepts and says nothing', async () => {
  const error = await failure(await fake(() => {}), 'target', 200);
  expect(error).toMatchObject({ code: 'TIMEOUT', retryable: true });
});

test('a pooler that logs in and has no server to give', async () => {
  const login = (socket: Socket) => {
    let messages = 0;
    socket.on('data', (chunk: Buffer) => {
      if (chunk.readInt32BE(4) === 80877103) socket.write('N');
      else if (++messages === 1) socket.write(Buffer.from('5200000008000000005a0000000549', 'hex'));
    });
  };
  expect(await failure(await fake(login), 'target', 200)).toMatchObject({ code: 'TIMEOUT' });
});

const facts = {
  applied: '14',
  versionNumber: '100023',
  version: '10.23',
  product: 'PostgreSQL 10.23 on x86_64',
};

test('a PostgreSQL that is too old', async () => {
  const error = await failure(await fake(postgresLike(facts)));
  expect(error.code).toBe('SERVER_TOO_OLD');
  expect(error.message).toContain('10.23');
});

test('another database behind the same protocol', async () => {
  const config = await fake(
    postgresLike({ ...facts, versionNumber: '130000', product: 'CockroachDB CCL v23' }),
  );
  const error = await failure(config);
  expect(error.code).toBe('NOT_POSTGRESQL');
  expect(error.message).toContain('CockroachDB');
});

test('a pooler that takes no startup options and does not keep sessions read-only', async () => {
  let tries = 0;
  const refuse = (startup: string) => {
    tries++;
    return startup.includes('default_transaction_read_only') ? '08P01' : null;
  };
  const like = postgresLike({ ...facts, versionNumber: '160000', version: '16', held: '' }, refuse);
  expect(await failure(await fake(like), 'source')).toMatchObject({ code: 'READ_ONLY_NOT_HELD' });
  expect(tries).toBeGreaterThan(1);
});

test('a server with no connection left', async () => {
  expect(await failure(await fake(postgresLike(facts, () => '53300')))).toMatchObject({
    code: 'TOO_MANY_CONNECTIONS',
    retryable: true,
  });
});

test('a certificate file that cannot be read names its variable', async () => {
  const base = server.connection;
  const config: ConnectionConfig = { ...base, ssl: { mode: 'verify-full', caFile: '/nonexistent/ca.pem' } };
  const error = await failure(config);
  expect(error.code).toBe('INVALID_CONFIG');
  expect(error.hint).toContain('TARGET_DB_SSL_CA');
});
