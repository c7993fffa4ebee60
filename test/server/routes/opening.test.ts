/** What the API says of migrations that are not open, and that opening one happens once and holds nobody up. */
import { expect, test } from 'vitest';
import { MigrationError } from '../../../engine/core/errors.ts';
import type { Desk, MigrationSource } from '../../../server/migrations/migrations.ts';
import type { MigrationSummary, MigrationView } from '../../../server/shapes/migrations.ts';
import type { Problem } from '../../../server/shapes/problem.ts';
import { createFakeGuide, createFakeJourney } from '../../helpers/fake-journey.ts';
import { openApi, voice } from './api.ts';

const notUsed = {} as never;

function fakeDesk(): Desk {
  const { journey } = createFakeJourney();
  return {
    voice,
    desk: notUsed,
    guide: createFakeGuide().guide,
    runs: notUsed,
    journey,
    opened: { engine: notUsed, journey, workspace: notUsed },
    converse: () => Promise.reject(new Error('not here')),
    endsWithUs: false,
    close: async () => {},
  };
}

function slowSample(): MigrationSource & {
  readonly opened: () => number;
  readonly finish: (outcome: Desk | Error) => void;
} {
  let opened = 0;
  let finish: (outcome: Desk | Error) => void = () => {};
  return {
    id: 'sample',
    name: 'Practice',
    source: null,
    target: null,
    voice,
    exists: () => false,
    opened: () => opened,
    finish: (outcome) => finish(outcome),
    open() {
      opened += 1;
      return new Promise((resolve, reject) => {
        finish = (outcome) => (outcome instanceof Error ? reject(outcome) : resolve(outcome));
      });
    },
  };
}

const stateOf = async (api: ReturnType<typeof openApi>) =>
  (await api.get<MigrationView>('/migrations/sample')).body.state;

test('two who open at once get one opening, and neither waits for it', async () => {
  const source = slowSample();
  const api = openApi([source]);
  expect((await api.get<MigrationSummary[]>('/migrations')).body[0]).toMatchObject({ state: 'not-made' });
  const answers = await Promise.all([
    api.post<MigrationView>('/migrations/sample/open'),
    api.post<MigrationView>('/migrations/sample/open'),
  ]);
  expect(answers.map(({ status, body }) => [status, body.state])).toEqual([
    [202, 'opening'],
    [202, 'opening'],
  ]);
  expect(source.opened()).toBe(1);
  expect((await api.get<Problem>('/migrations/sample/guide')).body.code).toBe('MIGRATION_OPENING');
  source.finish(fakeDesk());
  await api.migrations.desk('sample');
  expect(await stateOf(api)).toBe('open');
  await api.post('/migrations/sample/open');
  expect(source.opened(), 'what is open is not opened again').toBe(1);
  expect((await api.get('/migrations/sample/guide')).status).toBe(200);
});

test('fifty who look at once cost one look, and what somebody did is seen by the next', async () => {
  const source = slowSample();
  const api = openApi([source]);
  await api.post('/migrations/sample/open');
  const desk = fakeDesk();
  let looks = 0;
  const state = () => {
    looks += 1;
    return desk.journey.state();
  };
  source.finish({ ...desk, journey: { ...desk.journey, state } });
  await api.migrations.desk('sample');
  await Promise.all(Array.from({ length: 50 }, () => api.get('/migrations/sample')));
  expect(looks).toBe(1);
  await api.post('/migrations/sample/guide/answer', { answer: 'plan', cardId: 'card-1' });
  await api.get('/migrations/sample');
  expect(looks).toBe(2);
});

test('looking opens nothing', async () => {
  const source = slowSample();
  const api = openApi([source]);
  for (const path of [
    'guide',
    'plan',
    'questions',
    'approvals',
    'runs',
    'runs/latest',
    'proof',
    'quarantine',
  ]) {
    const { status, body } = await api.get<Problem>(`/migrations/sample/${path}`);
    expect([path, status, body.code]).toEqual([path, 409, 'MIGRATION_CLOSED']);
  }
  expect(source.opened()).toBe(0);
});

test('what could not be opened says why, and can be tried again', async () => {
  const source = slowSample();
  const api = openApi([source]);
  await api.post('/migrations/sample/open');
  const failed = api.migrations.desk('sample');
  source.finish(new MigrationError({ code: 'DATA_FOLDER_IN_USE', message: 'In use.', hint: 'Wait.' }));
  await expect(failed).rejects.toThrow('In use.');
  const { body } = await api.get<MigrationView>('/migrations/sample');
  expect(body).toMatchObject({ state: 'trouble', problem: { code: 'DATA_FOLDER_IN_USE', hint: 'Wait.' } });
  expect((await api.get<Problem>('/migrations/sample/plan')).body.code).toBe('DATA_FOLDER_IN_USE');
  await api.post('/migrations/sample/open');
  expect(await stateOf(api)).toBe('opening');
  source.finish(fakeDesk());
  await api.migrations.desk('sample');
  expect(await stateOf(api)).toBe('open');
});

test('an address that names nothing is told as a problem', async () => {
  const api = openApi([slowSample()]);
  expect((await api.get<Problem>('/migrations/own')).body).toMatchObject({
    status: 404,
    code: 'UNKNOWN_MIGRATION',
  });
  expect((await api.get<Problem>('/migrations/other')).body).toMatchObject({
    status: 400,
    code: 'BAD_REQUEST',
  });
});

test('without a token nobody gets in', async () => {
  const api = openApi([slowSample()]);
  expect((await api.get<Problem>('/migrations', null)).body).toMatchObject({
    status: 401,
    code: 'NOT_SIGNED_IN',
  });
});

test('an opening that fails at once is no opening for ever', async () => {
  const source = { ...slowSample(), open: () => failAtOnce() };
  const api = openApi([source]);
  await api.post('/migrations/sample/open');
  await expect(api.migrations.desk('sample')).rejects.toThrow();
  expect((await api.get<MigrationView>('/migrations/sample')).body).toMatchObject({
    state: 'trouble',
    problem: { code: 'UNEXPECTED' },
  });
});

function failAtOnce(): never {
  throw new Error('a word that concerns nobody');
}
