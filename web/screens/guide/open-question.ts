/** Which question of the plan a conversation is at, and whether a card of the guided migration asks the same. */
import type { ChatMessage } from '../../../server/shapes/chat.ts';
import type { JourneyCard } from '../../../server/shapes/guide.ts';
import type { Question } from '../../../server/shapes/questions.ts';

/** The question that the last words asked; null: they asked none. */
export function askedLast(messages: readonly ChatMessage[]): number | null {
  const last = messages.at(-1);
  if (last?.role !== 'assistant') return null;
  const asked = last.parts.flatMap((part) =>
    part.type === 'data-question' && part.data.of === 'plan' ? [part.data.number] : [],
  );
  return asked.at(-1) ?? null;
}

interface PlanChoice {
  /** Of the card. */
  readonly id: string;
  readonly number: number;
  /** Of the question. */
  readonly letter: string;
}

/** `answer-3-b`: the second answer to question 3. */
export function planChoice(id: string): PlanChoice | null {
  const [, number, letter] = /^answer-(\d+)-(.+)$/.exec(id) ?? [];
  return number === undefined || letter === undefined ? null : { id, number: Number(number), letter };
}

/** The question that a card of the guided migration is about; null: about none, or it is not known. */
export function questionOfCard(card: JourneyCard, questions: readonly Question[]): Question | null {
  if (card.kind !== 'question') return null;
  const number = card.choices.map(({ id }) => planChoice(id)?.number).find((found) => found !== undefined);
  return questions.find((question) => question.number === number) ?? null;
}
