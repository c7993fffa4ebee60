/**
 * The one error of the engine. The message says what happened, the hint what to do next, both in words a person can
 * act on; neither holds a secret or a row's values. What rows differ in is a Finding, never an error.
 */

/** critical: stop with a checkpoint. major: try again, smaller and on a fresh connection. minor: one bad row. */
export type Severity = 'critical' | 'major' | 'minor';

export interface MigrationErrorParts {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  /** Default false. */
  readonly retryable?: boolean;
  /** Default critical. */
  readonly severity?: Severity;
  /** Facts for machines: names, counts, codes. */
  readonly details?: Record<string, unknown>;
  readonly cause?: unknown;
}

/** What `--json`, the control schema and the API show of an error. */
export interface ErrorReport {
  readonly code: string;
  readonly message: string;
  readonly hint: string;
  readonly retryable: boolean;
  readonly severity: Severity;
  readonly details: Record<string, unknown>;
}

export class MigrationError extends Error {
  override readonly name = 'MigrationError';
  readonly code: string;
  readonly hint: string;
  readonly retryable: boolean;
  readonly severity: Severity;
  readonly details: Record<string, unknown>;

  constructor(parts: MigrationErrorParts) {
    super(parts.message, parts.cause === undefined ? undefined : { cause: parts.cause });
    this.code = parts.code;
    this.hint = parts.hint;
    this.retryable = parts.retryable ?? false;
    this.severity = parts.severity ?? 'critical';
    this.details = parts.details ?? {};
  }

  /** No stack and no cause: a cause may quote a row. */
  toJSON(): ErrorReport {
    const { code, message, hint, retryable, severity, details } = this;
    return { code, message, hint, retryable, severity, details };
  }
}

/** Where docs/recovery.md says what to do about a code. */
export function helpFor(code: string): string {
  return `docs/recovery.md#${code.toLowerCase()}`;
}

/** True for the rejection of an aborted signal, whoever raised it. */
export function isAbort(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === 'AbortError' || (error as { code?: unknown }).code === 'ABORT_ERR')
  );
}
