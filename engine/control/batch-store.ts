/**
 * The ledger of batches: which key ranges were planned, which have committed.
 *
 * planned → completed, once: `complete` changes exactly one row or throws, inside the batch's own transaction, so a
 * batch that two processes run commits for one of them only. An entity's ranges form a chain without gap or overlap,
 * from the first row to the frontier; halving a range keeps it one.
 */
import { MigrationError } from '../core/errors.ts';
import type { Database } from '../db/database.ts';
import {
  attemptBatchSql,
  batchStateSql,
  batchTotalsByEntitySql,
  batchTotalsSql,
  completeBatchSql,
  findBatchSql,
  forgetBatchesSql,
  frontierSql,
  listBatchesSql,
  planBatchSql,
  reopenBatchesSql,
  splitBatchSql,
  throughputSql,
  unfinishedBatchesSql,
} from './batch-store.sql.ts';
import type { Queryable } from './queryable.ts';

/** A key range as `keyset-range.ts` has it: behind `after`, up to and with `upTo`; null: no bound. */
export interface StoredRange {
  readonly after: readonly string[] | null;
  readonly upTo: readonly string[] | null;
}

/** Rows and bytes. */
export interface StoredCounters {
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly rowsQuarantined: number;
  readonly rowsRepaired: number;
  /** Rows that are the same record as another; absent: none. */
  readonly rowsDuplicate?: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
}

export interface Batch extends StoredCounters {
  readonly batchId: number;
  readonly entity: string;
  readonly state: BatchState;
  readonly range: StoredRange;
  readonly attempts: number;
  readonly startedAt: string;
  readonly finishedAt: string | null;
}

export type BatchState = 'planned' | 'completed';

export interface BatchTotals extends StoredCounters {
  readonly rowsDuplicate: number;
  readonly completed: number;
  readonly planned: number;
}

export interface BatchStore {
  /** Enters a range before it runs; returns its number, the same where it is entered again. Throws RANGE_TAKEN. */
  plan(
    batch: { readonly runId: string; readonly entity: string; readonly range: StoredRange },
    on?: Queryable,
  ): Promise<number>;
  /** Cuts a planned range in two; the batch keeps the left half. Returns the number of the right one. */
  split(
    on: Queryable,
    cut: {
      readonly runId: string;
      readonly batchId: number;
      readonly left: StoredRange;
      readonly right: StoredRange;
    },
  ): Promise<number>;
  /** In the batch's transaction. Throws BATCH_ALREADY_COMPLETED. */
  complete(on: Queryable, batchId: number, counters: StoredCounters): Promise<void>;
  /** Counts an attempt that failed. */
  attempted(batchId: number): Promise<void>;
  state(batchId: number): Promise<BatchState | null>;
  /** Null: there is none, or it was forgotten. */
  find(batchId: number): Promise<{ readonly runId: string; readonly finishedAt: string | null } | null>;
  unfinished(
    runId: string,
    entity: string,
  ): Promise<{ readonly batchId: number; readonly range: StoredRange }[]>;
  /** Where planning stopped; null: it has not begun; `upTo` null: it reached the end of the table. */
  frontier(runId: string, entity: string): Promise<{ readonly upTo: readonly string[] | null } | null>;
  /** Of one entity, or of the whole run. */
  totals(runId: string, entity?: string): Promise<BatchTotals>;
  /** In one query, however many; those without a batch are missing. */
  totalsOf(runId: string, entities: readonly string[]): Promise<ReadonlyMap<string, BatchTotals>>;
  list(runId: string, entity?: string): Promise<Batch[]>;
  /** Rows written in each second that finished a batch, in order. */
  throughput(runId: string): Promise<{ readonly at: string; readonly rows: number }[]>;
  /** Makes completed batches planned again, after the caller has taken their rows out in the same transaction. */
  reopen(on: Queryable, batchIds: readonly number[]): Promise<void>;
  /** Forgets an entity's batches, after its rows were taken out in the same transaction. */
  forget(on: Queryable, of: { readonly runId: string; readonly entity: string }): Promise<void>;
}

