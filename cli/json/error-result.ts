/** The shape of an error for machines; field names are fixed. */
import { helpFor, type MigrationError } from '../../engine/core/errors.ts';
import { redact, redactText } from '../../engine/core/redaction.ts';

export interface ErrorResult {
  readonly status: 'error';
  /** The entity it is about, or `all`. */
  readonly entity: string;
  readonly error: {
    readonly code: string;
    readonly message: string;
    /** Where docs/recovery.md says what to do about it. */
    readonly help: string;
    readonly details: Readonly<Record<string, unknown>>;
  };
  readonly recovery: { readonly suggestion: string; readonly rollbackRequired: boolean };
}

export function errorResult(error: MigrationError): ErrorResult {
  const { entity } = error.details;
  return {
    status: 'error',
    entity: typeof entity === 'string' ? entity : 'all',
    error: {
      code: error.code,
      message: redactText(error.message),
      help: helpFor(error.code),
      details: {
        ...(redact(error.details) as Record<string, unknown>),
        severity: error.severity,
        retryable: error.retryable,
      },
    },
    recovery: {
      suggestion: redactText(error.hint),
      rollbackRequired: error.details.rollbackRequired === true,
    },
  };
}
