/**
 * Whose yes put the row where it is, when, and by which plan. A run that went on with a changed plan has several; a row that a
 * retry moved, or linked again, is there by the retry's own.
 */

import type { RowExplanation } from '../../contract/explain.ts';
import type { FoundRow } from '../../contract/report.ts';
import type { StoredApproval } from '../../control/approval.ts';
import type { Control } from '../../control/control.ts';
import type { Run } from '../../control/run-store.ts';

export interface Consent {
  /** When the row was written last by the run or a retry; null where that is not known. */
  readonly since: string | null;
  readonly batch: RowExplanation['batch'];
  readonly retried: RowExplanation['retried'];
  readonly approval: StoredApproval | null;
  /** The plan that made the row what it is, or that it was set aside under. */
  readonly planHash: string;
}

const MIGRATE = 'migrate';

export async function consentOf(
  control: Pick<Control, 'approvals' | 'batches'>,
  run: Run,
  { batchId, quarantined, retried }: FoundRow,
): Promise<Consent> {
  const finishedAt = batchId === null ? null : ((await control.batches.find(batchId))?.finishedAt ?? null);
  const batch = batchId === null ? null : { batchId, finishedAt };
  if (retried) {
    const { how, at, planHash, approvalId } = retried;
    const approval = await control.approvals.find(approvalId);
    return { since: at, batch, retried: { how, at }, approval, planHash };
  }
  const used = (await control.approvals.list({ runId: run.runId }))
    .filter(({ action, usedAt }) => action === MIGRATE && usedAt !== null)
    .sort((a, b) => a.usedAt!.localeCompare(b.usedAt!));
  const before = used.filter(({ usedAt }) => finishedAt === null || usedAt! <= finishedAt);
  const approval = before.at(-1) ?? used[0] ?? null;
  const planHash = quarantined?.planHash ?? approval?.planHash ?? run.planHash;
  return { since: finishedAt, batch, retried: null, approval, planHash };
}
