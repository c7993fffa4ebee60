/**
 * The card under which a typed word counts. A yes counts once, for the card that stands right above it, typed after it was
 * shown; the same word anywhere else is talk. The decision is made here and nowhere near a model.
 */
import type { ApprovalCard } from '../../engine/contract/approvals.ts';
import { approvalLines, approvalReminder } from '../text/approval-lines.ts';
import type { LineReader, Typed } from './line-reader.ts';
import { type ChatPage, prompts } from './page.ts';

export type UnderCard =
  | { readonly kind: 'grant'; readonly reason: string | null }
  | { readonly kind: 'decline' }
  /** Not about the card: goes on as if no card were there. */
  | { readonly kind: 'other'; readonly typed: Typed };

const howTo = 'Type yes to approve exactly this, no to decline; anything else goes on talking.';

/** Shown whole the first time, as a reminder after that. */
export function cardLines(card: ApprovalCard, shownBefore: boolean, width: number): string[] {
  return [...(shownBefore ? [approvalReminder(card)] : approvalLines(card, width)), howTo];
}

export async function askUnderCard(
  card: ApprovalCard,
  { reader, page }: { readonly reader: LineReader; readonly page: ChatPage },
): Promise<UnderCard> {
  const typed = await reader.read(prompts.decide);
  if (typed.kind !== 'line') return { kind: 'other', typed };
  const word = typed.text.trim().toLowerCase();
  if (word !== 'yes' && word !== 'no') return { kind: 'other', typed };
  if (!typed.afterPrompt) {
    page.lines('That was typed before the card was shown, so it does not count.', howTo);
    return askUnderCard(card, { reader, page });
  }
  if (word === 'no') return { kind: 'decline' };
  if (!card.needsReason) return { kind: 'grant', reason: null };
  page.lines('This one needs a reason; it will stand in the report. An empty line approves nothing.');
  const why = await reader.read(prompts.reason);
  const reason = why.kind === 'line' ? why.text.trim() : '';
  if (reason !== '') return { kind: 'grant', reason };
  page.lines('No reason was given, so nothing is approved.');
  return why.kind === 'line' ? askUnderCard(card, { reader, page }) : { kind: 'other', typed: why };
}
