import { inspect } from 'node:util';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createConnectionConfig, isLocalHost, loadConfig } from '../../../engine/core/config.ts';

const parts = {
  SOURCE_DB_HOST: 'db.example',
  SOURCE_DB_PORT: '5433',
  SOURCE_DB_USER: 'reader',
  SOURCE_DB_PASSWORD: ' s3cret ',
  SOURCE_DB_NAME: 'legacy',
};

function thrown(work: () => unknown): { code: string; message: string; hint: string } {
  try {
    work();
  } catch (error) {
    return error as { code: string; message: string; hint: string };
  }
  throw new Error('nothing was thrown');
}

test('nothing set: defaults, and no databases', () => {
  expect(loadConfig({})).toMatchObject({
    source: null,
    target: null,
    batchSize: null,
    maxRetryAttempts: 5,
    timeoutMilliseconds: null,
    maxConnections: 10,
    maxConcurrency: 4,
    errorRecovery: true,
    logLevel: 'info',
    warnings: [],
  });
});

test('a database in parts', () => {
  const { source } = loadConfig(parts);
  expect(source).toMatchObject({ host: 'db.example', port: 5433, user: 'reader', database: 'legacy' });
  expect(source?.password?.reveal()).toBe(' s3cret ');
});

test('a database as a URL, whatever characters user, password and name hold', () => {
  const word = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 12 })
    .filter((value) => value.isWellFormed() && value.trim() !== '' && !value.includes('YOUR-PASSWORD'));
  fc.assert(
    fc.property(word, word, word, (user, password, database) => {
      const [u, p, d] = [user, password, database].map(encodeURIComponent);
      const { target } = loadConfig({ TARGET_DATABASE_URL: `postgresql://${u}:${p}@db.example/${d}` });
      expect(target).toMatchObject({ host: 'db.example', port: 5432, user, database });
      expect(target?.password?.reveal()).toBe(password);
    }),
  );
});

test('a URL may name a socket folder, an IPv6 address and startup options', () => {
  const socket = loadConfig({ SOURCE_DATABASE_URL: 'postgres://u@/db?host=/run/postgresql' }).source;
  expect(socket).toMatchObject({ host: '/run/postgresql', password: null, ssl: { mode: 'disable' } });
  const six = loadConfig({
    SOURCE_DATABASE_URL: 'postgres://u:p@[::1]:5555/db?options=reference%3Dabc',
  }).source;
  expect(loadConfig({ SOURCE_DATABASE_URL: 'postgres:///db?host=/run/pg&user=u' }).source?.user).toBe('u');
  expect(six).toMatchObject({ host: '::1', port: 5555, options: 'reference=abc' });
});

test('a URL hides the parts, and says so', () => {
  const config = loadConfig({ ...parts, SOURCE_DATABASE_URL: 'postgres://u:p@other.example/db' });
  expect(config.source?.host).toBe('other.example');
  expect(config.warnings).toEqual([expect.stringContaining('SOURCE_DB_HOST')]);
});

test.each([
  ['db.example', undefined, 'verify-full'],
  ['10.0.0.5', undefined, 'verify-full'],
  ['db', undefined, 'verify-full'],
  ['127.0.0.1.example', undefined, 'verify-full'],
  ['localhost.example', undefined, 'verify-full'],
  ['localhost', undefined, 'disable'],
  ['127.0.0.53', undefined, 'disable'],
  ['::1', undefined, 'disable'],
  ['/run/postgresql', undefined, 'disable'],
  ['localhost', 'verify-full', 'verify-full'],
  ['localhost', 'require', 'require'],
  ['localhost', 'prefer', 'disable'],
  ['db.example', 'prefer', 'require'],
  ['db.example', 'allow', 'require'],
  ['db.example', 'require', 'require'],
  ['db.example', 'verify-ca', 'verify-ca'],
  ['db.example', 'true', 'verify-full'],
  ['db.example', 'disable', 'disable'],
  ['db.example', 'false', 'disable'],
])('TLS to %s with %s is %s', (host, ssl, mode) => {
  expect(loadConfig({ ...parts, SOURCE_DB_HOST: host, SOURCE_DB_SSL: ssl }).source?.ssl.mode).toBe(mode);
  expect(isLocalHost(host)).toBe(['localhost', '127.0.0.53', '::1', '/run/postgresql'].includes(host));
});

