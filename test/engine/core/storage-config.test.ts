/** Where conversations are kept: anywhere but in the source. */
import { expect, test } from 'vitest';
import { loadConfig } from '../../../engine/core/config.ts';

const load = (env: Record<string, string>) => loadConfig(env).storage;

test('nothing set: a file, so no database', () => {
  expect(load({})).toBeNull();
});

test('an address, with TLS as for any other host', () => {
  const storage = load({ TOWPATH_STORAGE_URL: 'postgresql://u:s3cret@db.example/talks' });
  expect(storage).toMatchObject({
    host: 'db.example',
    port: 5432,
    database: 'talks',
    ssl: { mode: 'verify-full' },
  });
  expect(JSON.stringify(storage)).not.toContain('s3cret');
});

test.each([
  ['postgres://a@db.example/legacy', 'postgres://b@DB.example:5432/legacy'],
  ['postgres://a@localhost/legacy', 'postgres://b@127.0.0.1/legacy'],
])('the source is refused, whoever asks: %s', (source, storage) => {
  expect(() => load({ SOURCE_DATABASE_URL: source, TOWPATH_STORAGE_URL: storage })).toThrow(
    expect.objectContaining({
      code: 'INVALID_CONFIG',
      message: expect.stringContaining('TOWPATH_STORAGE_URL'),
    }),
  );
});

test('a neighbour of the source is not the source', () => {
  const storage = 'postgres://b@db.example/talks';
  expect(
    load({ SOURCE_DATABASE_URL: 'postgres://a@db.example/legacy', TOWPATH_STORAGE_URL: storage }),
  ).not.toBeNull();
});

test('an address that cannot be read names the variable, not the address', () => {
  expect(() => load({ TOWPATH_STORAGE_URL: 'mysql://u:s3cret@db' })).toThrow(
    /^(?!.*s3cret).*TOWPATH_STORAGE_URL/s,
  );
});
