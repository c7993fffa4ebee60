import { expect, test } from 'vitest';
import type { JourneyState } from '../../../engine/contract/journey-state.ts';
import { stagesOf, waitingOf } from '../../../server/migrations/stages.ts';
import { card, question, runFactsNow, stateNow } from '../../helpers/fake-journey.ts';

const plan = {
  ...{ hash: 'abc', migration: 'lab', entities: 45, levels: 11, rows: 100, excluded: 7, seconds: 9 },
  ...{ mistakes: 0, questions: 0 },
};
const rehearsal = {
  ...{ planHash: 'abc', status: 'passed' as const, rows: 10, setAside: 0 },
  seconds: { low: 1, likely: 2, high: 3 },
};
const validation = { overallStatus: 'verified' as const, rowsCompared: 3, issues: 0, notVerified: [] };
const working = { ...question, state: 'working' as const, card: null };
const still = { ...question, state: 'not-begun' as const, card: null };

const stopped = { ...runFactsNow, alive: false };

test.each<[string, Partial<JourneyState>, typeof question | typeof working | typeof still, string]>([
  ['nothing was done yet', { step: 'analyse' }, still, 'to-do to-do to-do to-do to-do to-do'],
  ['the guide looks', { step: 'analyse' }, working, 'running to-do to-do to-do to-do to-do'],
  ['the guide asks', { step: 'plan', plan }, question, 'done waiting to-do to-do to-do to-do'],
  [
    'a question is open',
    { step: 'plan', plan: { ...plan, questions: 1 } },
    still,
    'done waiting to-do to-do to-do to-do',
  ],
  [
    'a mistake',
    { step: 'plan', plan: { ...plan, mistakes: 1 } },
    still,
    'done stopped to-do to-do to-do to-do',
  ],
  [
    'a failed rehearsal',
    { step: 'rehearse', plan, rehearsal: { ...rehearsal, status: 'failed' } },
    still,
    'done done stopped to-do to-do to-do',
  ],
  [
    'one of an earlier plan',
    { step: 'rehearse', plan, rehearsal: { ...rehearsal, planHash: 'old', status: 'failed' } },
    still,
    'done done to-do to-do to-do to-do',
  ],
  [
    'an approval waits',
    { step: 'migrate', plan, rehearsal, approvals: [card] },
    still,
    'done done done waiting to-do to-do',
  ],
  [
    'rows are moving',
    { step: 'migrate', plan, rehearsal, run: runFactsNow },
    working,
    'done done done running to-do to-do',
  ],
  [
    'a gate is closed',
    { step: 'migrate', plan, rehearsal, run: { ...stopped, gateClosed: true } },
    question,
    'done done done stopped to-do to-do',
  ],
  [
    'the process is gone',
    { step: 'migrate', plan, rehearsal, run: stopped },
    working,
    'done done done stopped to-do to-do',
  ],
  [
    'differences',
    {
      step: 'validate',
      plan,
      rehearsal,
      run: stopped,
      validation: { ...validation, overallStatus: 'differences' },
    },
    still,
    'done done done done stopped to-do',
  ],
  [
    'it can be signed',
    { step: 'sign-off', plan, rehearsal, run: stopped, validation },
    still,
    'done done done done done waiting',
  ],
  [
    'it is signed',
    { step: 'done', plan, rehearsal, run: stopped, validation },
    still,
    'done done done done done done',
  ],
])('%s', (_, state, guide, expected) => {
  const found = stagesOf({ ...stateNow, ...state }, guide);
  expect(found.map((stage) => stage.state).join(' ')).toBe(expected);
});

test('nothing is called done of a migration that is not open', () => {
  expect(new Set(stagesOf(null).map(({ state, fact }) => `${state} ${fact}`))).toEqual(
    new Set(['to-do null']),
  );
});

test('a rehearsal of an earlier plan is no fact of this one', () => {
  const factOf = (planHash: string) =>
    stagesOf({ ...stateNow, step: 'rehearse', plan, rehearsal: { ...rehearsal, planHash } })[2]!.fact;
  expect([factOf('abc')?.key, factOf('old')]).toEqual(['passed', null]);
});

test('an approval waits before any question', () => {
  expect(waitingOf({ ...stateNow, approvals: [card] }, question)).toEqual({
    kind: 'approval',
    text: card.title,
  });
  expect(waitingOf(stateNow, question)).toEqual({ kind: 'question', text: 'Shall I plan?' });
  expect(waitingOf(stateNow, still)).toBeNull();
});
