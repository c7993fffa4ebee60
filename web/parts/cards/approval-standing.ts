/** How an approval stands for the person who looks at it. Computed anew each time: a plan changes and time passes. */
import type { Role } from '../../../server/shapes/access.ts';
import type { ApprovalCard } from '../../../server/shapes/approvals.ts';

export type ApprovalStanding =
  /** For this person to decide. */
  | 'waiting'
  /** For somebody else to decide. */
  | 'viewer'
  | 'approved'
  | 'not-now'
  | 'expired'
  /** It names a plan that is not the plan any more. */
  | 'plan-changed';

export interface Seen {
  readonly role: Role;
  /** Of the plan as it is now; null: not known. */
  readonly planHash: string | null;
  readonly now: Date;
}

export function standingOf(card: ApprovalCard, { role, planHash, now }: Seen): ApprovalStanding {
  if (card.state === 'declined') return 'not-now';
  if (card.state === 'used') return 'approved';
  if (namesAnotherPlan(card, planHash)) return 'plan-changed';
  if (card.state === 'expired' || new Date(card.expiresAt) <= now) return 'expired';
  if (card.state === 'granted') return 'approved';
  return role === 'approver' ? 'waiting' : 'viewer';
}

/** The others are about a run, which keeps the plan that it began with. */
function namesAnotherPlan({ action, planHash }: ApprovalCard, now: string | null): boolean {
  return (action === 'rehearse' || action === 'migrate') && now !== null && planHash !== now;
}

/** What cannot be taken back and takes something away needs typed words; a signature has its own place. */
export function needsTypedWords({ reversible, action }: ApprovalCard): boolean {
  return reversible.answer === 'no' && action !== 'sign-off';
}

/** Compared as a person types it. */
export function isTyped(typed: string, wanted: string): boolean {
  const bare = (text: string) => text.trim().replace(/\s+/g, ' ').toLowerCase();
  return bare(typed) !== '' && bare(typed) === bare(wanted);
}