type BatchRow = Omit<Batch, 'range'> & { readonly lo: string[] | null; readonly hi: string[] | null };

export function createBatchStore(database: Database): BatchStore {
  return {
    async plan({ runId, entity, range }, on = database) {
      const values = [runId, entity, position(range.after), position(range.upTo)];
      const [row] = await on.query<{ batchId: number; own: boolean }>(planBatchSql, values);
      if (row?.own) return row.batchId;
      throw broken(
        'RANGE_TAKEN',
        `Another process has planned rows of ${entity} that this one was about to move.`,
      );
    },
    async split(on, { runId, batchId, left, right }) {
      const values = [batchId, position(left.upTo), position(right.upTo), position(left.after), runId];
      const [row] = await on.query<{ batchId: number }>(splitBatchSql, values);
      if (row) return row.batchId;
      throw broken(
        'BATCH_CANNOT_BE_SPLIT',
        `Batch ${batchId} has ended or has another range than the one to be split.`,
      );
    },
    async complete(on, batchId, c) {
      const values = [
        batchId,
        c.rowsRead,
        c.rowsWritten,
        c.rowsQuarantined,
        c.rowsRepaired,
        c.bytesRead,
        c.bytesWritten,
        c.rowsDuplicate ?? 0,
      ];
      const done = await on.query(completeBatchSql, values);
      if (done.length !== 1)
        throw broken('BATCH_ALREADY_COMPLETED', `Batch ${batchId} was completed by another process.`);
    },
    async attempted(batchId) {
      await database.query(attemptBatchSql, [batchId]);
    },
    find: async (batchId) =>
      (await database.query<{ runId: string; finishedAt: string | null }>(findBatchSql, [batchId]))[0] ??
      null,
    state: async (batchId) =>
      (await database.query<{ state: BatchState }>(batchStateSql, [batchId]))[0]?.state ?? null,
    async unfinished(runId, entity) {
      const rows = await database.query<BatchRow>(unfinishedBatchesSql, [runId, entity]);
      return rows.map(({ batchId, lo, hi }) => ({ batchId, range: { after: lo, upTo: hi } }));
    },
    async frontier(runId, entity) {
      const ends = await database.query<{ hi: string[] | null }>(frontierSql, [runId, entity]);
      if (ends.length > 1)
        throw broken('LEDGER_MISMATCH', `The ranges of ${entity} in run ${runId} do not form one chain.`);
      return ends[0] ? { upTo: ends[0].hi } : null;
    },
    async totals(runId, entity) {
      const [row] = await database.query<BatchTotals>(batchTotalsSql, [runId, entity ?? null]);
      return row!;
    },
    async totalsOf(runId, entities) {
      if (entities.length === 0) return new Map();
      const rows = await database.query<BatchTotals & { entity: string }>(batchTotalsByEntitySql, [
        runId,
        entities,
      ]);
      return new Map(rows.map(({ entity, ...totals }) => [entity, totals]));
    },
    async list(runId, entity) {
      const rows = await database.query<BatchRow>(listBatchesSql, [runId, entity ?? null]);
      return rows.map(({ lo, hi, ...batch }) => ({ ...batch, range: { after: lo, upTo: hi } }));
    },
    throughput: (runId) => database.query(throughputSql, [runId]),
    async reopen(on, batchIds) {
      await on.query(reopenBatchesSql, [batchIds]);
    },
    async forget(on, { runId, entity }) {
      await on.query(forgetBatchesSql, [runId, entity]);
    },
  };
}

function position(keys: readonly string[] | null): string | null {
  return keys === null ? null : JSON.stringify(keys);
}

function broken(code: string, message: string): MigrationError {
  return new MigrationError({
    code,
    message,
    hint: 'Nothing of this attempt was kept. Make sure that one process only works on the run, then resume it.',
  });
}
