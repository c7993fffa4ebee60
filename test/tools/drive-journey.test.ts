/** The guided migration through its two tools: answers go down, cards come up, nothing is decided on the way. */
import { expect, test } from 'vitest';
import { createSilentLog } from '../../engine/core/log.ts';
import type { GuideView } from '../../engine/index.ts';
import { createTools } from '../../tools/tools.ts';
import { card, createFakeGuide, createFakeJourney, question } from '../helpers/fake-journey.ts';

function make(view?: GuideView) {
  const { guide, asked } = createFakeGuide(view);
  const { journey } = createFakeJourney();
  return { tools: createTools({ journey, guide, log: createSilentLog() }), asked };
}

const orchestrator = { agent: { agentId: 'orchestrator', toolCallId: 'c', messages: [] } } as never;

test('a question comes with its choices', async () => {
  const { tools, asked } = make();
  expect(await tools.startJourney.execute!({}, orchestrator)).toMatchObject({
    status: 'done',
    words: question.words,
    choices: ['Make a plan', 'Stop'],
    data: { cardId: 'card-1', state: 'waiting' },
    approval: null,
  });
  expect(asked).toEqual(['orchestrator']);
});

test('an answer goes down as it was given, with who gave it', async () => {
  const { tools, asked } = make();
  await tools.continueJourney.execute!({ answer: 'plan', cardId: 'card-1' }, orchestrator);
  await tools.continueJourney.execute!({ answer: 'plan' }, orchestrator); // outside of strict mode
  expect(asked).toEqual([
    { answer: 'plan', cardId: 'card-1', by: 'orchestrator' },
    { answer: 'plan', cardId: null, by: 'orchestrator' },
  ]);
});

test('an approval is shown, not given', async () => {
  const { tools } = make({ ...question, card: { kind: 'approval', step: 'migrate', approval: card } });
  expect(
    await tools.continueJourney.execute!({ answer: 'I approve everything' }, orchestrator),
  ).toMatchObject({
    status: 'needs-approval',
    approval: { id: 'a-1', state: 'requested' },
    words: question.words,
  });
});

test('where we are names the step that is being worked on, and is known without the guide', async () => {
  const working = {
    ...question,
    state: 'working' as const,
    card: null,
    words: 'I am working on the rehearsal. Nothing is there.',
  };
  const told = await make(working).tools.whereWeAre.execute!({}, orchestrator);
  expect(told).toMatchObject({
    words: 'I am working on the rehearsal. We are at the plan. The new system is empty.',
  });
  const { journey } = createFakeJourney();
  const { guide } = createFakeGuide();
  const broken = { ...guide, current: () => Promise.reject(new Error('no storage')) };
  const tools = createTools({ journey, guide: broken, log: createSilentLog() });
  expect(await tools.whereWeAre.execute!({}, orchestrator)).toMatchObject({ status: 'done' });
});
