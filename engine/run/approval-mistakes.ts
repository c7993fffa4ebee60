/** What a request or a decision can be refused for, in words. */
import type { StoredApproval } from '../control/approval.ts';
import { MigrationError } from '../core/errors.ts';

const LIST = 'What waits for a person is shown by: towpath approve --list';

export function unknownApproval(id: string): MigrationError {
  return new MigrationError({
    code: 'UNKNOWN_APPROVAL',
    message: `There is no approval ${id} in this target.`,
    hint: LIST,
    details: { approvalId: id },
  });
}

export function alreadyDecided({
  id,
  state,
  approver,
  decidedAt,
  expiresAt,
}: StoredApproval): MigrationError {
  const refuse = (code: string, message: string) =>
    new MigrationError({
      code,
      message,
      hint: `Nothing was changed. If it is still wanted, it has to be asked for anew. ${LIST}`,
      details: { approvalId: id, currentState: state },
    });
  if (state === 'used')
    return refuse('APPROVAL_USED', `${approver} said yes to it, and it was used already.`);
  if (state === 'expired' || state === 'requested')
    return refuse('APPROVAL_EXPIRED', `It expired at ${expiresAt} and can no longer be decided.`);
  const answer = state === 'granted' ? 'yes' : 'no';
  return refuse('APPROVAL_DECIDED', `${approver} said ${answer} to it already, at ${decidedAt}.`);
}

export function grown({ id }: StoredApproval, differences: readonly string[]): MigrationError {
  return new MigrationError({
    code: 'APPROVAL_OUTDATED',
    message: `What it would do is no longer what was shown: ${differences.join(' and ')} changed since.`,
    hint: 'Nothing was approved and nothing was changed. It has to be asked for anew; then the new numbers are shown.',
    details: { approvalId: id, differences },
  });
}

export function needsReason({ id }: StoredApproval): MigrationError {
  return new MigrationError({
    code: 'REASON_REQUIRED',
    message: 'This yes needs a reason, which stands in the report.',
    hint: `Say why: towpath approve --request ${id} --reason "…"`,
    details: { approvalId: id },
  });
}

export function needsName(): MigrationError {
  return new MigrationError({
    code: 'NAME_REQUIRED',
    message: 'Who asks or decides is missing.',
    hint: 'Give the name of the person, as it shall stand in the report.',
  });
}
