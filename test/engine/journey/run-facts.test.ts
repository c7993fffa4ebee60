/** How far a run is: a step counts once its check is behind it, not when its last record is in. */
import { expect, test } from 'vitest';
import type { EntityStatus, RunStatus } from '../../../engine/contract/run.ts';
import { runFactsOf, tellRun } from '../../../engine/journey/run-facts.ts';

const entity = (level: number, state: EntityStatus['state']): EntityStatus => ({
  ...{ entity: `kind_${level}`, level, state, outcome: null, totalRecords: 10, rowsRead: 10, written: 10 },
  ...{
    repaired: 0,
    quarantined: 0,
    excluded: 0,
    batches: 1,
    milliseconds: 1,
    startedAt: null,
    finishedAt: null,
    error: null,
  },
});

const run = (states: readonly EntityStatus['state'][], more: Partial<RunStatus> = {}): RunStatus => ({
  ...{ runId: 'r1', migration: 'office', state: 'copying', planHash: 'f', startedAt: '', updatedAt: '' },
  ...{ finishedAt: null, alive: true, error: null },
  entities: states.map((state, index) => entity(index + 1, state)),
  ...more,
});

test.each([
  [
    'everything of the first step is in, and nobody has checked it yet',
    ['completed', 'pending', 'pending'],
    0,
  ],
  ['the second has begun, so the first was checked', ['completed', 'copying', 'pending'], 1],
  ['a run that goes on looks through its first step again', ['copying', 'completed', 'pending'], 1],
  ['the last one is in, and is being checked', ['completed', 'completed', 'completed'], 2],
] as const)('%s', (_what, states, level) => {
  expect(runFactsOf(run(states)).level).toBe(level);
});

test('what is named as moving is of the step that is told', () => {
  expect(tellRun(run(['copying', 'completed', 'copying'])).words).toMatch(/^Step 3 of 3: kind 3\./);
  expect(tellRun(run(['copying', 'completed', 'pending'])).words).toMatch(/^Step 2 of 3\./);
});

test('paused or over, it is what is in', () => {
  expect(runFactsOf(run(['completed', 'pending'], { alive: false, state: 'paused' })).level).toBe(1);
  expect(runFactsOf(run(['completed', 'completed'], { state: 'validating' })).level).toBe(2);
});

test.each(['cancelled', 'rolling-back', 'copying'] as const)(
  'given up or broken off (%s), a step whose gate may never have opened is not passed',
  (state) => {
    const stopped = run(['completed', 'completed', 'pending'], { alive: false, state });
    expect(runFactsOf(stopped).level).toBe(1);
  },
);

test('a closed gate is told as a step, once', () => {
  const error = {
    code: 'GATE_CLOSED',
    message: 'Level 2 did not pass its check, so nothing further moves.',
    hint: '',
  };
  const { words, data } = tellRun(
    run(['completed', 'completed', 'pending'], { alive: false, state: 'failed', error }),
  );
  expect(data.level).toBe(1);
  expect(words).toBe(
    'Step 2 did not pass its check, so nothing further moves. 30 records are in the new system.',
  );
});

test('a run that goes on is not told by what stopped it before', () => {
  const error = { code: 'GATE_CLOSED', message: 'Level 1 did not pass its check.', hint: '' };
  const { words, data } = tellRun(run(['completed', 'pending'], { state: 'failed', error }));
  expect(data).toMatchObject({ gateClosed: false, error: null, level: 0 });
  expect(words).toMatch(/^Step 1 of 2\./);
});
