/**
 * A person's yes that is given without having been asked for: to a plan, or to rows that were set aside. Given by whoever
 * calls this, never by a tool of an agent. It is the same row in the same table as one that was asked for.
 */
import type { Approval, ApproveOptions } from '../contract/run.ts';
import type { StoredApproval } from '../control/approval.ts';
import { refuseOpenQuestions } from '../plan/open-questions.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import type { EffectDependencies } from './approval-effects/effect.ts';
import { effectOf } from './approval-effects/effect-of.ts';
import { VALID_HOURS } from './approvals.ts';
import { type Consent, HOUR, type RecordDependencies, recordGrant } from './record-approval.ts';
import { keepCatalog } from './unchanged-source.ts';

type Dependencies = EffectDependencies & RecordDependencies;

/** The source need not be reachable: its state is compared when the approval is used. */
const asPlanned = async (plan: PlanFile) => plan.source.fingerprint;

export async function approvePlan(
  deps: Dependencies,
  plan: PlanFile,
  options: ApproveOptions,
): Promise<Approval> {
  refuseOpenQuestions(plan);
  await deps.control.ensure();
  if (options.catalog?.fingerprint === plan.source.fingerprint) await keepCatalog(deps, options.catalog);
  const effect = await effectOf(deps, { action: 'migrate', plan }, asPlanned);
  return approvalOf((await recordGrant(deps, effect, consentOf(options))).approval);
}

/** One approval an entity that keeps the run's gate closed, for exactly the rows that are set aside now. */
export async function acceptSetAside(
  deps: Dependencies,
  runId: string,
  options: ApproveOptions & { readonly reason: string },
): Promise<Approval[]> {
  await deps.control.ensure();
  const effect = await effectOf(deps, { action: 'accept-set-aside', runId }, asPlanned);
  return (await recordGrant(deps, effect, consentOf(options))).parts.map(approvalOf);
}

function consentOf({ approver, reason, validHours = VALID_HOURS }: ApproveOptions): Consent {
  return { by: approver, reason: reason ?? null, validSeconds: Math.round(validHours * HOUR) };
}

function approvalOf({ id, planHash: hash, approver, maxRows, expiresAt }: StoredApproval): Approval {
  return { id, planHash: hash, approver, maxRows: maxRows ?? 0, expiresAt };
}
