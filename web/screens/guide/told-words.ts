/**
 * What the program tells between two turns is kept as words. Where a card at the end of the conversation shows the same, it
 * is not said twice; and a question of the plan that was told is shown as it stands now, with its answer.
 */
import type { ApprovalCard } from '../../../server/shapes/approvals.ts';
import type { ChatMessage } from '../../../server/shapes/chat.ts';
import { wordsOf } from './merge-history.ts';

const bare = (words: string) => words.replace(/\s+/g, ' ').trim();

/** The last that was said holds these words already. */
export function isSaidLast(messages: readonly ChatMessage[], words: string): boolean {
  const last = messages.at(-1);
  return last?.role === 'assistant' && bare(wordsOf(last)).includes(bare(words));
}

/** Number of the question of the plan that the program told; null: it told something else, or somebody else spoke. */
export function toldQuestion(from: string | undefined, words: string): number | null {
  if (from !== 'towpath') return null;
  const number = /^Question (\d+): /.exec(words.trim())?.[1];
  return number === undefined ? null : Number(number);
}

/** The approval that the program asked for with these words, once it is decided: the one that was asked for nearest to then. */
export function toldApproval(
  {
    from,
    at,
    words,
  }: { readonly from: string | undefined; readonly at: string | undefined; readonly words: string },
  cards: readonly ApprovalCard[],
): ApprovalCard | null {
  const title = /The next step needs a yes: (.+)$/s.exec(words.trim())?.[1];
  if (from !== 'towpath' || at === undefined || title === undefined) return null;
  const distance = ({ requestedAt }: ApprovalCard) => Math.abs(Date.parse(requestedAt) - Date.parse(at));
  const asked = cards
    .filter((card) => bare(card.title) === bare(title))
    .sort((a, b) => distance(a) - distance(b))[0];
  return asked !== undefined && asked.decidedBy !== null ? asked : null;
}

/** Replies that are not the answers of the card that waits. */
export function otherReplies(offered: readonly string[], answers: readonly string[]): readonly string[] {
  const taken = new Set(answers.map(bare));
  return offered.filter((words) => !taken.has(bare(words)));
}
