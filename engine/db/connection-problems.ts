/**
 * The sentence and the next step for each way a server refuses to work. Texts only; which one applies is decided in
 * explain.ts, by code.
 */
import { MigrationError, type Severity } from '../core/errors.ts';

export type Role = 'source' | 'target';

/** What the texts may name. No password, no row. */
export interface Place {
  readonly role: Role;
  /** host:port */
  readonly at: string;
  readonly database: string;
}

interface Problem {
  readonly message: (place: Place, fact: string) => string;
  readonly hint: (place: Place) => string;
  readonly severity?: Severity;
  readonly retryable?: boolean;
}

const variables = ({ role }: Place, ...names: string[]) =>
  names.map((name) => `${role.toUpperCase()}_DB_${name}`).join(' and ');
const url = ({ role }: Place) => `${role.toUpperCase()}_DATABASE_URL`;
const again: Pick<Problem, 'severity' | 'retryable'> = { severity: 'major', retryable: true };

const problems = {
  CONNECTION_REFUSED: {
    message: (p) => `Nothing accepts connections at ${p.at}, where the ${p.role} database should be.`,
    hint: (p) =>
      `Check that the server runs and that ${variables(p, 'HOST', 'PORT')} (or ${url(p)}) are right.`,
    retryable: true,
  },
  HOST_NOT_FOUND: {
    message: (p) => `The ${p.role} host of ${p.at} is not known.`,
    hint: (p) =>
      `Check the spelling in ${variables(p, 'HOST')} (or ${url(p)}). A direct Supabase host may exist for IPv6 only: then use the session pooler on port 5432.`,
  },
  HOST_UNREACHABLE: {
    message: (p) => `There is no network path to the ${p.role} server at ${p.at}.`,
    hint: () =>
      'Check the network, VPN and firewall. A direct Supabase host may answer over IPv6 only: then use the session pooler on port 5432.',
    ...again,
  },
  AUTHENTICATION_FAILED: {
    message: (p) => `The ${p.role} server at ${p.at} refused the user name or password.`,
    hint: (p) =>
      `Check ${variables(p, 'USER', 'PASSWORD')} (or ${url(p)}), and that pg_hba.conf lets this user in from this machine.`,
  },
  DATABASE_NOT_FOUND: {
    message: (p) => `The ${p.role} server at ${p.at} has no database named "${p.database}".`,
    hint: (p) =>
      `Check ${variables(p, 'NAME')} (or the end of ${url(p)}); psql --list shows the databases of a server.`,
  },
  TLS_FAILED: {
    message: (p, fact) =>
      `No trusted encrypted connection to the ${p.role} server at ${p.at} could be made${fact}.`,
    hint: (p) =>
      `Give the server's CA certificate in ${variables(p, 'SSL_CA')} (Supabase: Database settings, SSL configuration). Only in a network you trust: ${variables(p, 'SSL')}=require encrypts without checking, =disable does not encrypt.`,
  },
  NOT_POSTGRESQL: {
    message: (p, fact) => `What answers at ${p.at} is not PostgreSQL${fact}.`,
    hint: (p) =>
      `Check ${variables(p, 'HOST', 'PORT')} (or ${url(p)}); PostgreSQL usually listens on port 5432.`,
  },
  SERVER_TOO_OLD: {
    message: (p, fact) =>
      `The ${p.role} server at ${p.at} runs PostgreSQL ${fact}; version 11 or newer is needed.`,
    hint: () => 'Restore a dump of the database into a newer PostgreSQL and migrate from there.',
  },
  TOO_MANY_CONNECTIONS: {
    message: (p) => `The ${p.role} server at ${p.at} has no free connection left.`,
    hint: () =>
      'Close other programs that use it, lower MAX_CONNECTIONS or --max-concurrency, or raise max_connections there.',
    ...again,
  },
  POOL_EXHAUSTED: {
    message: (p) => `All connections that this run keeps to the ${p.role} database stayed busy for too long.`,
    hint: () => 'Raise MAX_CONNECTIONS or lower --max-concurrency, then resume.',
    ...again,
  },
  POOL_CLOSED: {
    message: (p) =>
      `The connections that this run keeps to the ${p.role} database were closed while it worked.`,
    hint: () => 'It opens new ones and tries again; if it persists, see what in this program closes them.',
    ...again,
  },
  POOLER_TRANSACTION_MODE: {
    message: (p) =>
      `The ${p.role} address ${p.at} leads to a connection pooler in transaction mode, which cannot hold a session.`,
    hint: () =>
      'Use the direct connection or the session pooler instead; with Supabase both are on port 5432, and 6543 is the transaction pooler.',
  },
  PERMISSION_DENIED: {
    message: (p) => `The user of the ${p.role} database may not do what this step needs.`,
    hint: (p) =>
      p.role === 'source'
        ? 'Grant it usage on the schemas and select on the tables to migrate (and bypassrls where row-level security is on). towpath preflight names what is missing.'
        : 'Connect as the owner of the target schemas (with Supabase: postgres). towpath preflight names what is missing.',
  },
  READ_ONLY_SERVER: {
    message: (p) => `The ${p.role} database takes no writes at the moment.`,
    hint: () =>
      'It is a standby, was set read-only, or (Supabase) ran out of disk. Connect to the primary or free disk space, then resume.',
  },
  READ_ONLY_NOT_HELD: {
    message: (p) => `The ${p.role} session at ${p.at} could not be made read-only, so nothing was read.`,
    hint: () => 'Connect directly and not through a pooler, or with a user that may only read.',
  },
  DISK_FULL: {
    message: (p) => `The disk of the ${p.role} server is full.`,
    hint: () => 'Free or add disk space there, then resume. What was committed is kept.',
  },
  SERVER_OUT_OF_MEMORY: {
    message: (p) => `The ${p.role} server ran out of memory for a statement.`,
    hint: () => 'It is tried again with less; if it persists, lower --batch-size or --max-concurrency.',
    ...again,
  },
  SERVER_STARTING: {
    message: (p) => `The ${p.role} server at ${p.at} is starting up or shutting down.`,
    hint: () => 'Wait until it accepts connections and try again.',
    ...again,
  },
  TIMEOUT: {
    message: (p, fact) => `The ${p.role} server at ${p.at} did not answer in time${fact}.`,
    hint: () =>
      'Check network and firewall and whether the server is overloaded; a statement or lock timeout set there can also be the cause.',
    ...again,
  },
  CONNECTION_LOST: {
    message: (p) => `The connection to the ${p.role} server at ${p.at} was lost.`,
    hint: () =>
      'Check the network and whether the server was restarted; what was committed is kept, so the run can be resumed.',
    ...again,
  },
  CONNECTION_FAILED: {
    message: (p, fact) => `No connection to the ${p.role} server at ${p.at} could be made${fact}.`,
    hint: (p) => `Check ${variables(p, 'HOST', 'PORT')} (or ${url(p)}) and run towpath preflight.`,
  },
} satisfies Record<string, Problem>;

export type ProblemCode = keyof typeof problems;

export interface ProblemOptions {
  readonly cause?: unknown;
  /** Goes into the sentence: a version, a reason in words. */
  readonly fact?: string;
  readonly details?: Record<string, unknown>;
}

export function connectionProblem(
  code: ProblemCode,
  place: Place,
  options: ProblemOptions = {},
): MigrationError {
  const problem: Problem = problems[code];
  return new MigrationError({
    code,
    message: problem.message(place, options.fact ?? ''),
    hint: problem.hint(place),
    severity: problem.severity ?? 'critical',
    retryable: problem.retryable ?? false,
    details: { role: place.role, ...options.details },
    cause: options.cause,
  });
}
