/** Beginning and continuing the guided migration, of which there is one at a time. */
import { z } from 'zod';
import { type GuideView, guideView } from '../engine/index.ts';
import { defineTool } from './definition.ts';
import { done, type Envelope, needsApproval } from './envelope.ts';

export const startJourney = defineTool({
  description:
    'Begins the guided migration, or shows the one that is under way, or goes on with one that was interrupted; there is only one. Use it when a person agrees to begin. It looks, plans and asks; it writes nothing to the new system without an approval that a person gave.',
  input: z.strictObject({}),
  data: guideView,
  run: async (_input, { guide, by }) => tell(await guide.start(by)),
});

export const continueJourney = defineTool({
  description:
    'Hands a person’s answer to the question that the guided migration waits with and shows what comes next. Give the id or the words of the choice that they made, never one they did not make. Where an approval is waited for, the answer approves nothing: it only makes the journey look whether a person has decided.',
  input: z.strictObject({
    answer: z.string().describe('id or label of the choice that the person made'),
    cardId: z.string().nullable().describe('cardId of the question that was answered, if known; else null'),
  }),
  data: guideView,
  run: async (answer, { guide, by }) => tell(await guide.continue({ ...answer, by })),
});

function tell(view: GuideView): Envelope<GuideView> {
  const { words, card, choices } = view;
  if (card?.kind === 'approval') return needsApproval(words, card.approval, view);
  return done({ words, data: view, choices: choices.map(({ label }) => label) });
}
