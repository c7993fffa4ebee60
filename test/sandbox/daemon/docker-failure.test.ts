import { createServer } from 'node:net';
import { afterAll, expect, test } from 'vitest';
import { dockerFailure } from '../../../sandbox/daemon/docker-failure.ts';
import { createSandbox } from '../../../sandbox/index.ts';

const unit = { source: 'export default (row) => row;', reads: ['a'], writes: ['a'] };

test.each([
  [{ code: 'ENOENT', address: '/var/run/docker.sock' }, 'docker-missing', /\/var\/run\/docker\.sock/],
  [{ code: 'ECONNREFUSED' }, 'docker-missing', /does not answer/],
  [{ code: 'EACCES', address: '/var/run/docker.sock' }, 'docker-denied', /may not use/],
  [{ code: 'ECONNRESET' }, 'docker-lost', /stopped answering/],
  [
    { statusCode: 400, json: { message: 'Unknown runtime specified\nrunsc.' } },
    'docker-error',
    /Unknown runtime specified runsc\.$/,
  ],
  [
    { statusCode: 500, message: '(HTTP code 500) server error - write x: no space left on device ' },
    'docker-error',
    /^Docker refused: write x: no space left on device\.$/,
  ],
  [{ json: null, message: { toString: 1 } }, 'docker-error', /without a reason/],
  [null, 'docker-error', /without a reason/],
])('%o', (error, kind, message) => {
  const failure = dockerFailure(error);
  expect(failure).toMatchObject({
    kind,
    message: expect.stringMatching(message),
    hint: expect.stringMatching(/doctor|Make room/),
  });
  expect(dockerFailure(failure)).toBe(failure);
});

test('without Docker opening says how to get it; checking types goes on; closing is quiet', async () => {
  const sandbox = createSandbox({ docker: { socketPath: '/nowhere/docker.sock' } });
  await expect(sandbox.open(unit)).rejects.toMatchObject({
    kind: 'docker-missing',
    hint: expect.stringMatching(/apt-get install docker\.io/),
  });
  await expect(sandbox.open(unit)).rejects.toMatchObject({ kind: 'docker-missing' });
  expect(
    await sandbox.check(
      { ...unit, source: 'export default (row: Row): Row => row;' },
      'interface Row { a: string } type Transform = (row: Row) => Row;',
    ),
  ).toEqual([]);
  expect(await sandbox.examine()).toMatchObject({
    ready: false,
    proofs: [],
    problem: { kind: 'docker-missing' },
  });
  await sandbox.close();
});

test('a daemon that hangs up is told as lost', async () => {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  afterAll(() => void server.close());
  const address = server.address();
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  const sandbox = createSandbox({ docker: { host: '127.0.0.1', port } });
  await expect(sandbox.open(unit)).rejects.toMatchObject({ kind: 'docker-lost' });
  await sandbox.close();
});
