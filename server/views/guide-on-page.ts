/** The card that waits, as the page says it: as its conversation has told it, so that neither is said twice. */
import type { GuideView } from '../../engine/contract/guide.ts';
import type { JourneyCard } from '../../engine/contract/journey-state.ts';
import { nextOnPage } from './next-on-page.ts';

export function guideOnPage(view: GuideView): GuideView {
  return { ...view, words: say(view.words), card: view.card && cardOnPage(view.card) };
}

function cardOnPage(card: JourneyCard): JourneyCard {
  if (card.kind === 'approval') return card;
  if (card.kind !== 'problem') return { ...card, text: say(card.text) };
  const problems = card.problems.map(({ what, remedy }) => ({ what: say(what), remedy: say(remedy) }));
  return { ...card, text: say(card.text), problems };
}

const say = (words: string) => nextOnPage(words).words;
