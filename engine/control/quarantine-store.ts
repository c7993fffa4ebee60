/** Rows that were put aside, each with its reason and the row as the source had it. Written in the batch's transaction. */
import type { Database } from '../db/database.ts';
import {
  addQuarantinedSql,
  countQuarantinedSql,
  forgetQuarantinedSql,
  listQuarantinedSql,
  quarantineCausesSql,
  releaseQuarantinedSql,
} from './quarantine-store.sql.ts';
import type { Queryable } from './queryable.ts';

export interface NewQuarantinedRow {
  readonly runId: string;
  readonly entity: string;
  readonly legacyId: string;
  readonly batchId: number | null;
  readonly reason: string;
  readonly sqlstate: string | null;
  readonly column: string | null;
  readonly message: string;
  /** The source row as JSON. Values that a JavaScript number cannot hold must come as texts. */
  readonly sourceRow: unknown;
}

export interface HeldRow extends NewQuarantinedRow {
  readonly id: string;
  readonly state: 'held' | 'released';
  readonly createdAt: string;
}

export interface QuarantineCause {
  readonly entity: string;
  readonly reason: string;
  readonly sqlstate: string | null;
  readonly column: string | null;
  readonly rows: number;
  /** One of the messages. */
  readonly message: string;
}

/** Of which rows; what is left out does not narrow. `cause` is a reason or a SQLSTATE. */
export interface QuarantineFilter {
  readonly runId?: string;
  readonly entity?: string;
  readonly cause?: string;
  /** Default held; `all` for both. */
  readonly state?: 'held' | 'released' | 'all';
}

interface OfEntity {
  readonly runId: string;
  readonly entity: string;
}

export interface QuarantineStore {
  add(on: Queryable, rows: readonly NewQuarantinedRow[]): Promise<void>;
  /** In the order they came; `afterId` pages on. Default limit 100. */
  list(filter: QuarantineFilter & { readonly afterId?: string; readonly limit?: number }): Promise<HeldRow[]>;
  /** Most frequent first. */
  causes(filter: QuarantineFilter): Promise<QuarantineCause[]>;
  /** Rows held. */
  count(runId: string, entity?: string): Promise<number>;
  /** The rows were moved after all. */
  release(on: Queryable, of: OfEntity & { readonly legacyIds: readonly string[] }): Promise<void>;
  /** Deletes an entity's rows, or those of some batches: they are about to be moved again, or were rolled back. */
  forget(on: Queryable, of: OfEntity & { readonly batchIds?: readonly number[] }): Promise<void>;
}

export function createQuarantineStore(database: Database): QuarantineStore {
  const values = ({ runId, entity, cause, state = 'held' }: QuarantineFilter) => [
    runId ?? null,
    entity ?? null,
    cause ?? null,
    state === 'all' ? null : state,
  ];
  return {
    async add(on, rows) {
      if (rows.length > 0) await on.query(addQuarantinedSql, [JSON.stringify(rows)]);
    },
    list: (filter) =>
      database.query<HeldRow>(listQuarantinedSql, [
        ...values(filter),
        filter.afterId ?? null,
        filter.limit ?? 100,
      ]),
    causes: (filter) => database.query<QuarantineCause>(quarantineCausesSql, values(filter)),
    async count(runId, entity) {
      const [row] = await database.query<{ rows: number }>(countQuarantinedSql, [runId, entity ?? null]);
      return row!.rows;
    },
    async release(on, { runId, entity, legacyIds }) {
      await on.query(releaseQuarantinedSql, [runId, entity, legacyIds]);
    },
    async forget(on, { runId, entity, batchIds }) {
      await on.query(forgetQuarantinedSql, [runId, entity, batchIds ?? null]);
    },
  };
}
