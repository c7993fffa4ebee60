/** A run begins with a person's yes to this very plan, used up by it; a run that was stopped right behind that keeps it. */
import { entityOf } from '../copy/prepare.ts';
import { codeOf } from '../plan/code-units.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { planHash } from '../plan/plan-hash.ts';
import { REHEARSAL_PREFIX } from '../rehearsal/rehearsal-plan.ts';
import { cardToKeep } from './approval-card.ts';
import { migrateEffect } from './approval-effects/migrate.ts';
import { targetFingerprint } from './approval-effects/structures.ts';
import { recordAttempt, recordGrant } from './record-approval.ts';
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

/** Throws what ApprovalStore.use throws; then nothing was made. The source was compared with the plan before. */
export async function approveRun(deps: RunDependencies, request: ApprovalRequest): Promise<void> {
  await usePlanApproval(deps, request);
  await deps.control.runs.move(request.runId, 'approved');
}

/** Once a plan: a run that used its yes to this very plan needs no other. Throws what ApprovalStore.use throws. */
export async function usePlanApproval(
  deps: RunDependencies,
  { runId, plan, names, approveAs }: ApprovalRequest,
): Promise<void> {
  const { control, failpoints } = deps;
  const hash = planHash(plan);
  const used = (await control.approvals.list({ runId })).some(
    (approval) => approval.action === MIGRATE_ACTION && approval.planHash === hash,
  );
  if (used) return;
  if (approveAs !== null) await approveAtOnce(deps, plan, runId, approveAs);
  const approval = await recordAttempt(deps, {
    action: MIGRATE_ACTION,
    planHash: hash,
    rows: names.reduce((sum, name) => sum + entityOf(plan, name).estimatedRows, 0),
    sourceFingerprint: plan.source.fingerprint,
    targetFingerprint: await targetFingerprint(deps.target, plan),
    runId,
  });
  await failpoints.hit('run.approval-used');
  await control.audit.add({
    actor: approval.approver,
    action: 'migration.start',
    details: { runId, planHash: approval.planHash, code: codeUsed(plan) },
  });
}

/** What stands in the plan as code will be run: which entities, and the columns that it writes. */
function codeUsed(plan: PlanFile): Readonly<Record<string, readonly string[]>> {
  const used = plan.entities.map(
    (entity) => [entity.name, codeOf(entity).flatMap(({ writes }) => writes)] as const,
  );
  return Object.fromEntries(used.filter(([, columns]) => columns.length > 0));
}

/** Whoever starts with --yes sets no limit of rows. A rehearsal's own run is nothing to be shown later. */
async function approveAtOnce(
  deps: RunDependencies,
  plan: PlanFile,
  runId: string,
  by: string,
): Promise<void> {
  const effect = { ...(await migrateEffect(deps, plan, plan.source.fingerprint)), runId };
  const ownRun = plan.migration.startsWith(REHEARSAL_PREFIX);
  const consent = { by, reason: 'approved with --yes', validSeconds: ONE_CLICK_SECONDS };
  await recordGrant(deps, effect, consent, { maxRows: null, card: ownRun ? null : cardToKeep(effect) });
}
