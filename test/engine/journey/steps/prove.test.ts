/** A run at work is not compared: what is not in yet would be told as missing. */
import { expect, test } from 'vitest';
import type { RunStatus } from '../../../../engine/contract/run.ts';
import { createClock } from '../../../../engine/core/clock.ts';
import { withoutConsent } from '../../../../engine/journey/journey-engine.ts';
import { validate } from '../../../../engine/journey/steps/prove.ts';
import { createWorkspace } from '../../../../engine/workspace/workspace.ts';
import { statusOf } from '../../../../server/guards/status-of.ts';
import { createFakeEngine, fakeStatus, fakeValidation } from '../../../cli/fake-engine.ts';
import { makeFolder } from '../../../cli/run-cli.ts';

function journeyOf(run: Partial<RunStatus>) {
  const { engine, asked } = createFakeEngine({
    currentRun: async () => fakeStatus(run),
    validation: async () => fakeValidation(),
  });
  const deps = {
    engine: withoutConsent(engine),
    workspace: createWorkspace({ folder: makeFolder() }),
    launch: () => {
      throw new Error('nothing is to be launched');
    },
    clock: createClock(),
    names: { source: 'a', target: 'b' },
  };
  return { deps, compared: () => asked.filter(({ method }) => method === 'validate').length };
}

test.each([
  ['copying', /being moved just now/, /pause the move first/],
  ['validating', /comparing old and new/, /Wait/],
  ['rolling-back', /being taken out/, /Wait/],
] as const)('while a run is %s, it is said and nothing is compared', async (state, message, hint) => {
  const { deps, compared } = journeyOf({ state, alive: true });
  await expect(validate(deps)).rejects.toMatchObject({
    code: 'RUN_IN_PROGRESS',
    message: expect.stringMatching(message),
    hint: expect.stringMatching(hint),
  });
  expect(compared()).toBe(0);
  expect(statusOf('RUN_IN_PROGRESS')).toBe(409);
});

test('one that stands still is compared', async () => {
  const { deps, compared } = journeyOf({ state: 'paused', alive: false });
  expect((await validate(deps)).words).not.toBe('');
  expect(compared()).toBe(1);
});

test('one that was verified is told as it was, also while its process ends', async () => {
  const { deps, compared } = journeyOf({ state: 'completed', alive: true });
  expect((await validate(deps)).data.overallStatus).toBe('verified');
  expect(compared()).toBe(0);
});
