/**
 * The steps of an approval's life: asked for, decided, granted at once, used. Each is one transaction with its entry in the
 * audit log, and is told as an event when that has committed.
 */
import type { ApprovalUse, NewApproval, NewRequest, StoredApproval } from '../control/approval.ts';
import type { Control } from '../control/control.ts';
import { MigrationError } from '../core/errors.ts';
import type { EventPublisher, NewEvent } from '../core/events.ts';
import type { Database, Session } from '../db/database.ts';
import { cardToKeep, shownCard } from './approval-card.ts';
import { acceptAction } from './approval-effects/accept-set-aside.ts';
import type { Effect } from './approval-effects/effect.ts';

export interface RecordDependencies {
  readonly target: Database;
  readonly control: Control;
  readonly events: EventPublisher;
}

export interface Consent {
  readonly by: string;
  readonly reason: string | null;
  readonly validSeconds: number;
}

export const HOUR = 3600;
const REQUEST_SECONDS = 24 * HOUR;

/** The same wish asked again gives what is there and fits, requested or granted. */
export async function recordRequest(
  deps: RecordDependencies,
  effect: Effect,
  requestedBy: string,
): Promise<StoredApproval> {
  const { approval, isNew } = await deps.target.transaction(async (session) => {
    const request = { ...stored(effect), requestedBy, rows: effect.rows, validSeconds: REQUEST_SECONDS };
    const result = await deps.control.approvals.request(request, session);
    if (result.isNew) await audit(deps, session, 'approval.requested', requestedBy, result.approval);
    return result;
  });
  const { id: approvalId, action, planHash } = approval;
  const { maxRows } = effect;
  const runId = effect.runId ?? '';
  if (isNew)
    tell(deps, approval, { type: 'approval.requested', runId, approvalId, action, planHash, maxRows });
  return approval;
}

/** Null where it is no longer open. A yes to rows at a gate becomes one approval for what is accepted of each entity, which the gate uses. */
export async function recordDecision(
  deps: RecordDependencies,
  id: string,
  effect: Effect | null,
  consent: Consent,
): Promise<StoredApproval | null> {
  const { by, reason, validSeconds } = consent;
  const state = effect === null ? 'declined' : 'granted';
  const decided = await deps.target.transaction(async (session) => {
    const decision = { state, by, reason, validSeconds: effect === null ? null : validSeconds } as const;
    const approval = await deps.control.approvals.decide(id, decision, session);
    if (!approval) return null;
    await audit(deps, session, `approval.${state}`, by, approval);
    if (effect) await grantParts(deps, session, { effect, consent, whole: approval });
    return approval;
  });
  if (decided) tellDecided(deps, decided);
  return decided;
}

/** For people who say yes and start in one go. `maxRows` null: without a limit. */
export async function recordGrant(
  deps: RecordDependencies,
  effect: Effect,
  consent: Consent,
  changes: Partial<Pick<NewApproval, 'maxRows' | 'card'>> = {},
): Promise<{ readonly approval: StoredApproval; readonly parts: readonly StoredApproval[] }> {
  const { by, reason, validSeconds } = consent;
  const granted = await deps.target.transaction(async (session) => {
    const given = { ...stored(effect), ...changes, approver: by, reason, validSeconds };
    const approval = await deps.control.approvals.add(given, session);
    await audit(deps, session, 'approval.granted', by, approval);
    return { approval, parts: await grantParts(deps, session, { effect, consent, whole: approval }) };
  });
  tellDecided(deps, granted.approval);
  return granted;
}

/** Throws what ApprovalStore.use throws. */
export async function recordUse(deps: RecordDependencies, use: ApprovalUse): Promise<StoredApproval> {
  const used = await deps.target.transaction(async (session) => {
    const approval = await deps.control.approvals.use(use, session);
    await auditUse(deps, session, approval);
    return approval;
  });
  tellUse(deps, used);
  return used;
}

/** For an effect that uses its approval in its own transaction: the audit log's entry last, since it holds others off. */
export function auditUse(
  deps: RecordDependencies,
  session: Session,
  approval: StoredApproval,
): Promise<void> {
  return audit(deps, session, 'approval.used', approval.approver, approval);
}

/** When that has committed. */
export function tellUse(deps: RecordDependencies, used: StoredApproval): void {
  const { id: approvalId, action, runId } = used;
  tell(deps, used, { type: 'approval.used', runId: runId ?? '', approvalId, action });
}

/** The same for whoever reaches for an effect, rather than looks whether it is allowed: a refusal is told. */
export async function recordAttempt(deps: RecordDependencies, use: ApprovalUse): Promise<StoredApproval> {
  try {
    return await recordUse(deps, use);
  } catch (error) {
    if (error instanceof MigrationError) {
      const { action, runId } = use;
      deps.events.publish({ type: 'approval.refused', runId: runId ?? '', action, reason: error.code });
    }
    throw error;
  }
}

function stored(effect: Effect): Omit<NewRequest, 'requestedBy' | 'validSeconds'> {
  const { action, planHash, subject, basis, sourceFingerprint, targetFingerprint, maxRows, runId } = effect;
  return {
    action,
    planHash,
    subject,
    basis,
    sourceFingerprint,
    targetFingerprint,
    maxRows,
    forRun: runId,
    card: cardToKeep(effect),
  };
}

async function grantParts(
  { control }: RecordDependencies,
  session: Session,
  of: { readonly effect: Effect; readonly consent: Consent; readonly whole: StoredApproval },
): Promise<StoredApproval[]> {
  const { effect, consent, whole } = of;
  const granted: StoredApproval[] = [];
  for (const accepted of effect.parts ?? []) {
    const part: NewApproval = {
      ...stored(effect),
      action: acceptAction(accepted),
      maxRows: accepted.rows,
      card: null,
      partOf: whole.id,
      requestedBy: whole.requestedBy,
      approver: consent.by,
      reason: consent.reason,
      validSeconds: consent.validSeconds,
    };
    granted.push(await control.approvals.add(part, session));
  }
  return granted;
}

function audit(
  { control }: RecordDependencies,
  session: Session,
  step: string,
  actor: string,
  approval: StoredApproval,
): Promise<void> {
  const { id: approvalId, action, planHash, maxRows, runId, reason } = approval;
  const title = approval.card === null ? null : shownCard(approval).title;
  const details = { approvalId, action, title, planHash, maxRows, runId, reason };
  return control.audit.add({ actor, action: step, details }, session);
}

function tellDecided(deps: RecordDependencies, approval: StoredApproval): void {
  const { id: approvalId, action, approver, state } = approval;
  const type = state === 'declined' ? 'approval.declined' : 'approval.granted';
  tell(deps, approval, { type, runId: approval.runId ?? '', approvalId, action, approver });
}

/** A rehearsal's own run says yes to itself; nobody was shown anything, and nobody needs to hear of it. */
function tell({ events }: RecordDependencies, { card, partOf }: StoredApproval, event: NewEvent): void {
  if (card !== null || partOf !== null) events.publish(event);
}
