/**
 * The attack list: what somebody on the network, on another page of the same browser, or with a smaller role may try. Each
 * is refused, and each refusal stands in the log with who, what and a code, and without any token. What is tried on
 * approvals is in attacks-on-approvals.test.ts; what hostile text may become on the page, with the tests of the browser.
 */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { removePerson } from '../../server/access/people-file.ts';
import type { Role } from '../../server/shapes/access.ts';
import { type Answer, type Asked, names, openPlace, type Place } from './attack-place.ts';

let place: Place;
beforeAll(async () => {
  place = await openPlace();
});
afterAll(() => place.close());

const session = '/api/v1/session';
const open = '/api/v1/migrations/sample/open';

interface Expected {
  readonly status: number;
  readonly code: string;
  /** Null: nobody that is known. */
  readonly who?: string | null;
}

/** Refused to the one who asks, and written down. */
function expectRefused(answer: Answer, { status, code, who = null }: Expected, at = place): void {
  expect({ status: answer.status, code: answer.code }, answer.text.slice(0, 300)).toEqual({ status, code });
  expect(answer.headers['content-type']).toBe('application/problem+json');
  expectNoInsides(answer.text);
  expectLogged({ status, code, who }, at);
}

function expectLogged(refusal: Expected, at = place): void {
  const lines = at.logged();
  expect(lines.map(({ details }) => details)).toMatchObject([refusal]);
  expect(lines[0]!.details.what).toMatch(/\S/);
  for (const token of Object.values(at.tokens)) expect(at.log()).not.toContain(token);
}

function expectNoInsides(text: string): void {
  expect(text).not.toMatch(/\n\s+at |node_modules|node:internal|\.ts:\d|Error:/);
  for (const token of Object.values(place.tokens)) expect(text).not.toContain(token);
}

async function refused(path: string, asked: Asked, expected: Expected): Promise<void> {
  place.logged();
  expectRefused(await place.ask(path, asked), expected);
}

const nobody = { status: 401, code: 'NOT_SIGNED_IN' };

