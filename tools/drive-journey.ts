/** Beginning and continuing the guided journey. */
import { z } from 'zod';
import { type Journey, type JourneyCard, journeyCard, journeyStep } from '../engine/index.ts';
import { defineTool } from './definition.ts';
import { type Envelope, needsApproval } from './envelope.ts';
import { continueGuidedRun, type GuidedRun, startGuidedRun } from './guided-run.ts';

const guidedFacts = z.object({
  state: z.enum(['none', 'working', 'waiting', 'ended', 'stopped']),
  step: journeyStep,
  card: journeyCard.nullable(),
});
type GuidedFacts = z.infer<typeof guidedFacts>;

export const startJourney = defineTool({
  description:
    'Begins the guided migration, or shows the one that is under way; there is only one. Use it when a person agrees to begin. It looks, plans and asks; it writes nothing to the new system without an approval that a person gave.',
  input: z.strictObject({}),
  data: guidedFacts,
  run: async (_input, { journey, mastra }) => tell(journey, await startGuidedRun(mastra)),
});

export const continueJourney = defineTool({
  description:
    'Hands a person’s answer to the question that the guided migration waits with and shows what comes next. Give the id of the choice that they made, never one they did not make. Where an approval is waited for the answer approves nothing: it only makes the journey look whether a person has decided.',
  input: z.strictObject({ answer: z.string().describe('id of the choice, or the person’s words') }),
  data: guidedFacts,
  run: async ({ answer }, { journey, mastra }) => tell(journey, await continueGuidedRun(mastra, answer)),
});

const stateWords: Readonly<Record<GuidedRun['state'], string>> = {
  none: 'The guided migration has not begun.',
  working: 'The guided migration is at work; ask again in a moment.',
  waiting: '',
  ended: 'The guided migration has ended.',
  stopped:
    'The guided migration stopped at a fault. What was done stays as it is; it can be begun again and goes on from there.',
};

async function tell(journey: Journey, { state, card }: GuidedRun): Promise<Envelope<GuidedFacts>> {
  const where = await journey.whereWeAre();
  const data = { state, step: where.data.step, card };
  const words = [where.words, stateWords[state], card === null ? '' : cardWords(card)]
    .filter((part) => part !== '')
    .join('\n\n');
  if (card?.kind === 'approval') return needsApproval(words, card.approval, data);
  const choices = card === null ? [...where.choices] : card.choices.map(({ label }) => label);
  return { status: 'done', words, data, choices, approval: null, error: null };
}

function cardWords(card: JourneyCard): string {
  switch (card.kind) {
    case 'question':
      return `${card.title}. ${card.text}`;
    case 'problem':
      return [
        `${card.title}. ${card.text}`,
        ...card.problems.map(({ what, remedy }) => `${what} ${remedy}`),
      ].join('\n');
    case 'approval':
      return [card.approval.title, ...card.approval.effect, card.approval.reversible.how].join(' ');
  }
}
