import { expect, test } from 'vitest';
import { createStepsInHand } from '../../../server/migrations/steps-in-hand.ts';
import { stepAnswer, stepNames } from '../../../server/shapes/steps.ts';
import { createFakeJourney } from '../../helpers/fake-journey.ts';

const wish = { by: 'Otto', chaos: false, forceChanged: false };

test('two requests for the same step are one step; another wish is another', async () => {
  const { journey, calls } = createFakeJourney();
  const inHand = createStepsInHand();
  const [one, two] = await Promise.all([
    inHand(journey, 'validate', wish),
    inHand(journey, 'validate', wish),
  ]);
  expect(one).toBe(two);
  await Promise.all([
    inHand(journey, 'undo', wish),
    inHand(journey, 'undo', { ...wish, forceChanged: true }),
  ]);
  await inHand(journey, 'validate', wish);
  expect(calls.map(([name]) => name)).toEqual(['validate', 'rollback', 'rollback', 'validate']);
  expect(calls[2]![1]).toEqual(['Otto', { forceChanged: true }]);
});

test.each(['pause', 'cancel'] as const)('who asks for %s is written down', async (name) => {
  const { journey, calls } = createFakeJourney();
  await createStepsInHand()(journey, name, wish);
  expect(calls).toEqual([[name, ['Otto']]]);
});

test('steps of two journeys have nothing to do with each other', async () => {
  const [one, two] = [createFakeJourney(), createFakeJourney()];
  const inHand = createStepsInHand();
  await Promise.all([inHand(one.journey, 'start', wish), inHand(two.journey, 'start', wish)]);
  expect([one.calls.length, two.calls.length]).toEqual([1, 1]);
});

test.each(stepNames)('%s answers in its shape', async (name) => {
  const { journey } = createFakeJourney();
  const answer = await createStepsInHand()(journey, name, wish);
  expect(stepAnswer.parse(answer)).toMatchObject({ step: name });
});
