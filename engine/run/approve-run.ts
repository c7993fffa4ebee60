/** A run begins with a person's yes to this very plan, used up by it; a run that was stopped right behind that keeps it. */
import { entityOf } from '../copy/prepare.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { planHash } from '../plan/plan-hash.ts';
import type { RunDependencies } from './run-dependencies.ts';

export const MIGRATE_ACTION = 'migrate';
const ONE_CLICK_SECONDS = 600;

export interface ApprovalRequest {
  readonly runId: string;
  readonly plan: PlanFile;
  readonly names: readonly string[];
  /** Approves on behalf of this person right now; null: an approval must exist. */
  readonly approveAs: string | null;
}

/** Throws APPROVAL_REQUIRED, APPROVAL_EXPIRED, APPROVAL_USED or APPROVAL_TOO_SMALL; then nothing was made. */
export async function approveRun(deps: RunDependencies, request: ApprovalRequest): Promise<void> {
  const { control, failpoints } = deps;
  const { runId, plan, names, approveAs } = request;
  const hash = planHash(plan);
  const used = (await control.approvals.list({ runId })).some(({ action }) => action === MIGRATE_ACTION);
  if (!used) {
    if (approveAs !== null) {
      await control.approvals.add({
        action: MIGRATE_ACTION,
        planHash: hash,
        approver: approveAs,
        reason: 'approved with --yes',
        maxRows: null,
        validSeconds: ONE_CLICK_SECONDS,
      });
    }
    const rows = names.reduce((sum, name) => sum + entityOf(plan, name).estimatedRows, 0);
    const approval = await control.approvals.use({ action: MIGRATE_ACTION, planHash: hash, rows, runId });
    await failpoints.hit('run.approval-used');
    await control.audit.add({
      actor: approval.approver,
      action: 'migration.start',
      details: { runId, planHash: hash },
    });
  }
  await control.runs.move(runId, 'approved');
}
