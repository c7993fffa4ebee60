/** Classes an error by its SQLSTATE, errno or own code, never by its text. */
import { isAbort, MigrationError, type Severity } from '../core/errors.ts';
import { type FaultKind, recoveryTable, triesAgain } from './recovery-table.ts';
import { errnos, type KnownCode, ownCodes, sqlstateClasses, sqlstates, tlsCodes } from './sqlstate-table.ts';

export interface Classification {
  readonly severity: Severity;
  readonly retryable: boolean;
  /** SQLSTATE, errno, or the code of a MigrationError; `unknown` for an error that carries none. */
  readonly code: string;
  readonly name: string;
  readonly kind: FaultKind;
}

const UNKNOWN: KnownCode = ['unknown', 'unknown'];

export function classify(error: unknown): Classification {
  if (error instanceof MigrationError) {
    const { severity, retryable, code } = error;
    const below = codeBelow(error);
    return {
      severity,
      retryable,
      code: below ?? code,
      name: code.toLowerCase(),
      kind: kindOfOwn(error, below),
    };
  }
  if (isAbort(error)) return classified('ABORT_ERR', ['aborted', 'aborted']);
  const code = codeBelow(error);
  return code === undefined ? classified('unknown', UNKNOWN) : classified(code, known(code));
}

/** The SQLSTATE of a server error, also from under the error that explains it; undefined where there is none. */
export function sqlstateOf(error: unknown): string | undefined {
  const code = codeBelow(error);
  return code !== undefined && isSqlstate(code) ? code : undefined;
}

/** What kind of trouble a SQLSTATE is. */
export function kindOfSqlstate(code: string): FaultKind {
  return known(code)[0];
}

export function isTlsCode(code: string): boolean {
  return tlsCodes.has(code) || code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS');
}

function classified(code: string, [kind, name]: KnownCode): Classification {
  const { severity, strategy } = recoveryTable[kind];
  return { severity, retryable: triesAgain(strategy), code, name, kind };
}

function kindOfOwn({ code, severity }: MigrationError, below: string | undefined): FaultKind {
  const own = ownCodes[code];
  if (own !== undefined) return own;
  if (below !== undefined) return known(below)[0];
  return severity === 'major' ? 'connection-lost' : severity === 'minor' ? 'rule-of-target' : 'unknown';
}

function known(code: string): KnownCode {
  if (isTlsCode(code)) return ['access-refused', 'tls_failed'];
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
