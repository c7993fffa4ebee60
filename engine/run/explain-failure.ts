/** Any error as one that a person can act on. Its text may quote a row, so of an unknown one only the code is told. */
import { MigrationError } from '../core/errors.ts';
import { classify } from '../db/sqlstate.ts';

export function explainFailure(cause: unknown): MigrationError {
  if (cause instanceof MigrationError) return cause;
  const { code } = classify(cause);
  return new MigrationError({
    code: 'UNEXPECTED',
    message: `The run stopped at an error that Towpath does not know (${code}).`,
    hint: 'The log has its details.',
    details: { cause: code },
    cause,
  });
}
