/**
 * An approval that is missing or no longer fits, told with the command that gives one. What was approved last from this
 * folder is remembered in a small file, only to tell “edited since” from “never approved”; the control schema decides.
 */
import type { Approval } from '../../engine/contract/run.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import { readTextFile, writeJsonFile } from '../../engine/workspace/files.ts';
import type { Context } from '../command.ts';
import { exitCode, exitCodeOf } from '../exit-codes.ts';

const file = '.towpath/last-approval.json';

export function rememberApproval(context: Context, { planHash, approver }: Approval): void {
  try {
    writeJsonFile(context.path(file), { planHash, approver });
  } catch {
    // only the wording of a later refusal depends on it
  }
}

export function explainApproval(context: Context, error: MigrationError): MigrationError {
  if (exitCodeOf(error.code) !== exitCode.waitingForApproval) return error;
  const { planHash, approvalId } = error.details;
  // a request that waits is decided, not given again beside it
  const waits = error.code === 'APPROVAL_REQUIRED' && approvalId !== undefined;
  const command = context.again(waits ? `approve --request ${approvalId}` : 'approve');
  const approved = lastApproved(context);
  const missing = error.code === 'APPROVAL_REQUIRED' && !waits;
  const edited = missing && approved !== null && approved !== planHash;
  return new MigrationError({
    code: error.code,
    message: edited
      ? `The plan has changed since it was approved: approved was hash ${approved}, the file now has ${planHash}.`
      : `${error.message} The plan has the hash ${planHash}.`,
    hint: `Nothing was changed. Read what it would do and approve it with: ${command}`,
    severity: error.severity,
    details: { ...error.details, ...(edited ? { approvedHash: approved } : {}), approve: command },
    cause: error.cause,
  });
}

function lastApproved(context: Context): string | null {
  try {
    const remembered = JSON.parse(readTextFile(context.path(file)) ?? '{}') as { planHash?: unknown };
    return typeof remembered.planHash === 'string' ? remembered.planHash : null;
  } catch {
    return null;
  }
}
