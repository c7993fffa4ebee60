/**
 * Which of the choices on offer belong to the journey's question. What the journey asked last may have been told by the
 * program and not by a tool, after a decision or while nobody spoke; then only its choices are in the conversation. Its
 * labels mean the same wherever they stand, so they are known here.
 */
import type { GuideView } from '../../engine/index.ts';
import { choicesOf, questionCard } from '../../workflows/cards.ts';
import { lastChoices, sameChoice } from './choices.ts';
import type { Turn } from './conversation.ts';

const card = questionCard({
  step: 'plan',
  title: '',
  text: '',
  choices: [
    'plan',
    'rehearse',
    'change',
    'again',
    'resume',
    'ask',
    'accept',
    'undo',
    'keep',
    'stop',
    'show',
    'risks',
  ],
});
const labels = choicesOf(card).map(({ label }) => label);
/** Questions about the plan, which its own part answers better; the journey's question stays. */
const asides = labels.slice(-2);

export interface JourneyQuestion {
  readonly labels: readonly string[];
  /** Its question is an approval, which no words answer. */
  readonly approval: boolean;
  /** As far as this conversation shows, one is under way. */
  readonly underWay: boolean;
}

/** Said with every card that a person has to decide. */
export const waitsForPerson = /A person decides that with the approval card|only a person can give/i;

/** The newest thing said that was a question of the journey; a list with the journey's way out in it is one. */
export function journeyQuestion(view: GuideView | null, before: readonly Turn[]): JourneyQuestion {
  const underWay = view !== null && view.state !== 'ended' && view.state !== 'not-begun';
  const own = view?.state === 'waiting' ? view.choices.map(({ label }) => label) : [];
  const said = before.filter(({ who }) => who === 'guide').reverse();
  for (const { text } of said) {
    if (view !== null && own.length > 0 && text.includes(view.words.slice(0, 60))) break;
    const told = lastChoices(text);
    const isJourneys = told.every((label) => labels.some((one) => sameChoice(one, label)));
    if (isJourneys && told.some((label) => sameChoice(label, wayOut)))
      return { labels: answers(told), approval: false, underWay: true };
    if (waitsForPerson.test(text)) return { labels: [], approval: true, underWay };
  }
  return { labels: answers(own), approval: view?.card?.kind === 'approval', underWay };
}

const wayOut = 'Stop here';

function answers(all: readonly string[]): string[] {
  return all.filter((label) => !asides.includes(label));
}
