/** Rows that were set aside: what keeps them, what would let them through, and moving them after all. */
import { z } from 'zod';
import { cardFacts, fixTrialFacts, retryFacts } from '../engine/index.ts';
import { defineTool, longPatience } from './definition.ts';
import { done, effect } from './envelope.ts';

const choice = z.strictObject({
  cards: z
    .array(z.string())
    .describe('ids of cards as listCauseCards gave them; an empty list means every card'),
  suggested: z
    .boolean()
    .describe('true: with the changes of the plan that these cards suggest; false: the plan as it stands'),
});

export const listCauseCards = defineTool({
  description:
    'Lists what keeps rows set aside, a card a cause: how many, in words, a few values masked, which change of the plan is suggested and what is lost by it. Use it when somebody asks what can be done about rows set aside. Changes nothing.',
  input: z.strictObject({}),
  data: z.array(cardFacts),
  run: async (_input, { journey }) => done(await journey.causeCards()),
});

export const tryFix = defineTool({
  description:
    'Tries rows that were set aside with the suggested or the edited plan: how many would be moved, what would still not fit and why. Writes nothing, neither a row nor the plan. Use it before retryQuarantine, and say its numbers.',
  input: choice,
  data: fixTrialFacts,
  patience: longPatience,
  run: async (input, { journey }) => done(await journey.tryFix(input)),
});

export const retryQuarantine = defineTool({
  description:
    'Moves rows that were set aside after all, those that fit now, and no others. Needs an approval that a person gave for just these rows and this plan; without one it answers needs-approval with the card and does nothing. Use tryFix first.',
  input: choice,
  data: retryFacts,
  patience: longPatience,
  run: async (input, { journey, by }) => effect(await journey.retryHeld(input, by)),
});
