/**
 * One database, seen by the engine: a small pool for short statements, sessions of one's own for COPY and long
 * transactions.
 *
 * Promise: every connection has the session settings of session-settings.sql.ts. A read-only database – the source
 * always, the target of a dry run – is read-only by the server's own setting, and hands out nothing that writes.
 * A connection that breaks while idle is dropped and logged, never an unhandled error.
 */
import pg from 'pg';
import type { ConnectionConfig } from '../core/connection-config.ts';
import { MigrationError } from '../core/errors.ts';
import type { Log } from '../core/log.ts';
import { type ConnectOptions, clientConfig, openClient, settle, takesStartupOptions } from './connect.ts';
import { connectionProblem, type Role } from './connection-problems.ts';
import { explainConnecting, placeOf } from './explain.ts';
import { PooledClient } from './pooled-client.ts';
import { type Rename, renameStatements } from './rename-statements.ts';
import { createSession, type Session } from './session.ts';
import { classify } from './sqlstate.ts';
import { runTransaction, type TransactionOptions } from './transaction.ts';

export type { Role } from './connection-problems.ts';
export type { Session } from './session.ts';
export type { TransactionOptions } from './transaction.ts';

export interface Health {
  readonly versionNumber: number;
  readonly readOnly: boolean;
  readonly standby: boolean;
  readonly roundTripMilliseconds: number;
  readonly connections: {
    readonly open: number;
    readonly idle: number;
    readonly waiting: number;
    readonly sessions: number;
  };
}

export interface Database {
  readonly role: Role;
  readonly config: ConnectionConfig;
  readonly readOnly: boolean;
  /** A short statement on a pooled connection. */
  query<T = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<T[]>;
  /** A connection of one's own; the caller releases it. `readOnly` can be asked for, never taken back. */
  session(options?: { readonly readOnly?: boolean; readonly purpose?: string }): Promise<Session>;
  /** Commits what the work did, or rolls back and rethrows. */
  transaction<T>(work: (session: Session) => Promise<T>, options?: TransactionOptions): Promise<T>;
  /** Throws where the server cannot be reached. */
  health(): Promise<Health>;
  /** Closes the pool and every session still open. */
  end(): Promise<void>;
}

export interface DatabaseOptions {
  readonly log: Pick<Log, 'warn'>;
  /** Always true for the source. */
  readonly readOnly?: boolean;
  /** Pooled connections at most; sessions come on top. Default 4. */
  readonly maxConnections?: number;
  readonly purpose?: string;
  /** For connecting, and for waiting on a busy pool. Default 15 s. */
  readonly connectTimeoutMilliseconds?: number;
  /** What each statement is turned into before it is sent; see control/ledger-name.ts. */
  readonly rename?: Rename;
}

/** Opens nothing before the first statement. */
export function createDatabase(config: ConnectionConfig, role: Role, options: DatabaseOptions): Database {
  const {
    log,
    maxConnections = 4,
    purpose = role,
    connectTimeoutMilliseconds: timeoutMilliseconds = 15_000,
    rename,
  } = options;
  const readOnly = role === 'source' || options.readOnly === true;
  const sessions = new Set<Session>();
  let startup: Promise<boolean> | null = null;
  let pool: pg.Pool | null = null;

  async function connectOptions(wanted: { readOnly: boolean; purpose: string }): Promise<ConnectOptions> {
    const base = { ...wanted, timeoutMilliseconds, rename };
    if (!wanted.readOnly && config.options === null) return { ...base, startupOptions: true };
    startup ??= takesStartupOptions(config, role, base).catch((error: unknown) => {
      startup = null;
      throw error;
    });
    return { ...base, startupOptions: await startup };
  }

  async function openPool(): Promise<pg.Pool> {
    if (pool) return pool;
    const settled = await connectOptions({ readOnly, purpose });
    pool ??= createPool(settled);
    return pool;
  }

  function createPool(settled: ConnectOptions): pg.Pool {
    const created = new pg.Pool({
      ...clientConfig(config, role, settled),
      Client: PooledClient,
      max: maxConnections,
      idleTimeoutMillis: 30_000,
      onConnect: (client: pg.ClientBase) => {
        renameStatements(client, rename);
        return settle(client, config, role, { readOnly, timeoutMilliseconds });
      },
    } as pg.PoolConfig);
    created.on('error', (error) => log.warn('connection.idle-lost', { role, code: classify(error).code }));
    return created;
  }

  async function pooled(): Promise<Session> {
    const from = await openPool();
    try {
      const client = await from.connect();
      const ignore = () => {};
      client.on('error', ignore); // while it is in use, the statement tells
      return createSession({
        client,
        config,
        role,
        release: async (error) => {
          client.release(error ?? false);
          client.off('error', ignore);
        },
      });
    } catch (error) {
      // somebody ended the database meanwhile; whoever asks again gets a new pool
      if (from.ending && !(error instanceof MigrationError))
        throw connectionProblem('POOL_CLOSED', placeOf(config, role), { cause: error });
      const full = from.totalCount >= maxConnections;
      if (full && !(error instanceof MigrationError) && classify(error).code === 'unknown') {
        throw connectionProblem('POOL_EXHAUSTED', placeOf(config, role), { cause: error });
      }
      throw await explainConnecting(error, config, role, timeoutMilliseconds);
    }
  }

  async function withPooled<T>(work: (session: Session) => Promise<T>): Promise<T> {
    const session = await pooled();
    try {
      const result = await work(session);
      await session.release();
      return result;
    } catch (error) {
      await session.release(session.lost ? new Error('connection lost') : undefined);
      throw error;
    }
  }

  return {
    role,
    config,
    readOnly,
    query: (text, values) => withPooled((session) => session.query(text, values)),
    transaction: (work, transactionOptions = {}) =>
      withPooled((session) =>
        runTransaction(session, work, {
          ...transactionOptions,
          readOnly: readOnly || transactionOptions.readOnly === true,
        }),
      ),
    async session(wanted = {}) {
      if (readOnly && wanted.readOnly === false) {
        throw new MigrationError({
          code: 'READ_ONLY_DATABASE',
          message: `A session that writes was asked for on the read-only ${role} database.`,
          hint: 'The source and the target of a dry run are never written to. This is a fault in Towpath; please report it.',
        });
      }
      const settled = await connectOptions({
        readOnly: readOnly || wanted.readOnly === true,
        purpose: wanted.purpose ?? purpose,
      });
      const client = await openClient(config, role, settled);
      const session: Session = createSession({
        client,
        config,
        role,
        release: async () => {
          sessions.delete(session);
          await client.end().catch(() => undefined);
        },
      });
      sessions.add(session);
      return session;
    },
    health: () =>
      withPooled(async (session) => {
        const started = performance.now();
        const [row] = await session.query<{ versionNumber: number; readOnly: boolean; standby: boolean }>(
          healthSql(),
        );
        return {
          ...row!,
          roundTripMilliseconds: performance.now() - started,
          connections: {
            open: pool!.totalCount,
            idle: pool!.idleCount,
            waiting: pool!.waitingCount,
            sessions: sessions.size,
          },
        };
      }),
    async end() {
      await Promise.all([...sessions].map((session) => session.release()));
      const closing = pool;
      pool = null;
      await closing?.end();
    },
  };
}

function healthSql(): string {
  return `select current_setting('server_version_num')::int as "versionNumber",
    current_setting('transaction_read_only') = 'on' as "readOnly", pg_is_in_recovery() as standby`;
}
