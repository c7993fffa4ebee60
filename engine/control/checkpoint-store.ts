/**
 * Summaries for people: where a run stood when it paused, stopped or passed a number of batches. What a resumed run
 * continues from is the ledger of batches; losing a summary loses nothing.
 */
import type { Database } from '../db/database.ts';
import { addCheckpointSql, deleteCheckpointsSql, latestCheckpointSql } from './checkpoint-store.sql.ts';
import type { Queryable } from './queryable.ts';

export interface Checkpoint {
  readonly checkpointId: number;
  readonly runId: string;
  readonly reason: string;
  readonly summary: Readonly<Record<string, unknown>>;
  readonly createdAt: string;
}

export interface CheckpointStore {
  add(
    checkpoint: {
      readonly runId: string;
      readonly reason: string;
      readonly summary: Readonly<Record<string, unknown>>;
    },
    on?: Queryable,
  ): Promise<Checkpoint>;
  latest(runId: string): Promise<Checkpoint | null>;
  /** Newest first. */
  list(runId: string, limit?: number): Promise<Checkpoint[]>;
  /** Keeps the last one of each run. Returns how many were removed. */
  deleteOlderThan(days: number): Promise<number>;
}

export function createCheckpointStore(database: Database): CheckpointStore {
  const list = (runId: string, limit = 100) =>
    database.query<Checkpoint>(latestCheckpointSql, [runId, limit]);
  return {
    async add({ runId, reason, summary }, on = database) {
      const [added] = await on.query<Checkpoint>(addCheckpointSql, [runId, reason, JSON.stringify(summary)]);
      return added!;
    },
    latest: async (runId) => (await list(runId, 1))[0] ?? null,
    list,
    deleteOlderThan: async (days) => (await database.query(deleteCheckpointsSql, [days])).length,
  };
}