describe('coming in', () => {
  test('whoever is known comes in, so that the rest of this list says something', async () => {
    const cookie = await place.enter(place.tokens.viewer);
    for (const asked of [{ as: place.tokens.viewer }, { cookie }]) {
      const { status, text } = await place.ask(session, asked);
      expect({ status, ...JSON.parse(text) }).toMatchObject({
        status: 200,
        visitor: { name: names.viewer, role: 'viewer' },
      });
    }
    expect(place.logged()).toEqual([]);
  });

  test('without a token', () => refused(session, {}, nobody));
  test('with a wrong token', () => refused(session, { as: 'A'.repeat(32) }, nobody));
  test('with a token that has ended', () => refused(session, { as: place.tokens.expired }, nobody));
  test('with the token in the address of the API', () =>
    refused(`${session}?token=${place.tokens.approver}`, {}, nobody));
  test('with the token as user name and password', () => {
    const basic = Buffer.from(`approver:${place.tokens.approver}`).toString('base64');
    return refused(session, { headers: { authorization: `Basic ${basic}` } }, nobody);
  });
  test('with the token itself in the cookie', () =>
    refused(session, { cookie: `${cookieName()}=${place.tokens.approver}` }, nobody));
  test('with a good cookie beside a wrong token', async () => {
    const cookie = await place.enter(place.tokens.approver);
    await refused(session, { cookie, as: 'A'.repeat(32) }, nobody);
  });

  test('with the cookie of another server', async () => {
    const other = await openPlace();
    try {
      const [, value] = (await other.enter(other.tokens.approver)).split('=');
      await refused(session, { cookie: `${cookieName()}=${value}` }, nobody);
    } finally {
      await other.close();
    }
  });

  test('with a session that was signed out', async () => {
    const cookie = await place.enter(place.tokens.approver);
    expect((await place.ask('/api/v1/sign-out', { method: 'POST', cookie })).status).toBe(200);
    await refused(session, { cookie }, nobody);
  });

  test('with a cookie that was set before signing in (session fixation)', async () => {
    const planted = `${cookieName()}=${'x'.repeat(43)}`;
    const { headers } = await place.ask(`/enter?token=${place.tokens.viewer}`, {
      headers: { cookie: planted },
    });
    expect(headers['set-cookie']?.[0]).toMatch(/; HttpOnly; SameSite=Strict$/);
    expect(headers['set-cookie']?.[0]).not.toContain('xxxx');
    await refused(session, { cookie: planted }, nobody);
  });

  test('by a line that is read on the way: over https the cookie goes nowhere else, and the browser stays there', async () => {
    const safe = await openPlace({ address: 'https://move.example.org' });
    const headers = { host: 'move.example.org' };
    const { headers: told } = await safe.ask(`/enter?token=${safe.tokens.viewer}`, { headers });
    expect(told['set-cookie']?.[0]).toMatch(
      /^__Host-towpath=[\w-]{43}; Path=\/; HttpOnly; Secure; SameSite=Strict$/,
    );
    expect(told['strict-transport-security']).toBe('max-age=31536000');
    const cookie = told['set-cookie']![0]!.split(';')[0]!;
    const from = { ...headers, origin: 'https://move.example.org' };
    expect((await safe.ask(open, { method: 'POST', cookie, headers: from })).code).toBe('ROLE_REQUIRED');
    const plain = { ...headers, origin: 'http://move.example.org' };
    expect((await safe.ask(open, { method: 'POST', cookie, headers: plain })).code).toBe('FOREIGN_ORIGIN');
    expect((await place.ask('/')).headers['strict-transport-security']).toBeUndefined();
    await safe.close();
  });

  test('with a token that a Referer gives away: it is sent to nobody and taken from nowhere', async () => {
    const entered = await place.ask(`/enter?token=${place.tokens.approver}`);
    expect(entered.headers).toMatchObject({ 'referrer-policy': 'no-referrer', location: '/' });
    expect(entered.text).toBe('');
    const referer = `${place.origin}/enter?token=${place.tokens.approver}`;
    await refused(session, { headers: { referer } }, nobody);
  });

  test.each([
    ['a wrong token', '/enter?token=nobody-has-this-token'],
    ['no token', '/enter'],
    ['a very long token', `/enter?token=${'a'.repeat(5000)}`],
  ])('at the printed address with %s', async (_, path) => {
    place.logged();
    const { status, headers } = await place.ask(path);
    expect({ status, location: headers.location, cookie: headers['set-cookie'] }).toEqual({
      status: 303,
      location: '/',
      cookie: undefined,
    });
    expectLogged({ status: 303, code: 'NOT_SIGNED_IN' });
  });

  test('at the printed address, asking to be sent elsewhere (open redirect)', async () => {
    for (const more of [
      'next=//evil.example',
      'return_to=https://evil.example',
      'redirect=%2F%2Fevil.example',
    ]) {
      const { headers } = await place.ask(`/enter?token=${place.tokens.viewer}&${more}`);
      expect(headers.location).toBe('/');
    }
    for (const path of ['//evil.example/enter', '/enter//evil.example'])
      await refused(path, {}, { status: 400, code: 'BAD_REQUEST' });
  });

  test('at the printed address with two tokens', () =>
    refused(`/enter?token=wrong&token=${place.tokens.approver}`, {}, { status: 400, code: 'BAD_REQUEST' }));

  test('by a link on another site that makes one somebody else', async () => {
    const cookie = await place.enter(place.tokens.approver);
    place.logged();
    const link = { cookie, headers: { 'sec-fetch-site': 'cross-site', origin: undefined } };
    const { headers } = await place.ask(`/enter?token=${place.tokens.viewer}`, link);
    expect(headers['set-cookie']).toBeUndefined();
    expectLogged({ status: 303, code: 'FOREIGN_ORIGIN' });
  });
});