test('sslmode and sslrootcert of a URL count, and the variables win over them', () => {
  const url = 'postgres://u:p@db.example/d?sslmode=require&sslrootcert=/ca.pem';
  expect(loadConfig({ TARGET_DATABASE_URL: url }).target?.ssl).toEqual({
    mode: 'require',
    caFile: '/ca.pem',
  });
  const both = loadConfig({
    TARGET_DATABASE_URL: url,
    TARGET_DB_SSL: 'verify-full',
    TARGET_DB_SSL_CA: '/other.pem',
  });
  expect(both.target?.ssl).toEqual({ mode: 'verify-full', caFile: '/other.pem' });
});

test.each([
  ['BATCH_SIZE', 'hunter2'],
  ['BATCH_SIZE', '0'],
  ['BATCH_SIZE', '1.5'],
  ['MAX_RETRY_ATTEMPTS', '-1'],
  ['MIGRATION_TIMEOUT', 'soon'],
  ['ERROR_RECOVERY_ENABLED', 'maybe'],
  ['LOG_LEVEL', 'loud'],
  ['SUPABASE_URL', 'hunter2'],
  ['SOURCE_DATABASE_URL', 'hunter2'],
  ['SOURCE_DATABASE_URL', 'mysql://u:hunter2@h/d'],
  ['SOURCE_DATABASE_URL', 'postgres://u:hunter2#x@h/d'],
  ['SOURCE_DATABASE_URL', 'postgres://u:hunter2/x@h/d'],
  ['SOURCE_DATABASE_URL', 'postgres://u:hunter2%zz@h/d'],
  ['SOURCE_DATABASE_URL', 'postgres://u:[YOUR-PASSWORD]@h/hunter2'],
])('%s=%s is refused by name, and its value is not shown', (name, value) => {
  const error = thrown(() => loadConfig({ [name]: value }));
  expect(error.code).toBe('INVALID_CONFIG');
  expect(error.message).toContain(name);
  expect(inspect(error, { depth: 9 }).replace(/at .*/g, '')).not.toContain('hunter2');
  if (value.length > 4) expect(error.message + error.hint).not.toContain(value);
});

test.each([
  ['SOURCE_DB_HOST', undefined],
  ['SOURCE_DB_USER', ''],
  ['SOURCE_DB_NAME', undefined],
  ['SOURCE_DB_PORT', '70000'],
  ['SOURCE_DB_SSL', 'sometimes'],
])('%s=%s among the parts is refused by name', (name, value) => {
  expect(thrown(() => loadConfig({ ...parts, [name]: value })).message).toContain(name);
});

test('a flag wins over its variable, and is named when it is wrong', () => {
  expect(loadConfig({ BATCH_SIZE: '500' }, { batchSize: 900 }).batchSize).toBe(900);
  expect(loadConfig({ BATCH_SIZE: '500' }, { batchSize: undefined }).batchSize).toBe(500);
  expect(thrown(() => loadConfig({}, { maxConcurrency: 9 })).message).toContain('--max-concurrency');
});

test.each([
  ['30', 1_800_000],
  ['90s', 90_000],
  ['45m', 2_700_000],
  ['1.5h', 5_400_000],
])('a timeout of %s is %i ms', (text, milliseconds) => {
  expect(loadConfig({ MIGRATION_TIMEOUT: text }).timeoutMilliseconds).toBe(milliseconds);
});

test('no way of printing a configuration shows a secret', () => {
  const secrets = {
    SUPABASE_SERVICE_ROLE: 's3cret-a',
    OPENAI_API_KEY: 's3cret-b',
    TOWPATH_TOKEN: 's3cret-c',
  };
  const config = loadConfig({ ...parts, ...secrets, TARGET_DATABASE_URL: 'postgres://u:s3cret-d@h/d' });
  expect(config.token?.reveal()).toBe('s3cret-c');
  const shown = [
    JSON.stringify(config),
    inspect(config, { depth: 9, showHidden: true }),
    `${config.source?.password}`,
  ];
  expect(shown.join()).not.toContain('s3cret');
  expect(createConnectionConfig({ host: 'h', user: 'u', database: 'd' }).password).toBeNull();
});
