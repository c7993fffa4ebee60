/**
 * Which of the choices on offer belong to the journey's question. What the journey asked last may have been told by the
 * program and not by a tool, after a decision or while nobody spoke; then only its choices are in the conversation. Its
 * labels mean the same wherever they stand, so they are known here.
 */
import type { GuideView } from '../../engine/index.ts';
import { choicesOf, questionCard } from '../../workflows/cards.ts';
import { sameChoice } from './choices.ts';

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
}

export function journeyQuestion(
  view: GuideView | null,
  offered: readonly string[],
  lastWords: string,
): JourneyQuestion {
  const known = offered.filter((label) => labels.some((one) => sameChoice(one, label)));
  const own = view?.state === 'waiting' ? view.choices.map(({ label }) => label) : [];
  const isShown = view !== null && lastWords.includes(view.words.slice(0, 40));
  const approval = view?.card?.kind === 'approval' && (isShown || known.length === 0);
  // told since: a list with the journey's way out in it is the journey's
  const told = known.some((label) => sameChoice(label, 'Stop here')) ? known : [];
  const all = told.length > 0 ? told : own;
  return { labels: all.filter((label) => !asides.includes(label)), approval };
}
