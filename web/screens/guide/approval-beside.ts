/** Which approval waits beside the card of the guided migration. At most one decision is open: the newest. */
import type { ApprovalCard } from '../../../server/shapes/approvals.ts';
import type { JourneyCard } from '../../../server/shapes/guide.ts';
import { type Seen, standingOf } from '../../parts/cards/approval-standing.ts';

/** Somebody can still decide it. */
export function isOpen(card: ApprovalCard, seen: Seen): boolean {
  const standing = standingOf(card, seen);
  return standing === 'waiting' || standing === 'viewer';
}

export function newestBeside(
  cards: readonly ApprovalCard[],
  guided: JourneyCard | null,
  seen: Seen,
): ApprovalCard | null {
  const own = guided?.kind === 'approval' ? guided.approval : null;
  const open = cards.filter((card) => card.id !== own?.id && isOpen(card, seen));
  const newest = open.sort((a, b) => b.requestedAt.localeCompare(a.requestedAt))[0] ?? null;
  return newest !== null && own !== null && newest.requestedAt < own.requestedAt ? null : newest;
}
