/** Tokens of Supabase Auth: which let somebody in, as what, and the many that do not. Keys come from a server of the test's own. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createClock } from '../../../engine/core/clock.ts';
import { createJointAccess, createOwnerAccess } from '../../../server/access/access.ts';
import { createSessions } from '../../../server/access/sessions.ts';
import { createSupabaseAccess } from '../../../server/access/supabase-access.ts';

const secret = 'a shared secret of a project that is quite long';
const ahead = { milliseconds: 0 };
const clock = createClock(() => ahead.milliseconds);
const warned: string[] = [];
const log = { warn: (action: string) => void warned.push(action) };

let keys: Awaited<ReturnType<typeof generateKeyPair>>;
let server: Server;
let url: string;
let asked = 0;

beforeAll(async () => {
  keys = await generateKeyPair('ES256');
  const jwk = { ...(await exportJWK(keys.publicKey)), alg: 'ES256', kid: 'one', use: 'sig' };
  server = createServer((request, response) => {
    asked += 1;
    const known = request.url === '/auth/v1/.well-known/jwks.json';
    response.writeHead(known ? 200 : 404, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: known ? [jwk] : [] }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

interface Wish {
  readonly [claim: string]: unknown;
}

const person: Wish = {
  sub: '0b9c',
  role: 'authenticated',
  aud: 'authenticated',
  email: 'ada@lab.example',
  app_metadata: { towpath_role: 'approver' },
};

function claimsOf(wish: Wish, minutes = 60): SignJWT {
  const now = clock.now().getTime() / 1000;
  return new SignJWT({ iss: `${url}/auth/v1`, ...person, ...wish }).setExpirationTime(
    Math.floor(now + minutes * 60),
  );
}

const byKey = (wish: Wish = {}, minutes?: number) =>
  claimsOf(wish, minutes).setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign(keys.privateKey);
const bySecret = (wish: Wish = {}, given = secret) =>
  claimsOf(wish).setProtectedHeader({ alg: 'HS256' }).sign(new TextEncoder().encode(given));

const withKeys = () => createSupabaseAccess({ url, secret: null }, clock, log);
const withSecret = () => createSupabaseAccess({ url: `${url}/`, secret }, clock, log);

test('somebody with a role comes in under their address, or the name that the project gave them', async () => {
  const access = withKeys();
  expect(await access.visitorOf(await byKey())).toMatchObject({ name: 'ada@lab.example', role: 'approver' });
  const named = { app_metadata: { towpath_role: 'viewer', towpath_name: 'Ada Lovelace' } };
  expect(await access.visitorOf(await byKey(named))).toMatchObject({ name: 'Ada Lovelace', role: 'viewer' });
  expect(await withSecret().visitorOf(await bySecret())).toMatchObject({ role: 'approver' });
  expect(asked, 'keys are kept').toBe(1);
});

test.each<[string, Wish]>([
  ['no role', { app_metadata: {} }],
  ['a role that there is not', { app_metadata: { towpath_role: 'owner' } }],
  [
    'a role in what people write themselves',
    { app_metadata: {}, user_metadata: { towpath_role: 'approver' } },
  ],
  ['a role at the top', { app_metadata: {}, towpath_role: 'approver' }],
  ['the key of the service', { role: 'service_role' }],
  ['the key for everybody', { role: 'anon' }],
  ['nobody in particular', { is_anonymous: true }],
  ['another audience', { aud: 'somebody-else' }],
  ['another project', { iss: 'https://other.example/auth/v1' }],
  ['a name of two lines', { app_metadata: { towpath_role: 'viewer', towpath_name: 'Ada\nLovelace' } }],
])('a good signature, but %s', async (_, wish) => {
  expect(await withKeys().visitorOf(await byKey(wish))).toBeNull();
  expect(await withSecret().visitorOf(await bySecret(wish))).toBeNull();
});

test('a token that has ended, one of another key, one without a signature, one of another kind', async () => {
  const access = withKeys();
  expect(await access.visitorOf(await byKey({}, -1))).toBeNull();
  const other = await generateKeyPair('ES256');
  const forged = await claimsOf({}).setProtectedHeader({ alg: 'ES256', kid: 'one' }).sign(other.privateKey);
  expect(await access.visitorOf(forged)).toBeNull();
  expect(
    await withSecret().visitorOf(await bySecret({}, 'another secret that is quite long too')),
  ).toBeNull();
  const bare = new UnsecuredJWT({ iss: `${url}/auth/v1`, ...person }).setExpirationTime('1h').encode();
  expect(await access.visitorOf(bare)).toBeNull();
  expect(await withSecret().visitorOf(bare)).toBeNull();
  expect(await access.visitorOf(await bySecret())).toBeNull(); // signed with what verifies
  expect(await withSecret().visitorOf(await byKey())).toBeNull();
  const [head, body] = (await byKey()).split('.');
  expect(await access.visitorOf(`${head}.${body}.`)).toBeNull();
  expect(await access.visitorOf('a.b.c')).toBeNull();
  expect(warned).toEqual([]);
});

test('while Supabase does not answer nobody comes in, and the log says so', async () => {
  const access = createSupabaseAccess({ url: 'http://127.0.0.1:9', secret: null }, clock, log);
  expect(await access.visitorOf(await byKey())).toBeNull();
  expect(warned).toEqual(['keys unknown']);
});

test('a session ends with its token; the printed token lets in beside it', async () => {
  const owner = createOwnerAccess('a token of the owner', { name: 'Otto', role: 'approver' });
  const access = createJointAccess([owner, withKeys()]);
  expect(await access.visitorOf('a token of the owner')).toMatchObject({ name: 'Otto' });
  const sessions = createSessions(access, clock);
  const token = await byKey({}, 10);
  const id = await sessions.begin((await access.visitorOf(token))!, token);
  expect(await sessions.visitorOf(id)).toEqual({ name: 'ada@lab.example', role: 'approver' });
  ahead.milliseconds = 11 * 60_000;
  expect(await sessions.visitorOf(id)).toBeNull();
  ahead.milliseconds = 0;
  expect(await sessions.visitorOf(id), 'what has ended does not come back').toBeNull();
});
