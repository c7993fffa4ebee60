/** Yes or no for each part; asked by anybody, so it looks seldom and says nothing else. */
import { expect, test } from 'vitest';
import { MigrationError } from '../../../engine/core/errors.ts';
import { createReadiness } from '../../../server/metrics/readiness.ts';
import type { Desk } from '../../../server/migrations/migrations.ts';
import { createStepClock } from '../live/fake-desk.ts';

function begin(parts: { readonly target: () => Promise<unknown>; readonly storage: () => Promise<unknown> }) {
  const clock = createStepClock();
  const desk = {
    desk: { approvals: parts.target },
    guide: { current: parts.storage },
  } as unknown as Desk;
  const at = (id: string) => {
    if (id === 'own') return desk;
    throw new MigrationError({ code: 'MIGRATION_CLOSED', message: 'Closed.', hint: 'Open it.' });
  };
  return { clock, isReady: createReadiness({ migrations: { at }, clock }) };
}

const fine = async () => [];
const away = () => Promise.reject(new Error('10.1.2.3 refused password=hunter2'));

test('ready where all parts of open migrations answer', async () => {
  const { isReady } = begin({ target: fine, storage: fine });
  expect(await isReady()).toEqual({
    status: 'ready',
    checks: [
      { migration: 'own', part: 'target', answers: true },
      { migration: 'own', part: 'storage', answers: true },
    ],
  });
});

test('not ready where one does not, without its words', async () => {
  const { isReady } = begin({ target: away, storage: fine });
  const found = await isReady();
  expect(found.status).toBe('not-ready');
  expect(JSON.stringify(found)).not.toMatch(/hunter2|10\.1/);
});

test('one that says nothing does not answer', async () => {
  const { clock, isReady } = begin({ target: fine, storage: () => new Promise(() => {}) });
  const asked = isReady();
  await clock.advance(5000);
  expect(await asked).toMatchObject({ status: 'not-ready', checks: [{ answers: true }, { answers: false }] });
});

test('a migration without a target waits for none', async () => {
  const none = new MigrationError({ code: 'MISSING_CONFIG', message: 'None.', hint: 'Say where it is.' });
  const { isReady } = begin({ target: () => Promise.reject(none), storage: fine });
  expect((await isReady()).status).toBe('ready');
});

test('a thousand who ask look once', async () => {
  let looks = 0;
  const { clock, isReady } = begin({ target: async () => (looks += 1), storage: fine });
  await Promise.all(Array.from({ length: 1000 }, isReady));
  expect(looks).toBe(1);
  await clock.advance(6000);
  await isReady();
  expect(looks).toBe(2);
});
