/** The card of an approval: what the person was shown, kept as it was, with where the approval stands now. */
import { z } from 'zod';
import { type ApprovalCard, approvalActions } from '../contract/approvals.ts';
import type { StoredApproval } from '../control/approval.ts';
import type { Effect } from './approval-effects/effect.ts';

/** Kept as jsonb, so checked when it is read back. */
const shown = z.object({
  title: z.string(),
  effect: z.array(z.string()),
  reversible: z.object({ answer: z.enum(['yes', 'partly', 'no']), how: z.string() }),
  inTarget: z.string(),
  needsReason: z.boolean(),
  /** Rows at a gate: how many of each entity. */
  parts: z
    .array(z.object({ entity: z.string(), rows: z.number(), foreign: z.boolean().optional() }))
    .default([]),
});
export type ShownCard = z.infer<typeof shown>;

const action = z.enum(approvalActions);

export function cardToKeep(of: Effect): ShownCard {
  const { title, effect, reversible, inTarget, needsReason, parts = [] } = of;
  return { title, effect: [...effect], reversible, inTarget, needsReason, parts: [...parts] };
}

/** Throws a ZodError where it is none. */
export function shownCard(stored: StoredApproval): ShownCard {
  return shown.parse(stored.card);
}

export function cardOf(stored: StoredApproval): ApprovalCard {
  const { parts: _, ...card } = shownCard(stored);
  return {
    id: stored.id,
    action: action.parse(stored.action),
    state: stored.state,
    ...card,
    maxRows: stored.maxRows ?? Number.MAX_SAFE_INTEGER,
    planHash: stored.planHash,
    sourceFingerprint: stored.sourceFingerprint,
    targetFingerprint: stored.targetFingerprint,
    runId: stored.runId,
    requestedBy: stored.requestedBy,
    requestedAt: stored.createdAt,
    expiresAt: stored.expiresAt,
    decidedBy: stored.approver === '' ? null : stored.approver,
    decidedAt: stored.decidedAt,
    reason: stored.reason,
  };
}
