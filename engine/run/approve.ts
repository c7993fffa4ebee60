/** A person's yes, written down: to a plan, or to rows that were set aside. Given by whoever calls this, never by a tool of an agent. */
import type { Approval, ApproveOptions } from '../contract/contract.ts';
import type { StoredApproval } from '../control/approval-store.ts';
import type { Control } from '../control/control.ts';
import { MigrationError } from '../core/errors.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { planHash } from '../plan/plan-hash.ts';
import { MIGRATE_ACTION } from './approve-run.ts';
import { acceptAction } from './check-gate.ts';

const HOURS = 24;
/** Rows may come in between approval and run; beyond this the approval no longer covers them. */
const GROWTH = 1.1;

export async function approvePlan(
  control: Control,
  plan: PlanFile,
  options: ApproveOptions,
): Promise<Approval> {
  await control.ensure();
  const rows = plan.entities.reduce((sum, entity) => sum + entity.estimatedRows, 0);
  return add(control, options, {
    action: MIGRATE_ACTION,
    planHash: planHash(plan),
    maxRows: Math.ceil(rows * GROWTH),
  });
}

/** One approval an entity that keeps the run's gate closed, for exactly the rows that are set aside now. */
export async function acceptSetAside(
  control: Control,
  runId: string,
  options: ApproveOptions & { readonly reason: string },
): Promise<Approval[]> {
  const run = await control.runs.get(runId);
  const entities = run.error?.code === 'GATE_CLOSED' ? (run.error.details.entities as string[]) : [];
  if (entities.length === 0) {
    throw new MigrationError({
      code: 'GATE_NOT_CLOSED',
      message: `No gate of run ${runId} is closed, so there is nothing to accept.`,
      hint: `See where it stands: towpath status ${runId}`,
    });
  }
  const approvals: Approval[] = [];
  for (const entity of entities) {
    const maxRows = await control.quarantine.count(runId, entity);
    approvals.push(
      await add(control, options, { action: acceptAction(entity), planHash: run.planHash, maxRows }),
    );
  }
  return approvals;
}

async function add(
  control: Control,
  options: ApproveOptions,
  effect: { readonly action: string; readonly planHash: string; readonly maxRows: number },
): Promise<Approval> {
  const { approver, reason = null, validHours = HOURS } = options;
  const stored = await control.approvals.add({
    ...effect,
    approver,
    reason,
    validSeconds: Math.round(validHours * 3600),
  });
  await control.audit.add({
    actor: approver,
    action: 'approval.granted',
    details: { approvalId: stored.id, ...effect, reason },
  });
  return approvalOf(stored);
}

function approvalOf({ id, planHash: hash, approver, maxRows, expiresAt }: StoredApproval): Approval {
  return { id, planHash: hash, approver, maxRows: maxRows ?? 0, expiresAt };
}
