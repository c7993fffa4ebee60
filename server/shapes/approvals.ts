/** Approvals: asked for by whoever may operate, decided by an approver in their own name. */
import { z } from 'zod';
import { approvalActions } from '../../engine/contract/approvals.ts';
import { guideView } from '../../engine/contract/guide.ts';
import { approvalCard } from '../../engine/contract/journey-state.ts';
import { told } from './told.ts';

export { approvalCard };
export type ApprovalCard = z.infer<typeof approvalCard>;

/** Newest first. */
export const approvals = z.array(approvalCard);
export type Approvals = z.infer<typeof approvals>;

export const approvalWish = z.object({ action: z.enum(approvalActions) });
export type ApprovalWish = z.infer<typeof approvalWish>;

export const approvalAsked = told(approvalCard);
export type ApprovalAsked = z.infer<typeof approvalAsked>;

export const approvalDecision = z.object({
  decision: z.enum(['grant', 'decline']),
  /** Needed where the card says so. */
  reason: z.string().trim().max(2000).optional(),
});
export type ApprovalDecision = z.infer<typeof approvalDecision>;

export const approvalDecided = z.object({
  card: approvalCard,
  /** What the guided migration did with it; null: it did not wait for this one. */
  guide: guideView.nullable(),
  /** Where the guided migration did not wait for it: what the server tells the guide, whose answer GET /chat joins. */
  event: z.string().nullable(),
});
export type ApprovalDecided = z.infer<typeof approvalDecided>;
