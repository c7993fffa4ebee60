/** The guided migration asks the plan's open questions before anything is rehearsed, one card at a time. */
import { afterEach, expect, test } from 'vitest';
import type { GuideView } from '../../engine/index.ts';
import { createFakeJourney, type FakeWorld } from './fake-journey.ts';
import { openBench, temporaryFolder } from './guide-bench.ts';

const question = (number: number): FakeWorld['questions'][number] => ({
  number,
  text: `Is it ${number}?`,
  why: 'Nobody knows.',
  required: true,
  choices: [
    { id: 'a', text: 'Yes' },
    { id: 'b', text: 'No' },
  ],
  recommended: 'a',
  answer: null,
});

const folder = temporaryFolder();
afterEach(() => folder.remove());

function cardOf({ card }: GuideView) {
  if (card?.kind !== 'question') throw new Error(`no question: ${JSON.stringify(card)}`);
  return card;
}

test('each is a card with its choices; the answers go to the journey; then the plan is shown', async () => {
  const { journey, world } = createFakeJourney({ analysed: true, questions: [1, 2, 3].map(question) });
  const { guide, mastra } = openBench(journey, folder.path);
  await guide.start('Ada');
  const first = cardOf(await guide.continue({ answer: 'plan', by: 'Ada' }));
  expect(first.text).toContain('Question 1: Is it 1?');
  expect(first.choices.map(({ label }) => label)).toEqual([
    'Yes',
    'No',
    'Take your recommendations for the rest',
    'Stop here',
  ]);
  expect(first.recommended).toBe(first.choices[0]!.id);
  const second = cardOf(await guide.continue({ answer: 'No', by: 'Ada' }));
  expect(second.text).toContain('Question 2: Is it 2?');
  world.questions[1]!.answer = 'b';
  const third = cardOf(await guide.start('Ada'));
  expect(third.text, 'answered beside it, it is not asked again').toContain('Question 3: Is it 3?');
  const plan = cardOf(await guide.continue({ answer: 'recommended', by: 'Ada' }));
  expect(plan.choices.map(({ id }) => id)).toContain('rehearse');
  expect(world.calls.filter((name) => /answer|take/.test(name))).toEqual(['answer 1 b', 'takeRecommended']);
  await mastra.shutdown();
});