describe('what ends', () => {
  test('a session after half a day', async () => {
    const own = await openPlace();
    const cookie = await own.enter(own.tokens.approver);
    expect((await own.ask(session, { cookie })).status).toBe(200);
    own.wait(12 * 3_600_000 + 1000);
    expectRefused(await own.ask(session, { cookie }), nobody, own);
    await own.close();
  });

  test('token and session of somebody who was taken out', async () => {
    const own = await openPlace();
    const cookie = await own.enter(own.tokens.approver);
    removePerson(own.peopleFile, names.approver);
    expectRefused(await own.ask(session, { cookie }), nobody, own);
    expectRefused(await own.ask(session, { as: own.tokens.approver }), nobody, own);
    await own.close();
  });

  test('trying tokens: after ten, the right one is not heard either, for a while', async () => {
    const own = await openPlace();
    const cookie = await own.enter(own.tokens.viewer);
    for (let i = 0; i < 10; i++) expect((await own.ask(session, { as: `guess-${i}` })).status).toBe(401);
    own.logged();
    const tried = { status: 429, code: 'TOO_MANY_REQUESTS' };
    const answer = await own.ask(session, { as: own.tokens.approver });
    expectRefused(answer, tried, own);
    expect(Number(answer.headers['retry-after'])).toBeGreaterThan(0);
    const body = JSON.stringify({ token: own.tokens.approver });
    expectRefused(await own.ask('/api/v1/sign-in', { method: 'POST', body }), tried, own);
    expect((await own.ask(session, { cookie })).status).toBe(200);
    own.wait(60_000);
    expect((await own.ask(session, { as: own.tokens.approver })).status).toBe(200);
    await own.close();
  });

  test('one token that has ended, again and again, keeps nobody else out', async () => {
    const own = await openPlace();
    for (let i = 0; i < 20; i++)
      expect((await own.ask(session, { as: own.tokens.expired })).status).toBe(401);
    expect((await own.ask(session, { as: own.tokens.approver })).status).toBe(200);
    await own.close();
  });

  test('asking without end', async () => {
    const rate = { burst: 5, perSecond: 1 };
    const own = await openPlace({ rates: { byPerson: rate } });
    for (let i = 0; i < 5; i++) await own.ask(session, { as: own.tokens.viewer });
    const answer = await own.ask(session, { as: own.tokens.viewer });
    expectRefused(answer, { status: 429, code: 'TOO_MANY_REQUESTS', who: names.viewer }, own);
    expect((await own.ask(session, { as: own.tokens.operator })).status).toBe(200);
    await own.close();
  });
});

