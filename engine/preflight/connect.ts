/**
 * Can both servers be used? What keeps a connection from being made may have a check of its own – too old, not
 * PostgreSQL, a pooler – and is then reported under that name, since the connection as such was not the trouble.
 */

import type { PreflightCheck } from '../contract/preflight-check.ts';
import { MigrationError } from '../core/errors.ts';
import type { Database } from '../db/database.ts';
import { fail, type PreflightInput, pass, type Side, skipped, type Verdict } from './check.ts';

export type Reached = ReadonlyMap<Side, Database>;

/** Codes of a connection error that another check stands for. */
const ownChecks: Readonly<Record<string, string>> = {
  NOT_POSTGRESQL: 'postgresql',
  SERVER_TOO_OLD: 'version',
  POOLER_TRANSACTION_MODE: 'pooler',
  READ_ONLY_NOT_HELD: 'pooler',
};

export async function connectBoth(
  input: PreflightInput,
): Promise<{ reached: Reached; results: PreflightCheck[] }> {
  const reached = new Map<Side, Database>();
  const results: PreflightCheck[] = [];
  const sides = ['source', 'target'] as const;
  const errors = await Promise.all(sides.map((side) => tryToConnect(input[side])));
  sides.forEach((side, i) => {
    const database = input[side];
    const error = errors[i];
    if (database && !error) reached.set(side, database);
    results.push(...connectResults(side, database, error ?? null));
  });
  return { reached, results };
}

async function tryToConnect(database: Database | null): Promise<unknown> {
  try {
    await database?.query('select 1');
    return null;
  } catch (error) {
    return error;
  }
}

function connectResults(side: Side, database: Database | null, error: unknown): PreflightCheck[] {
  const name = `${side}-connect`;
  if (!database) return [{ name, ...skipped(`No ${side} database is configured.`) }];
  const { host, port, database: databaseName } = database.config;
  const place = `database ${databaseName} at ${host}:${port}`;
  if (error === null) return [{ name, ...pass(`Connected to ${place}.`) }];
  const verdict = failed(side, error);
  const own = error instanceof MigrationError ? ownChecks[error.code] : undefined;
  if (own === undefined) return [{ name, ...verdict }];
  return [
    { name, ...pass(`Something answers at ${host}:${port}.`) },
    { name: `${side}-${own}`, ...verdict },
  ];
}

function failed(side: Side, error: unknown): Verdict {
  if (error instanceof MigrationError) return fail(error.message, error.hint);
  return fail(`The ${side} could not be used.`, 'Check address, user and password, and try again.');
}
