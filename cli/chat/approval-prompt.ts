/**
 * The card under which a typed word counts. A yes counts once, for the card that stands right above it, typed after it was
 * shown; the same word anywhere else is talk. The decision is made here and nowhere near a model.
 */
import type { ApprovalCard } from '../../engine/contract/approvals.ts';
import { approvalLines, approvalReminder } from '../text/approval-lines.ts';
import { brokenLine } from '../text/broken-line.ts';
import type { LineReader, Typed } from './line-reader.ts';
import { type ChatPage, prompts } from './page.ts';

export type UnderCard =
  | { readonly kind: 'grant'; readonly reason: string | null }
  | { readonly kind: 'decline' }
  /** Not about the card: goes on as if no card were there. */
  | { readonly kind: 'other'; readonly typed: Typed };

/** What can be typed to decide. After talk a yes may be meant for the guide, so there the words are others. */
export interface DecidingWords {
  readonly prompt: string;
  readonly grant: readonly string[];
  readonly decline: readonly string[];
  readonly howTo: string;
}

export const cardWords: DecidingWords = {
  prompt: prompts.decide,
  grant: ['yes', 'approve'],
  decline: ['no', 'decline'],
  howTo: 'Type yes to approve exactly this, no to decline; anything else goes on talking.',
};

export const reminderWords: DecidingWords = {
  prompt: prompts.talk,
  grant: ['approve'],
  decline: ['decline'],
  howTo: 'Type approve to approve exactly this, decline to decline it; anything else goes on talking.',
};

/** The whole of it, the first time. */
export function cardLines(card: ApprovalCard, width: number): string[] {
  return [...approvalLines(card, width), cardWords.howTo];
}

/** Once there was talk in between. */
export function reminderLines(card: ApprovalCard, width: number): string[] {
  return [approvalReminder(card), reminderWords.howTo].map((line) => brokenLine(line, width));
}

export async function askUnderCard(
  card: ApprovalCard,
  under: { readonly reader: LineReader; readonly page: ChatPage; readonly words: DecidingWords },
): Promise<UnderCard> {
  const { reader, page, words } = under;
  const typed = await reader.read(words.prompt);
  if (typed.kind !== 'line') return { kind: 'other', typed };
  const word = typed.text.trim().toLowerCase();
  if (!words.grant.includes(word) && !words.decline.includes(word)) return { kind: 'other', typed };
  if (!typed.afterPrompt) {
    page.lines('That was typed before the card was shown, so it does not count.', words.howTo);
    return askUnderCard(card, under);
  }
  if (words.decline.includes(word)) return { kind: 'decline' };
  if (!card.needsReason) return { kind: 'grant', reason: null };
  page.lines('This one needs a reason; it will stand in the report. An empty line approves nothing.');
  const why = await reader.read(prompts.reason);
  const reason = why.kind === 'line' ? why.text.trim() : '';
  if (reason !== '') return { kind: 'grant', reason };
  page.lines('No reason was given, so nothing is approved.', words.howTo);
  return why.kind === 'line' ? askUnderCard(card, under) : { kind: 'other', typed: why };
}