describe('other pages of the same browser', () => {
  const foreign = (who: string | null = null) => ({ status: 403, code: 'FOREIGN_ORIGIN', who });
  let cookie: string;
  beforeAll(async () => {
    cookie = await place.enter(place.tokens.approver);
  });

  test('the page itself may, so that the rest says something', async () => {
    const { status } = await place.ask(open, { method: 'POST', cookie });
    expect(status).toBe(202);
  });

  test.each<[string, Asked['headers']]>([
    ['of another site', { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' }],
    ['of another site, in an old browser', { origin: 'https://evil.example', 'sec-fetch-site': undefined }],
    ['of another port of this machine', { origin: 'http://127.0.0.1:9', 'sec-fetch-site': 'same-site' }],
    ['without an origin, such as a file', { origin: 'null', 'sec-fetch-site': 'cross-site' }],
    ['whose name begins with ours', { origin: 'http://127.0.0.1.evil.example', 'sec-fetch-site': undefined }],
    ['that say nothing of themselves', { origin: undefined, 'sec-fetch-site': undefined }],
  ])('posting from pages %s', async (_, headers) => {
    await refused(open, { method: 'POST', cookie, headers: headers! }, foreign());
  });

  test.each([
    ['a form', 'application/x-www-form-urlencoded', 'a=b'],
    ['a form with files', 'multipart/form-data; boundary=x', '--x--'],
    ['JSON that calls itself text', 'text/plain', '{}'],
    ['JSON behind another name', 'text/plain; application/json', '{}'],
  ])('posting %s', async (_, type, body) => {
    const headers = { 'content-type': type };
    await refused(open, { method: 'POST', cookie, headers, body }, { status: 415, code: 'NOT_JSON' });
  });

  test('posting nothing of no kind', () =>
    refused(
      open,
      { method: 'POST', cookie, headers: { 'content-type': undefined } },
      { status: 415, code: 'NOT_JSON' },
    ));

  test('reading the API from another site, cookie included', async () => {
    for (const site of ['cross-site', 'same-site'])
      await refused(session, { cookie, headers: { 'sec-fetch-site': site, origin: undefined } }, foreign());
  });

  test('asking beforehand whether one may (preflight)', async () => {
    const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
    place.logged();
    const answer = await place.ask(open, { method: 'OPTIONS', headers });
    expectRefused(answer, { status: 405, code: 'METHOD_REFUSED' });
    expect(Object.keys(answer.headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  });

  test('showing the page in a frame', async () => {
    const { headers } = await place.ask('/');
    expect(headers['x-frame-options']).toBe('DENY');
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });

  test('running a script that stands in the page', async () => {
    const { headers } = await place.ask('/');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain(
      "default-src 'none'; script-src 'self'; script-src-attr 'none'; style-src 'self'",
    );
    expect(policy).not.toMatch(/unsafe|\*|https?:/);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  test.each([
    ['a name of their own for 127.0.0.1', 'evil.example'],
    ['such a name with our port', 'evil.example:PORT'],
    ['a name that begins as ours', '127.0.0.1.evil.example:PORT'],
    ['another port', '127.0.0.1:1'],
    ['no port', '127.0.0.1'],
    ['a dot behind the name', 'localhost.:PORT'],
  ])('coming by %s (DNS rebinding)', async (_, name) => {
    const host = name.replace('PORT', place.host.split(':')[1]!);
    await refused(
      session,
      { as: place.tokens.approver, headers: { host } },
      { status: 421, code: 'FOREIGN_HOST' },
    );
    await refused(
      '/',
      { headers: { host, 'x-forwarded-host': place.host } },
      { status: 421, code: 'FOREIGN_HOST' },
    );
  });

  test('a whole address in the first line that names another server', async () => {
    place.logged();
    const heard = await place.send(
      `GET http://evil.example${session} HTTP/1.1\r\nhost: ${place.host}\r\nconnection: close\r\n\r\n`,
    );
    expect(heard).toMatch(/^HTTP\/1.1 421 /);
    expectLogged({ status: 421, code: 'FOREIGN_HOST' });
  });
});

describe('the form of a request', () => {
  const bad = (who: string | null = null) => ({ status: 400, code: 'BAD_REQUEST', who });
  const post = (body: string, headers: Asked['headers'] = {}): Asked => ({
    method: 'POST',
    as: place.tokens.operator,
    body,
    headers: headers!,
  });
  const answerOf = '/api/v1/migrations/sample/guide/answer';

  test.each([
    ['as it is', '/../../../etc/passwd'],
    ['encoded', '/%2e%2e/%2e%2e/etc/passwd'],
    ['with its slashes encoded', '/..%2f..%2f..%2fetc%2fpasswd'],
    ['encoded twice', '/assets/%252e%252e%252f%252e%252e%252fetc/passwd'],
    ['with backslashes', '/..%5c..%5cwindows%5cwin.ini'],
    ['with a zero at the end', '/index.html%00.png'],
    ['that cannot be decoded', '/%zz/etc/passwd'],
  ])('a path out of the folder, %s', (_, path) => refused(path, {}, bad()));

  test('paths to files that are not of the page get the page or nothing', async () => {
    for (const path of ['/package.json', '/.env', '/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd', '/etc/passwd']) {
      place.logged();
      const answer = await place.ask(path);
      expect({ status: answer.status, text: answer.text }).toEqual({
        status: 404,
        text: '<!doctype html><title>The page</title>',
      });
      expectLogged({ status: 404, code: 'HTTP 404' });
    }
    await refused('/assets/../people.json', {}, bad());
    await refused('/assets/nothing.js', {}, { status: 404, code: 'UNKNOWN_ADDRESS' });
  });

  test('a body that is too large, with its length and without', async () => {
    const large = JSON.stringify({ answer: 'a'.repeat(1_000_000), cardId: 'c' });
    const expected = { status: 413, code: 'TOO_LARGE', who: names.operator };
    await refused(answerOf, post(large, { 'content-length': Buffer.byteLength(large) }), expected);
    await refused(answerOf, post(large, { 'transfer-encoding': 'chunked' }), expected);
  });

  test('JSON so deep that whoever walks it falls', () =>
    refused(answerOf, post(`${'['.repeat(100_000)}${']'.repeat(100_000)}`), bad(names.operator)));
  test('brackets in a text are no depth', async () => {
    const body = JSON.stringify({ answer: '[{"\\'.repeat(100), cardId: 'c' });
    expect((await place.ask(answerOf, post(body))).code).toMatch(/^MIGRATION_/);
  });
  test('JSON that is none', () => refused(answerOf, post('{"answer":'), bad(names.operator)));
  test('JSON in another coding', () =>
    refused(answerOf, post('\u001f\u008b\b', { 'content-encoding': 'gzip' }), bad(names.operator)));

  test.each([
    ['plainly', '{"answer":"yes","cardId":"c","__proto__":{"role":"approver"}}'],
    ['with its letters encoded', '{"answer":"yes","cardId":"c","\\u005f_proto__":{"role":"approver"}}'],
    ['far inside', '{"answer":"yes","cardId":"c","a":[{"b":{"__proto__":{"role":"approver"}}}]}'],
  ])('JSON that changes what objects are, %s (prototype pollution)', async (_, body) => {
    await refused(answerOf, post(body), bad(names.operator));
    expect(({} as { role?: string }).role).toBeUndefined();
  });

  test.each([
    ['a zero', '{"answer":"yes\\u0000","cardId":"c"}'],
    ['half a character', '{"answer":"yes","cardId":"\\ud800"}'],
    ['a zero far inside', '{"answer":"yes","cardId":"c","a":[{"b":"\\u0000"}]}'],
  ])('JSON with %s in a text, which no database can hold', (_, body) =>
    refused(answerOf, post(body), bad(names.operator)),
  );
  test('a zero in a key of a row', () =>
    refused('/api/v1/migrations/sample/rows/orders/1%00', { as: place.tokens.viewer }, bad()));

  test('a parameter that stands twice', () =>
    refused('/api/v1/migrations/sample/findings?run=a&run=b', { as: place.tokens.viewer }, bad()));

  test.each(['PUT', 'DELETE', 'PATCH', 'TRACE', 'PROPFIND'])('the method %s', async (method) => {
    place.logged();
    const answer = await place.ask(open, { method, as: place.tokens.approver });
    expectRefused(answer, { status: 405, code: 'METHOD_REFUSED' });
  });
  test('a method in a header or a parameter', async () => {
    const headers = { 'x-http-method-override': 'POST', 'x-method-override': 'POST' };
    const nothing = { status: 404, code: 'UNKNOWN_ADDRESS', who: names.approver };
    await refused(`${open}?_method=POST`, { as: place.tokens.approver, headers }, nothing);
    place.logged();
    const head = await place.ask(open, { method: 'HEAD', as: place.tokens.approver });
    expect(head.status).toBe(404);
    expectLogged({ status: 404, code: 'UNKNOWN_ADDRESS', who: names.approver });
  });

  test('a migration that nobody has', () =>
    refused('/api/v1/migrations/other/plan', { as: place.tokens.viewer }, bad(names.viewer)));
  test('an address of the API that nobody declared', () =>
    refused(
      '/api/v1/tools/drop-schema/execute',
      { as: place.tokens.approver },
      { status: 404, code: 'UNKNOWN_ADDRESS', who: names.approver },
    ));

  test('line ends that become headers', async () => {
    const split = 'x%0d%0aset-cookie:%20towpath=1%0d%0a';
    for (const path of [`/enter?token=${split}`, `/${split}`]) {
      const { headers } = await place.ask(path);
      expect(headers['set-cookie']).toBeUndefined();
    }
    place.logged();
    const file = `/api/v1/migrations/sample/reports/${split}.json`;
    expectRefused(await place.ask(file, { as: place.tokens.viewer }), bad(names.viewer));
  });

  test.each([
    ['two lengths', 'content-length: 2\r\ncontent-length: 3\r\n'],
    ['a length and parts', 'content-length: 4\r\ntransfer-encoding: chunked\r\n'],
    ['a header that goes on in the next line', 'x-a: b\r\n c: d\r\n'],
    ['a header with a line end of its own', 'x-a: b\nx-c\r\n'],
  ])('%s, which two servers could read in two ways (smuggling)', async (_, lines) => {
    place.logged();
    const first = `POST ${open} HTTP/1.1\r\nhost: ${place.host}\r\n`;
    const heard = await place.send(`${first}content-type: application/json\r\n${lines}\r\n0\r\n\r\n`);
    expect(heard).toMatch(/^HTTP\/1.1 4\d\d /);
    expect(heard.match(/HTTP\/1.1 /g)).toHaveLength(1);
    expect(place.logged().map(({ details }) => details.status)).toEqual([Number(heard.slice(9, 12))]);
  });

  test('headers without end', async () => {
    place.logged();
    const heard = await place.send(
      `GET / HTTP/1.1\r\nhost: ${place.host}\r\nx-a: ${'a'.repeat(40_000)}\r\n\r\n`,
    );
    expect(heard).toMatch(/^HTTP\/1.1 431 /);
    expectLogged({ status: 431, code: 'TOO_LARGE' });
  });

  test('lines for the log in an address, a header and a name', async () => {
    place.logged();
    const line = '"}\n{"level":"info","action":"approval granted"}\u2028\u001b[2J';
    await place.ask(`/${encodeURIComponent(line)}`);
    await place.ask('/nowhere', { headers: { 'user-agent': encodeURIComponent(line) } });
    await place.ask(`/api/v1/migrations/${encodeURIComponent(line)}/plan`, { as: place.tokens.viewer });
    const lines = place.logged();
    expect(lines.map(({ action }) => action)).toEqual(Array(3).fill('request refused'));
    expect(JSON.stringify(lines)).not.toMatch(/approval granted|\\u001b|\u2028/);
  });
});

describe('slow on purpose', () => {
  let slow: Place;
  beforeAll(async () => {
    slow = await openPlace({ patience: { headers: 400, request: 800 } });
  });
  afterAll(() => slow.close());

  test('headers that never end', async () => {
    const heard = await slow.send(`GET / HTTP/1.1\r\nhost: ${slow.host}\r\nx-a: `, true);
    expect(heard).toMatch(/^HTTP\/1.1 408 /);
    expectLogged({ status: 408, code: 'TOO_SLOW' }, slow);
  });

  test('a body that never ends', async () => {
    const head = `POST ${open} HTTP/1.1\r\nhost: ${slow.host}\r\nauthorization: Bearer ${slow.tokens.operator}\r\n`;
    const heard = await slow.send(
      `${head}content-type: application/json\r\ncontent-length: 10\r\n\r\n{`,
      true,
    );
    expect(heard).toMatch(/^HTTP\/1.1 408 /);
    expect(slow.logged().map(({ details }) => details.code)).toContain('TOO_SLOW');
  });
});

describe('people with a smaller role', () => {
  const decision = JSON.stringify({ decision: 'grant', reason: 'I say so', by: names.approver });
  const small = (role: 'viewer' | 'operator') => ({ status: 403, code: 'ROLE_REQUIRED', who: names[role] });

  test.each(['viewer', 'operator'] as const)('%s approving', (role) =>
    refused(
      '/api/v1/migrations/sample/approvals/any',
      { method: 'POST', as: place.tokens[role], body: decision },
      small(role),
    ),
  );
  test('viewer opening', () => refused(open, { method: 'POST', as: place.tokens.viewer }, small('viewer')));
  test('viewer starting', () =>
    refused(
      '/api/v1/migrations/sample/steps/start',
      { method: 'POST', as: place.tokens.viewer },
      small('viewer'),
    ));
  test('operator looking at values', () => {
    const body = JSON.stringify({ card: 'c', reason: 'curious' });
    const path = '/api/v1/migrations/sample/quarantine/reveal';
    return refused(path, { method: 'POST', as: place.tokens.operator, body }, small('operator'));
  });
  test('operator signing', () => {
    const body = JSON.stringify({ name: names.approver, statements: [] });
    const path = '/api/v1/migrations/sample/sign-off';
    return refused(path, { method: 'POST', as: place.tokens.operator, body }, small('operator'));
  });
  test('a role in a header, a cookie or a parameter', () =>
    refused(
      `${open}?role=approver`,
      {
        method: 'POST',
        as: place.tokens.viewer,
        headers: { 'x-role': 'approver', 'x-forwarded-user': names.approver },
      },
      small('viewer'),
    ));

  interface Operation {
    readonly description?: string;
  }
  const document = JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8')) as {
    paths: Record<string, Record<string, Operation>>;
  };
  const routes = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { description }]) => {
      const least = /Needs the role of (\w+)\./.exec(description ?? '')?.[1] as Role | undefined;
      return [method.toUpperCase(), path, least] as const;
    }),
  );
  const order: readonly Role[] = ['viewer', 'operator', 'approver'];

  test('the list of routes is the whole one', () => expect(routes.length).toBeGreaterThan(38));

  test.each(routes)('%s %s, asked by each who may not', async (method, declared, least) => {
    const path = declared.replace('{id}', 'sample').replace(/\{\w+\}/g, '1');
    const unknown = await place.ask(path, { method });
    if (path === '/api/v1/sign-in') return void expect(unknown.code).toBe('BAD_REQUEST');
    expect(unknown.code, 'nobody').toBe('NOT_SIGNED_IN');
    expect(least, 'the document says who may').toBeDefined();
    for (const role of order) {
      const { code } = await place.ask(path, { method, as: place.tokens[role] });
      if (order.indexOf(role) < order.indexOf(least!)) expect(code, role).toBe('ROLE_REQUIRED');
      else expect(code, role).not.toBe('ROLE_REQUIRED');
    }
  });
});

/** Cookies know no ports, so the name holds it. */
function cookieName(): string {
  return `towpath_${place.host.split(':')[1]}`;
}
