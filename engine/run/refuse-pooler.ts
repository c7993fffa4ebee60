/**
 * Neither end of a migration may be a pooler in transaction mode: the lock of the run, settings and snapshots belong to a session,
 * which such a pooler takes away between two transactions. Looked at before anything is written.
 */

import { connectionProblem } from '../db/connection-problems.ts';
import type { Database } from '../db/database.ts';
import { placeOf } from '../db/explain.ts';
import { observeSessions } from '../preflight/pooler.ts';

/** Throws POOLER_TRANSACTION_MODE. */
export async function refusePoolers(databases: readonly Database[]): Promise<void> {
  for (const database of databases) {
    const { stays } = await observeSessions(database);
    if (!stays) throw connectionProblem('POOLER_TRANSACTION_MODE', placeOf(database.config, database.role));
  }
}
