/** Classes an error by its SQLSTATE or errno, never by its text. */
import { isAbort, MigrationError, type Severity } from '../core/errors.ts';
import { errnos, type KnownCode, sqlstateClasses, sqlstates, tlsCodes } from './sqlstate-table.ts';

export interface Classification {
  readonly severity: Severity;
  readonly retryable: boolean;
  /** SQLSTATE, errno, or the code of a MigrationError; `unknown` for an error that carries none. */
  readonly code: string;
  readonly name: string;
}

const UNKNOWN: KnownCode = { name: 'unknown', severity: 'critical', retryable: false };

export function classify(error: unknown): Classification {
  if (error instanceof MigrationError) {
    const { severity, retryable, code } = error;
    return { severity, retryable, code: codeBelow(error) ?? code, name: code.toLowerCase() };
  }
  if (isAbort(error)) return { severity: 'critical', retryable: false, code: 'ABORT_ERR', name: 'aborted' };
  const code = codeBelow(error);
  return code === undefined ? { code: 'unknown', ...UNKNOWN } : { code, ...known(code) };
}

/** The SQLSTATE of a server error, also from under the error that explains it; undefined where there is none. */
export function sqlstateOf(error: unknown): string | undefined {
  const code = codeBelow(error);
  return code !== undefined && isSqlstate(code) ? code : undefined;
}

export function isTlsCode(code: string): boolean {
  return tlsCodes.has(code) || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS');
}

function known(code: string): KnownCode {
  if (isTlsCode(code)) return { name: 'tls_failed', severity: 'critical', retryable: false };
  if (errnos[code]) return errnos[code];
  if (!isSqlstate(code)) return UNKNOWN;
  return sqlstates[code] ?? sqlstateClasses[code.slice(0, 2)] ?? UNKNOWN;
}

/** EPIPE and the like have five letters too: a SQLSTATE is what the table of errnos does not hold. */
function isSqlstate(code: string): boolean {
  return /^[0-9A-Z]{5}$/.test(code) && !(code in errnos) && !tlsCodes.has(code);
}

/** The first code of the server or the system along the chain of causes. */
function codeBelow(error: unknown, depth = 0): string | undefined {
  if (!(error instanceof Error) || depth > 5) return undefined;
  if (!(error instanceof MigrationError)) {
    const { code } = error as Error & { code?: unknown };
    if (typeof code === 'string') return code;
    if (error instanceof AggregateError && error.errors.length > 0)
      return codeBelow(error.errors[0], depth + 1);
  }
  return codeBelow(error.cause, depth + 1);
}
