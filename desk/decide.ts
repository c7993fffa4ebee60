/**
 * A person's yes or no, and what follows from it. The decision is made here, from what a person typed under a card, clicked
 * or wrote into a script; then the guided migration looks at it. Where it waits for something else, the model is told in
 * words, which decide nothing. A yes to a plan that is not the plan any more would count for nothing, so it is refused; where
 * the guided migration waits for it, it asks anew.
 */
import type { ApprovalCard, ApprovalDecision } from '../engine/contract/approvals.ts';
import type { GuideView, GuideWait } from '../engine/contract/guide.ts';
import { MigrationError } from '../engine/core/errors.ts';
import type { GuideAtHand } from './guide-at-hand.ts';

type AtHand = Pick<GuideAtHand, 'desk' | 'guide' | 'journey'>;

export type Decided =
  | { readonly card: ApprovalCard; readonly next: 'journey'; readonly view: GuideView }
  /** The journey did not wait for this one: `event` is to be said to the model. */
  | { readonly card: ApprovalCard; readonly next: 'talk'; readonly event: string };

/** @throws APPROVAL_OUTDATED, and what deciding throws; then nothing was decided */
export async function decide(
  hand: AtHand,
  id: string,
  decision: ApprovalDecision,
  wait?: GuideWait,
): Promise<Decided> {
  if (decision.decision === 'grant' && (await isOutdated(hand, id))) {
    await lookAgain(hand, id, decision.by, wait);
    throw outdated();
  }
  const card = await hand.desk.decideApproval(id, decision);
  const view = await lookAgain(hand, id, decision.by, wait);
  return view === null ? { card, next: 'talk', event: eventWords(card) } : { card, next: 'journey', view };
}

/** Null: the guided migration does not wait for this one. */
async function lookAgain(
  { guide }: AtHand,
  id: string,
  by: string,
  wait?: GuideWait,
): Promise<GuideView | null> {
  const { card, cardId } = await guide.current();
  if (card?.kind !== 'approval' || card.approval.id !== id) return null;
  return guide.continue({ answer: 'look', by, cardId }, wait);
}

/** Asked for before the plan was changed. */
async function isOutdated({ desk, journey }: AtHand, id: string): Promise<boolean> {
  const asked = (await desk.approvals({ states: ['requested'] })).find((card) => card.id === id);
  if (asked === undefined || (asked.action !== 'rehearse' && asked.action !== 'migrate')) return false;
  return !(await journey.state()).approvals.some((card) => card.id === id);
}

function outdated(): MigrationError {
  return new MigrationError({
    code: 'APPROVAL_OUTDATED',
    message:
      'The plan was changed after this was asked for, so a yes would be to a plan that is there no longer.',
    hint: 'Nothing was approved and nothing was changed. Ask for it again; then the card says what the plan would do now.',
  });
}

function eventWords({ title, state, decidedBy }: ApprovalCard): string {
  const outcome = state === 'declined' ? 'declined' : 'given';
  return `(The approval “${title}” was ${outcome} by ${decidedBy ?? 'a person'}.)`;
}
