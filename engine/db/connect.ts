/**
 * Opens connections and settles each one before anybody uses it: TLS as configured, session settings applied, the
 * server new enough, read-only held where it was promised.
 *
 * Read-only is asked for at startup, where the server enforces it from the first statement, set again afterwards, and
 * then read back. A pooler that refuses startup options (SQLSTATE 08P01) gets the second way only.
 */
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { type ConnectionOptions, checkServerIdentity } from 'node:tls';
import pg from 'pg';
import type { ConnectionConfig } from '../core/connection-config.ts';
import { MigrationError } from '../core/errors.ts';
import { connectionProblem, type Role } from './connection-problems.ts';
import { explainConnecting, placeOf } from './explain.ts';
import { type Rename, renameStatements } from './rename-statements.ts';
import {
  applySettingsSql,
  READ_ONLY_OPTION,
  readOnlyStateSql,
  type SessionFacts,
  settingsFor,
} from './session-settings.sql.ts';
import { classify } from './sqlstate.ts';
import { valueTypes } from './value-types.ts';

const OLDEST_VERSION = 110_000;
const KEEP_ALIVE_AFTER_MILLISECONDS = 10_000;

export interface ConnectOptions {
  readonly readOnly: boolean;
  /** Shown to the server's administrator as `towpath/<purpose>`. */
  readonly purpose: string;
  readonly timeoutMilliseconds: number;
  /** False after a pooler refused startup options. */
  readonly startupOptions: boolean;
  /** What each statement is turned into before it is sent. */
  readonly rename?: Rename | undefined;
}

export function clientConfig(config: ConnectionConfig, role: Role, options: ConnectOptions): pg.ClientConfig {
  const startup = [config.options, options.readOnly ? READ_ONLY_OPTION : null].filter(
    (part) => part !== null,
  );
  return {
    host: config.host,
    port: config.port,
    user: config.user,
    database: config.database,
    // a function: pg would otherwise look into PGPASSWORD and ~/.pgpass where there is none
    password: () => config.password?.reveal() ?? '',
    ssl: tlsOptions(config, role),
    application_name: `towpath/${options.purpose}`.slice(0, 63),
    client_encoding: 'UTF8',
    keepAlive: true,
    keepAliveInitialDelayMillis: KEEP_ALIVE_AFTER_MILLISECONDS,
    connectionTimeoutMillis: options.timeoutMilliseconds,
    types: valueTypes,
    ...(options.startupOptions && startup.length > 0 ? { options: startup.join(' ') } : {}),
  };
}

/** A settled connection of one's own. Throws a MigrationError that explains itself. */
export async function openClient(
  config: ConnectionConfig,
  role: Role,
  options: ConnectOptions,
): Promise<pg.Client> {
  const client = new pg.Client(clientConfig(config, role, options));
  renameStatements(client, options.rename);
  client.on('error', () => {}); // the next statement tells; without a listener the process would end
  try {
    await client.connect();
    await settle(client, config, role, options);
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw await explainConnecting(error, config, role, options.timeoutMilliseconds);
  }
}

/** Whether startup options get through: a direct server takes them, some poolers do not. Opens and closes a connection. */
export async function takesStartupOptions(
  config: ConnectionConfig,
  role: Role,
  options: Omit<ConnectOptions, 'startupOptions'>,
): Promise<boolean> {
  try {
    const client = await openClient(config, role, { ...options, startupOptions: true });
    await client.end();
    return true;
  } catch (error) {
    if (classify(error).code === '08P01') return false;
    throw error;
  }
}

/** Applies the session settings and checks what the server is. A pooler may log in and then let the first query wait. */
export async function settle(
  client: pg.ClientBase,
  config: ConnectionConfig,
  role: Role,
  options: Pick<ConnectOptions, 'readOnly' | 'timeoutMilliseconds'>,
): Promise<void> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () =>
      late.reject(
        connectionProblem('TIMEOUT', placeOf(config, role), { fact: ': it let us in and then said nothing' }),
      ),
    options.timeoutMilliseconds,
  );
  const work = applyAndCheck(client, config, role, options.readOnly);
  try {
    await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
    work.catch(() => {}); // when it was late, what becomes of it no longer matters
  }
}

async function applyAndCheck(
  client: pg.ClientBase,
  config: ConnectionConfig,
  role: Role,
  readOnly: boolean,
): Promise<void> {
  const place = placeOf(config, role);
  const { rows } = await client.query<SessionFacts>(applySettingsSql(), settingsFor(readOnly));
  const { product, version, versionNumber } = rows[0]!;
  if (!product.startsWith('PostgreSQL ')) {
    const fact = `: it calls itself ${/^[\w.-]{1,40}/.exec(product)?.[0] ?? 'something else'}`;
    throw connectionProblem('NOT_POSTGRESQL', place, { fact });
  }
  if (versionNumber < OLDEST_VERSION) throw connectionProblem('SERVER_TOO_OLD', place, { fact: version });
  if (!readOnly) return;
  const state = await client.query<{ held: boolean }>(readOnlyStateSql());
  if (!state.rows[0]!.held) throw connectionProblem('READ_ONLY_NOT_HELD', place);
}

/** `role` names the database in errors. */
export function tlsOptions(config: ConnectionConfig, role: string): false | ConnectionOptions {
  const { mode, caFile } = config.ssl;
  if (mode === 'disable') return false;
  const ca = caFile === null ? {} : { ca: readCa(caFile, role) };
  const named = namedServer(config.serverName);
  if (mode === 'verify-full') return { ...ca, ...named, rejectUnauthorized: true };
  if (mode === 'require' && caFile === null) return { ...named, rejectUnauthorized: false };
  return { ...ca, ...named, rejectUnauthorized: true, checkServerIdentity: () => undefined };
}

/** Asked for and checked as if nothing stood before the server. An address is no name to ask for (RFC 6066, section 3). */
function namedServer(name: string | undefined): ConnectionOptions {
  if (name === undefined) return {};
  return {
    ...(isIP(name) === 0 ? { servername: name } : {}),
    checkServerIdentity: (_host, certificate) => checkServerIdentity(name, certificate),
  };
}

function readCa(file: string, role: string): string {
  const name = `${role.toUpperCase()}_DB_SSL_CA`;
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    throw new MigrationError({
      code: 'INVALID_CONFIG',
      message: `The CA certificate file of the ${role} database cannot be read.`,
      hint: `Set ${name} (or sslrootcert in the address) to the path of a PEM file that this user may read.`,
      details: { variable: name, reason: (cause as NodeJS.ErrnoException).code },
    });
  }
}
