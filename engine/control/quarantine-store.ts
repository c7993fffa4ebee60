/** Rows that were put aside, each with its reason and the row as the source had it. Written in the batch's transaction. */
import type { Database } from '../db/database.ts';
import {
  addQuarantinedSql,
  amendQuarantinedSql,
  countQuarantinedSql,
  forgetQuarantinedSql,
  listQuarantinedSql,
  quarantineCausesSql,
  quarantineGroupsSql,
  rowsOfGroupSql,
  settleQuarantinedSql,
  uncountRowsSql,
  unexpectRowsSql,
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
  /** Which of the target's constraints refused the row. */
  readonly constraint?: string | null;
  /** Form of the value that did not fit; never the value. */
  readonly shape?: string | null;
  readonly message: string;
  /** The source row as JSON. Values that a JavaScript number cannot hold must come as texts. */
  readonly sourceRow: unknown;
}

/** held: it waits. released: it was moved after all. left-out: the plan's filter leaves it out now. gone: of the source. */
export type HeldState = 'held' | 'released' | 'left-out' | 'gone';

export interface HeldRow extends NewQuarantinedRow {
  readonly id: string;
  readonly constraint: string | null;
  readonly shape: string | null;
  readonly state: HeldState;
  /** The plan that it was set aside under; null for rows of older versions. */
  readonly planHash: string | null;
  readonly createdAt: string;
}

/** Rows with the same cause: what they have in common. */
export interface QuarantineGroup {
  readonly entity: string;
  readonly reason: string;
  readonly sqlstate: string | null;
  readonly constraint: string | null;
  readonly column: string | null;
  readonly shape: string | null;
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
  readonly state?: HeldState | 'all';
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
  /** Of rows held, most frequent first. */
  groups(runId: string, entity?: string): Promise<(QuarantineGroup & { readonly rows: number })[]>;
  /** Rows held of one cause, in the order they came; `afterId` pages on. */
  rowsOf(
    runId: string,
    group: QuarantineGroup,
    page: { readonly afterId?: string; readonly limit: number },
  ): Promise<HeldRow[]>;
  /** Rows held. */
  count(runId: string, entity?: string): Promise<number>;
  /** Rows that are held no longer: by default because they were moved after all. */
  release(
    on: Queryable,
    of: OfEntity & {
      readonly legacyIds: readonly string[];
      readonly state?: Exclude<HeldState, 'held'>;
    },
  ): Promise<void>;
  /** Says anew why rows are held. */
  amend(on: Queryable, rows: readonly Omit<NewQuarantinedRow, 'batchId'>[]): Promise<void>;
  /** Rows that are held no more because source or filter have them no more: they were not read, and are not expected. */
  uncount(
    on: Queryable,
    of: OfEntity & {
      readonly batchIds: readonly (number | null)[];
      readonly leftOut: number;
    },
  ): Promise<void>;
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
    groups: (runId, entity) => database.query(quarantineGroupsSql, [runId, entity ?? null]),
    rowsOf: (runId, group, { afterId, limit }) =>
      database.query<HeldRow>(rowsOfGroupSql, [
        runId,
        group.entity,
        group.reason,
        group.sqlstate,
        group.constraint,
        group.column,
        group.shape,
        afterId ?? null,
        limit,
      ]),
    async count(runId, entity) {
      const [row] = await database.query<{ rows: number }>(countQuarantinedSql, [runId, entity ?? null]);
      return row!.rows;
    },
    async release(on, { runId, entity, legacyIds, state = 'released' }) {
      await on.query(settleQuarantinedSql, [runId, entity, legacyIds, state]);
    },
    async amend(on, rows) {
      if (rows.length > 0) await on.query(amendQuarantinedSql, [JSON.stringify(rows)]);
    },
    async uncount(on, { runId, entity, batchIds, leftOut }) {
      const counts = new Map<number, number>();
      for (const id of batchIds) if (id !== null) counts.set(id, (counts.get(id) ?? 0) + 1);
      await on.query(uncountRowsSql, [runId, entity, [...counts.keys()], [...counts.values()]]);
      await on.query(unexpectRowsSql, [runId, entity, batchIds.length, leftOut]);
    },
    async forget(on, { runId, entity, batchIds }) {
      await on.query(forgetQuarantinedSql, [runId, entity, batchIds ?? null]);
    },
  };
}
