/** Why no approval covers an effect, and what to do about it: the approval that comes nearest tells. */
import { MigrationError } from '../core/errors.ts';
import type { ApprovalUse, StoredApproval } from './approval.ts';

/** `fits`: rows, source, target and basis are as it says. */
export type KnownApproval = StoredApproval & { readonly fits: boolean };

/** `known` are the approvals of the same wish, newest first; none of them can be used. */
export function refusal(use: ApprovalUse, known: readonly KnownApproval[]): MigrationError {
  const [newest] = known;
  const granted = known.filter(({ state }) => state === 'granted');
  const [outdated] = granted.filter((approval) => changed(use, approval).length > 0);
  if (granted.length > 0 && granted.every((approval) => changed(use, approval).length > 0))
    return outdatedError(use, outdated!);
  if (granted.length > 0) return tooSmall(use, granted);
  if (!newest) return required(use);
  switch (newest.state) {
    case 'requested':
      return refuse(use, 'APPROVAL_REQUIRED', {
        message: `Nobody has decided yet; the request waits since ${newest.createdAt}.`,
        hint: `A person decides it: towpath approve --request ${newest.id}`,
        approvalId: newest.id,
      });
    case 'declined':
      return refuse(use, 'APPROVAL_DECLINED', {
        message: `${newest.approver} declined it${newest.reason ? `: ${newest.reason}` : '.'}`,
        hint: 'Nothing was changed. Talk to them; what has changed since can be asked for anew.',
        approvalId: newest.id,
      });
    case 'used':
      return refuse(use, 'APPROVAL_USED', {
        message: 'The approval was used already; each one counts once.',
        hint: AGAIN,
        approvalId: newest.id,
      });
    default:
      return refuse(use, 'APPROVAL_EXPIRED', {
        message:
          newest.decidedAt === null
            ? `The request expired at ${newest.expiresAt}, before anybody decided.`
            : `The approval expired at ${newest.expiresAt}.`,
        hint: AGAIN,
        approvalId: newest.id,
      });
  }
}

const AGAIN = 'Nothing was changed. Approve it again: towpath approve.';

function required(use: ApprovalUse): MigrationError {
  if (use.action === 'migrate' || use.action === 'rehearse') {
    return refuse(use, 'APPROVAL_REQUIRED', {
      message: 'Nobody has approved this plan as it stands.',
      hint: 'Nothing was changed. Review the plan, then run towpath approve; an edited plan needs a new approval.',
      approvalId: null,
    });
  }
  return refuse(use, 'APPROVAL_REQUIRED', {
    message: 'Nobody has approved this.',
    hint: 'Nothing was changed. What waits for a person is shown by: towpath approve --list',
    approvalId: null,
  });
}

function tooSmall(use: ApprovalUse, granted: readonly StoredApproval[]): MigrationError {
  const [largest] = [...granted].sort((a, b) => (b.maxRows ?? 0) - (a.maxRows ?? 0));
  return refuse(use, 'APPROVAL_TOO_SMALL', {
    message: `The approval covers ${largest!.maxRows} rows, but ${use.rows} would be touched.`,
    hint: 'Nothing was changed. Look at what has changed since, then approve it again: towpath approve.',
    approvalId: largest!.id,
  });
}

function outdatedError(use: ApprovalUse, approval: StoredApproval): MigrationError {
  return refuse(use, 'APPROVAL_OUTDATED', {
    message: `What was approved is no longer so: ${changed(use, approval).join(' and ')} changed since.`,
    hint: 'Nothing was changed. Look at what is different, then ask for the approval anew: towpath approve.',
    approvalId: approval.id,
  });
}

/** What is no longer as it was approved, in words. */
export function changed(
  now: Pick<ApprovalUse, 'sourceFingerprint' | 'targetFingerprint' | 'basis'>,
  approved: Pick<StoredApproval, 'sourceFingerprint' | 'targetFingerprint' | 'basis'>,
): string[] {
  return [
    ...((now.sourceFingerprint ?? null) === approved.sourceFingerprint
      ? []
      : ['the tables of the old database']),
    ...((now.targetFingerprint ?? null) === approved.targetFingerprint
      ? []
      : ['the tables of the new database']),
    ...((now.basis ?? null) === approved.basis ? [] : ['what was validated']),
  ];
}

function refuse(
  { action, planHash }: ApprovalUse,
  code: string,
  { message, hint, approvalId }: { message: string; hint: string; approvalId: string | null },
): MigrationError {
  return new MigrationError({
    code,
    message,
    hint,
    details: { action, planHash, ...(approvalId === null ? {} : { approvalId }) },
  });
}
