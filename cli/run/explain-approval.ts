/** An approval that is missing or no longer fits, told with the command that gives one. */
import { MigrationError } from '../../engine/core/errors.ts';
import type { Context } from '../command.ts';
import { exitCode, exitCodeOf } from '../exit-codes.ts';

export function explainApproval(context: Context, error: MigrationError): MigrationError {
  if (exitCodeOf(error.code) !== exitCode.waitingForApproval) return error;
  const command = context.again('approve');
  const { code, message, retryable, severity, details, cause } = error;
  const hint = error.hint.includes(command)
    ? error.hint
    : `Read what it would do and approve it with: ${command}`;
  return new MigrationError({
    code,
    message,
    hint,
    retryable,
    severity,
    details: { ...details, approve: command },
    cause,
  });
}
