/** A guided run as it lies in Mastra's storage, told to a person. */
import { createHash } from 'node:crypto';
import { createWorkflowStateReader, type WorkflowState } from '@mastra/core/workflows';
import { type GuideView, type JourneyCard, journeyCard } from '../engine/index.ts';
import { choicesOf } from './cards.ts';
import { ending } from './trail.ts';

export function viewOf(guideId: string, stored: WorkflowState): GuideView {
  const base = { guideId, card: null, cardId: null, choices: [], outcome: null };
  const card = waitingCard(stored);
  if (card !== null) {
    return {
      ...base,
      state: 'waiting',
      card,
      cardId: cardIdOf(card),
      words: wordsOf(card),
      choices: [...choicesOf(card)],
    };
  }
  if (stored.status === 'success') {
    const ended = ending.safeParse(stored.result);
    if (ended.success) {
      return { ...base, state: 'ended', words: ended.data.words, outcome: ended.data.outcome };
    }
  }
  if (stored.status === 'canceled') {
    return { ...base, state: 'ended', words: 'The guide was stopped.', outcome: 'stopped' };
  }
  if (isOpen(stored)) return { ...base, state: 'working', words: 'A step is being worked on.' };
  return {
    ...base,
    state: 'ended',
    words:
      'The guide stopped because of an error in the program. What was moved is untouched; begin again, and it goes on from where things are.',
    outcome: 'failed',
  };
}

/** What can be said to one whose process is gone. */
export const goOnChoice = { id: 'go-on', label: 'Go on' } as const;

/** Neither ended nor only entered. */
function isOpen({ status }: { readonly status: string }): boolean {
  return ['running', 'suspended', 'waiting', 'paused'].includes(status);
}

export const noGuide: GuideView = {
  state: 'not-begun',
  guideId: null,
  card: null,
  cardId: null,
  words: 'No guided migration has been begun.',
  choices: [],
  outcome: null,
};

export function waitingCard(stored: WorkflowState): JourneyCard | null {
  if (stored.status !== 'suspended') return null;
  const suspended = createWorkflowStateReader(stored).getSuspendedStep();
  return journeyCard.safeParse(suspended?.suspendPayload).data ?? null;
}

export function cardIdOf(card: JourneyCard): string {
  return createHash('sha256').update(JSON.stringify(card)).digest('hex').slice(0, 16);
}

function wordsOf(card: JourneyCard): string {
  if (card.kind === 'question') return card.text;
  if (card.kind === 'problem') {
    const remedies = card.problems.map(({ what, remedy }) =>
      card.text.includes(what) ? remedy : `${what} ${remedy}`,
    );
    return [card.text, ...remedies.filter((remedy) => !card.text.includes(remedy))].join(' ');
  }
  const { title, effect, reversible, inTarget } = card.approval;
  return `This needs an approval: ${title} ${effect.join(' ')} ${reversible.how} ${inTarget} It waits for a person’s decision.`;
}
