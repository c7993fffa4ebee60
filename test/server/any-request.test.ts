/** Whatever is sent, the server answers, says nothing of its insides, and goes on: requests made at random, and names and keys that people may well have. */

import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { useTestDatabase } from '../helpers/test-database.ts';
import { type Answer, openPlace, type Place } from './attack-place.ts';
import { productSource } from './routes/api.ts';

const source = useTestDatabase();
const target = useTestDatabase('supabase');
const at = '/api/v1/migrations/own';
let place: Place;

beforeAll(async () => {
  await source.query(`create table customer (id serial primary key, name text not null);
    insert into customer (name) select 'customer ' || i from generate_series(1, 50) i;
    create table "a/b %2F""<img src=x onerror=alert(1)>" (id serial primary key, "c\\d ../" text);
    insert into "a/b %2F""<img src=x onerror=alert(1)>" ("c\\d ../") values ('<script>alert(1)</script>');`);
  place = await openPlace({
    sources: [productSource('own', { source, target })],
    rates: { wrongTokens: { burst: 1e6, perSecond: 1e6 }, writesByPerson: { burst: 1e6, perSecond: 1e6 } },
  });
  const post = (path: string) =>
    place.ask(`${at}/${path}`, { method: 'POST', as: place.tokens.operator, body: '{}' });
  await post('open');
  for (let tries = 0; tries < 600; tries++) {
    if ((await place.ask(`${at}/guide`, { as: place.tokens.viewer })).status === 200) break;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  for (const step of ['steps/analyse', 'steps/plan']) expect((await post(step)).status, step).toBe(200);
});
afterAll(() => place?.close());

function expectAnswered(answer: Answer, what: string): void {
  expect(answer.status, `${what} ${answer.text.slice(0, 200)}`).toBeLessThan(500);
  expect(answer.code, what).not.toBe('UNEXPECTED');
  expect(answer.text, what).not.toMatch(/\n\s+at |node_modules|node:internal/);
}

const document = JSON.parse(readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, unknown>>;
};
const looking = Object.entries(document.paths)
  .filter(
    ([path, methods]) => 'get' in methods && path.includes('{id}/') && !/events|chat|messages/.test(path),
  )
  .map(([path]) => path.replace('{id}', 'own'));

/** As a client would have to write them: encoded. */
const word = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 30 }).filter((text) => text.isWellFormed()),
  fc.constantFrom(
    '..',
    '.',
    '',
    'a/b',
    '%2e%2e',
    '\\',
    'null',
    '__proto__',
    'constructor',
    "'; drop table x --",
    '["a",1]',
    '1e999',
    '\u0000',
    '\ud83d\ude00',
    'a'.repeat(900),
  ),
);

test('names and keys of every kind in every address that is looked at', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...looking),
      fc.array(word, { minLength: 3, maxLength: 3 }),
      async (path, words) => {
        const filled = words.reduce(
          (left, one) => left.replace(/\{\w+\}/, () => encodeURIComponent(one)),
          path,
        );
        const asked = `${filled}?run=${encodeURIComponent(words[2]!)}`;
        expectAnswered(await place.ask(asked, { as: place.tokens.operator }), asked);
      },
    ),
    { numRuns: 150 },
  );
});

test('JSON of every kind, at every address that is written to, of a migration that is closed', async () => {
  const writing = Object.entries(document.paths)
    .filter(([, methods]) => 'post' in methods)
    .map(([path]) => path.replace('{id}', 'sample').replace(/\{\w+\}/g, '1'));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...writing), fc.oneof(fc.json(), fc.string()), async (path, body) => {
      expectAnswered(await place.ask(path, { method: 'POST', as: place.tokens.approver, body }), path);
    }),
    { numRuns: 150 },
  );
});

test('texts of every kind, where a migration that is open is written to', async () => {
  const bodies = (one: string, other: string): [path: string, body: object][] => [
    ['guide/answer', { answer: one, cardId: other }],
    ['questions/1', { choice: one }],
    ['plan/changes', { change: { kind: 'set-filter', entity: one, where: other }, check: true }],
    ['plan/changes', { change: { kind: 'set-filter', entity: 'customers', where: one }, check: true }],
    [
      'plan/changes',
      { change: { kind: 'rename-column', entity: 'customers', column: 'name', to: one }, check: true },
    ],
    [`approvals/${encodeURIComponent(one)}`, { decision: 'decline', reason: other }],
    ['quarantine/try', { cards: [one], suggested: true }],
    ['quarantine/retry', { cards: [one], suggested: false }],
    ['quarantine/reveal', { card: one, reason: `why ${other}` }],
    ['sign-off', { name: `N ${one}`, note: other, statements: [], reading: one }],
  ];
  await fc.assert(
    fc.asyncProperty(word, word, fc.nat(9), async (one, other, which) => {
      const [path, body] = bodies(one, other)[which]!;
      const sent = { method: 'POST', as: place.tokens.approver, body: JSON.stringify(body) };
      expectAnswered(await place.ask(`${at}/${path}`, sent), `${path} ${sent.body}`);
    }),
    { numRuns: 200 },
  );
});

test('bytes that are no request', async () => {
  const bytes = fc.oneof(
    fc.string({ maxLength: 200 }),
    fc
      .string({ maxLength: 60 })
      .map((path) => `GET /${path} HTTP/1.1\r\nhost: ${place.host}\r\nconnection: close\r\n\r\n`),
    fc
      .string({ maxLength: 60 })
      .map((header) => `GET / HTTP/1.1\r\nhost: ${place.host}\r\n${header}\r\nconnection: close\r\n\r\n`),
  );
  await fc.assert(
    fc.asyncProperty(bytes, async (sent) => {
      const heard = await place.send(sent);
      expect(heard, JSON.stringify(sent)).toMatch(/^(HTTP\/1\.1 [234]\d\d |$)/);
    }),
    { numRuns: 100 },
  );
  expect((await place.ask('/healthz')).status).toBe(200);
});

test('names of tables and columns that look like markup or like a path are told as they are, as JSON', async () => {
  const { headers, text } = await place.ask(`${at}/plan`, { as: place.tokens.viewer });
  expect(headers['content-type']).toMatch(/^application\/json/);
  const { data } = JSON.parse(text) as { data: { picture: { name: string; from: string }[] } };
  const odd = data.picture.find(({ from }) => from.includes('onerror'));
  expect(odd).toBeDefined();
  const entity = await place.ask(`${at}/plan/entities/${encodeURIComponent(odd!.name)}`, {
    as: place.tokens.viewer,
  });
  expect(entity.status, entity.text.slice(0, 300)).toBe(200);
});
