/** One connection in one pair of hands. Statements run one after the other; errors explain themselves. */
import type pg from 'pg';
import type { ConnectionConfig } from '../core/connection-config.ts';
import { MigrationError } from '../core/errors.ts';
import type { Role } from './connection-problems.ts';
import { explainStatement } from './explain.ts';

export interface Session {
  readonly client: pg.ClientBase & Pick<pg.Client, 'query'>;
  /** Rows of one statement. int8, numeric, dates and times are text. */
  query<T = Record<string, unknown>>(text: string, values?: readonly unknown[]): Promise<T[]>;
  /** True once the connection has ended, whoever ended it. */
  readonly lost: boolean;
  /** What an error that a stream on `client` raised means: CONNECTION_LOST, DISK_FULL, … or the error itself. */
  explain(error: unknown): unknown;
  /** Gives the connection back; with an error, destroys it. Safe to call twice. */
  release(error?: Error): Promise<void>;
}

export interface SessionOptions {
  readonly client: pg.ClientBase;
  readonly config: ConnectionConfig;
  readonly role: Role;
  release(error?: Error): Promise<void>;
}

export function createSession({ client, config, role, release }: SessionOptions): Session {
  let lost = false;
  let released: Promise<void> | null = null;
  const end = () => {
    lost = true;
  };
  client.on('end', end);
  client.on('error', end);
  const isLost = () => lost || isGone(client);
  const explain = (error: unknown) => {
    const explained = explainStatement(error, config, role, isLost());
    // the server says that it ends the session before the socket does
    if (explained instanceof MigrationError && explained.code === 'CONNECTION_LOST') lost = true;
    return explained;
  };
  return {
    client: client as Session['client'],
    get lost() {
      return isLost();
    },
    explain,
    async query<T>(text: string, values?: readonly unknown[]): Promise<T[]> {
      try {
        const result = await client.query(text, values as unknown[]);
        return result.rows as T[];
      } catch (error) {
        // the socket's end may be told a moment after the statement's failure
        if (!(error as { code?: unknown }).code) await new Promise((resolve) => setImmediate(resolve));
        throw explain(error);
      }
    },
    release(error) {
      released ??= (async () => {
        await release(error);
        client.off('end', end);
        client.off('error', end);
      })();
      return released;
    },
  };
}

/**
 * Also where pg was told before anybody listened here: with its last answer to whoever made the connection the server may say
 * that it ends it, and pg then refuses every statement, with an error that has no code.
 */
function isGone(client: pg.ClientBase): boolean {
  const { _queryable, connection } = client as {
    readonly _queryable?: boolean;
    readonly connection?: { readonly stream?: { readonly destroyed?: boolean } };
  };
  return _queryable === false || connection?.stream?.destroyed === true;
}
