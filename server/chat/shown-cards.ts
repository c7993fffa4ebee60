/**
 * The cards of one answer: each thing once, not too many, and one decision at most, the last, at the end, where the words
 * lead up to it.
 */
import type { ChatCard } from '../shapes/chat.ts';

const most = 6;

export function shownCards(cards: readonly ChatCard[]): ChatCard[] {
  const others = cards.filter((card) => !isDecision(card));
  const newestOfEach = [...new Map(others.map((card) => [keyOf(card), card])).values()];
  const decision = cards.findLast(isDecision);
  return [...newestOfEach.slice(-most), ...(decision === undefined ? [] : [decision])];
}

function isDecision({ type }: ChatCard): boolean {
  return type === 'data-approval' || type === 'data-question';
}

/** Two of the same are the same thing looked at twice. */
function keyOf(card: ChatCard): string {
  switch (card.type) {
    case 'data-progress':
      return card.type;
    case 'data-mapping':
      return `${card.type} ${card.data.entity} ${card.data.columns?.join()}`;
    case 'data-facts':
      return card.data.about === 'table' || card.data.about === 'row'
        ? `${card.data.about} ${JSON.stringify(card.data.data)}`
        : card.data.about;
    default:
      return JSON.stringify(card);
  }
}
