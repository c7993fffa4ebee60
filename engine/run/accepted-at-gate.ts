/** Whether a person has accepted the rows that keep a gate closed: uses an approval that covers them, or one that this run used before. */
import { planHash } from '../plan/plan-hash.ts';
import { acceptAction } from './approval-effects/accept-set-aside.ts';
import type { GatePart } from './approval-effects/effect.ts';
import { targetFingerprint } from './approval-effects/structures.ts';
import { isApprovalRefusal } from './approvals.ts';
import { recordUse } from './record-approval.ts';
import type { RunContext } from './run-context.ts';

/** A yes to rows that were set aside says nothing of rows that others wrote to, nor the other way round. */
export async function isAcceptedAtGate(context: RunContext, part: GatePart): Promise<boolean> {
  const { control, plan, runId } = context;
  const { rows } = part;
  const action = acceptAction(part);
  const used = (await control.approvals.list({ runId })).filter((approval) => approval.action === action);
  if (used.some(({ maxRows }) => maxRows === null || maxRows >= rows)) return true;
  try {
    await recordUse(context, {
      action,
      planHash: planHash(plan),
      rows,
      sourceFingerprint: plan.source.fingerprint,
      targetFingerprint: await targetFingerprint(context.target, plan),
      runId,
    });
    return true;
  } catch (error) {
    if (isApprovalRefusal(error)) return false;
    throw error;
  }
}
