/**
 * A person's yes or no, and what follows from it. The decision is made here, by the command line, from what a person
 * typed under a card or wrote into a script; then the guided migration looks at it. Where it waits for something else,
 * the model is told in words, which decide nothing.
 */
import type { ApprovalCard, ApprovalDecision } from '../engine/contract/approvals.ts';
import type { GuideView, GuideWait, JourneyGuide } from '../engine/contract/guide.ts';
import type { ApprovalDesk } from './guide-at-hand.ts';

export type Decided =
  | { readonly card: ApprovalCard; readonly next: 'journey'; readonly view: GuideView }
  /** The journey did not wait for this one: `event` is to be said to the model. */
  | { readonly card: ApprovalCard; readonly next: 'talk'; readonly event: string };

export async function decide(
  { desk, guide }: { readonly desk: ApprovalDesk; readonly guide: JourneyGuide },
  id: string,
  decision: ApprovalDecision,
  wait?: GuideWait,
): Promise<Decided> {
  const card = await desk.decideApproval(id, decision);
  const before = await guide.current();
  if (before.card?.kind === 'approval' && before.card.approval.id === id) {
    const view = await guide.continue({ answer: 'look', by: decision.by, cardId: before.cardId }, wait);
    return { card, next: 'journey', view };
  }
  return { card, next: 'talk', event: eventWords(card) };
}

function eventWords({ title, state, decidedBy }: ApprovalCard): string {
  const outcome = state === 'declined' ? 'declined' : 'given';
  return `(The approval “${title}” was ${outcome} by ${decidedBy ?? 'a person'}.)`;
}
