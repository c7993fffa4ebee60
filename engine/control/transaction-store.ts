/** The transactions in which a run wrote rows of migrated tables; see transaction-store.sql.ts for what they are good for. */
import type { Database } from '../db/database.ts';
import type { Queryable } from './queryable.ts';
import { enterTransactionSql, knownTransactionsSql } from './transaction-store.sql.ts';

export interface TransactionStore {
  /** In the transaction that writes the rows, once; a savepoint's rows would not count as ours. */
  enter(on: Queryable, runId: string): Promise<void>;
  /** False where the run left none in this database: it ran before they were kept, or the target was restored from a dump. */
  isKnown(runId: string, on?: Queryable): Promise<boolean>;
}

export function createTransactionStore(database: Database): TransactionStore {
  return {
    async enter(on, runId) {
      await on.query(enterTransactionSql, [runId]);
    },
    async isKnown(runId, on = database) {
      const [row] = await on.query<{ entered: number; known: number }>(knownTransactionsSql, [runId]);
      return row!.known > 0;
    },
  };
}
