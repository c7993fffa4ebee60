/** Whether a person has accepted the rows that keep a gate closed: uses an approval that covers them, or one that this run used before. */
import type { EntityProgress } from '../control/entity-store.ts';
import { planHash } from '../plan/plan-hash.ts';
import { acceptAction } from './approval-effects/accept-set-aside.ts';
import { targetFingerprint } from './approval-effects/structures.ts';
import { isApprovalRefusal } from './approvals.ts';
import { recordUse } from './record-approval.ts';
import type { RunContext } from './run-context.ts';

/** `foreign`: rows of a financial entity that others wrote. */
export async function isAcceptedAtGate(
  context: RunContext,
  counts: EntityProgress,
  foreign: number,
): Promise<boolean> {
  const { control, plan, runId } = context;
  const action = acceptAction(counts.entity);
  const rows = counts.rowsQuarantined + foreign;
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
