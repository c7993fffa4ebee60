/**
 * Turns what pg and the system throw into a MigrationError a person can act on, by code alone.
 * Statement errors that say something about data or SQL stay as they are: their caller knows what they mean.
 */
import type { ConnectionConfig } from '../core/connection-config.ts';
import { isAbort, MigrationError } from '../core/errors.ts';
import {
  connectionProblem,
  type Place,
  type ProblemCode,
  type ProblemOptions,
  type Role,
} from './connection-problems.ts';
import { probeServer } from './probe-server.ts';
import { isTlsCode } from './sqlstate.ts';
import { errnos } from './sqlstate-table.ts';

const whileConnecting: Readonly<Record<string, ProblemCode>> = {
  ECONNREFUSED: 'CONNECTION_REFUSED',
  ENOENT: 'CONNECTION_REFUSED', // the file of a Unix socket
  ENOTFOUND: 'HOST_NOT_FOUND',
  ENODATA: 'HOST_NOT_FOUND',
  EAI_AGAIN: 'HOST_NOT_FOUND',
  EHOSTUNREACH: 'HOST_UNREACHABLE',
  EHOSTDOWN: 'HOST_UNREACHABLE',
  ENETUNREACH: 'HOST_UNREACHABLE',
  ENETDOWN: 'HOST_UNREACHABLE',
  EADDRNOTAVAIL: 'HOST_UNREACHABLE',
  ETIMEDOUT: 'TIMEOUT',
  '28000': 'AUTHENTICATION_FAILED',
  '28P01': 'AUTHENTICATION_FAILED',
  '3D000': 'DATABASE_NOT_FOUND',
  '42501': 'PERMISSION_DENIED',
};

const always: Readonly<Record<string, ProblemCode>> = {
  '25006': 'READ_ONLY_SERVER',
  '42501': 'PERMISSION_DENIED',
  '53100': 'DISK_FULL',
  '53200': 'SERVER_OUT_OF_MEMORY',
  '53300': 'TOO_MANY_CONNECTIONS',
  '57014': 'TIMEOUT',
  '57P01': 'CONNECTION_LOST',
  '57P02': 'CONNECTION_LOST',
  '57P03': 'SERVER_STARTING',
  '57P05': 'CONNECTION_LOST',
  '25P03': 'CONNECTION_LOST',
  '25P04': 'TIMEOUT',
};

const LONGEST_PROBE_MILLISECONDS = 5000;

export function placeOf(config: ConnectionConfig, role: Role): Place {
  const host = config.host.includes(':') ? `[${config.host}]` : config.host;
  return {
    role,
    at: config.host.startsWith('/') ? config.host : `${host}:${config.port}`,
    database: config.database,
  };
}

/** An error of connecting. Without a code, asks the server what it is. */
export async function explainConnecting(
  error: unknown,
  config: ConnectionConfig,
  role: Role,
  timeoutMilliseconds: number,
): Promise<MigrationError> {
  if (error instanceof MigrationError) return error;
  const place = placeOf(config, role);
  const code = codeOf(error);
  const details = code === undefined ? {} : { cause: code };
  const problem = (name: ProblemCode, fact?: string) =>
    connectionProblem(name, place, {
      cause: error,
      details,
      ...(fact === undefined ? {} : { fact }),
    } satisfies ProblemOptions);
  if (code !== undefined) {
    const known = whileConnecting[code] ?? always[code];
    if (known) return problem(known);
    if (isTlsCode(code)) return problem('TLS_FAILED', ` (${code})`);
  }
  const kind = await probeServer(config, Math.min(timeoutMilliseconds, LONGEST_PROBE_MILLISECONDS));
  if (kind === 'something-else') return problem('NOT_POSTGRESQL');
  if (kind === 'hung-up') return problem('CONNECTION_LOST');
  if (kind === 'silent') return problem('TIMEOUT', ': it accepted the connection and then said nothing');
  if (kind === 'unreachable') return problem('TIMEOUT');
  if (kind === 'postgresql-without-tls' && config.ssl.mode !== 'disable') {
    return problem('TLS_FAILED', ', because it does not offer encryption');
  }
  if (code === undefined && config.password === null) return problem('AUTHENTICATION_FAILED');
  return code !== undefined && code in errnos ? problem('CONNECTION_LOST') : problem('CONNECTION_FAILED');
}

/** An error of a statement on a connection that worked. `lost`: the connection has ended meanwhile. */
export function explainStatement(
  error: unknown,
  config: ConnectionConfig,
  role: Role,
  lost: boolean,
): unknown {
  if (error instanceof MigrationError || isAbort(error)) return error;
  const place = placeOf(config, role);
  const code = codeOf(error);
  const details = code === undefined ? {} : { cause: code };
  const known = code === undefined ? undefined : always[code];
  if (known)
    return connectionProblem(known, place, { cause: error, details: { ...details, ...objectNames(error) } });
  const ofSystem = code !== undefined && code in errnos;
  if (ofSystem || (lost && code === undefined))
    return connectionProblem('CONNECTION_LOST', place, { cause: error, details });
  return error;
}

function objectNames(error: unknown): Record<string, unknown> {
  const fields = error as Record<string, unknown>;
  return Object.fromEntries(
    ['schema', 'table', 'column', 'constraint'].flatMap((key) => (fields[key] ? [[key, fields[key]]] : [])),
  );
}

function codeOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  const { code } = error as Error & { code?: unknown };
  if (typeof code === 'string') return code;
  return error instanceof AggregateError ? codeOf(error.errors[0]) : undefined;
}
