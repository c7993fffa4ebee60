/** Approvals of rows that were set aside which are neither used nor over, and stand nowhere else on the screen. */
import type { ApprovalCard as Card } from '../../../server/shapes/approvals.ts';

interface Wanted {
  readonly runId: string;
  readonly asked: ReadonlySet<string>;
  readonly now: Date;
}

export function openRetries(cards: readonly Card[], { runId, asked, now }: Wanted): Card[] {
  return cards.filter(
    ({ id, action, runId: of, state, expiresAt }) =>
      action === 'retry-quarantine' &&
      of === runId &&
      (state === 'requested' || state === 'granted') &&
      Date.parse(expiresAt) > now.getTime() &&
      !asked.has(id),
  );
}
