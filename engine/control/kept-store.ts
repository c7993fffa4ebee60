/**
 * Rows of an entity that the target held before, or that are the same record as another: which old rows they are, decided once
 * and kept until the entity is rolled back; and what they were before a run changed them. The statements that read and fill these tables together with rows
 * of the target are where the rows travel (engine/copy, engine/rollback).
 */
import type { Database } from '../db/database.ts';
import {
  copyDuplicatesSql,
  countKeptSql,
  forgetImagesSql,
  forgetKeptSql,
  isMatchedSql,
  keptRowsSql,
  markMatchedSql,
  unmarkMatchedSql,
} from './kept-store.sql.ts';
import type { Queryable } from './queryable.ts';

/** A row that is the same record as another. */
export interface Duplicate {
  readonly key: string;
  /** Old key of the row that is moved for it. */
  readonly kept: string;
  /** Whether that one has been written. */
  readonly isThere: boolean;
}

export interface KeptStore {
  /** Whether the entity's rows have been held against the target's. */
  isMatched(entityNo: number, on?: Queryable): Promise<boolean>;
  markMatched(on: Queryable, entityNo: number): Promise<void>;
  /** How many old rows are known to be in the target already, those that fit several included. */
  count(entityNo: number, on?: Queryable): Promise<number>;
  /** Those of the rows that are the same record as another. */
  duplicates(entityNo: number, keys: readonly string[], on?: Queryable): Promise<Duplicate[]>;
  /** A `copy … from stdin` that takes rows which are the same record as another. */
  readonly copyDuplicatesSql: string;
  /** So that the next run holds them against each other anew. */
  forget(on: Queryable, entityNo: number): Promise<void>;
  forgetImages(
    on: Queryable,
    of: { readonly runId: string; readonly entity: string; readonly batchIds?: readonly number[] },
  ): Promise<void>;
}

export function createKeptStore(database: Database): KeptStore {
  return {
    async isMatched(entityNo, on = database) {
      const [row] = await on.query<{ matched: boolean }>(isMatchedSql, [entityNo]);
      return row?.matched ?? false;
    },
    async markMatched(on, entityNo) {
      await on.query(markMatchedSql, [entityNo]);
    },
    count: async (entityNo, on = database) =>
      (await on.query<{ rows: number }>(countKeptSql, [entityNo]))[0]!.rows,
    duplicates: (entityNo, keys, on = database) =>
      on.query<Duplicate>(keptRowsSql(entityNo), [entityNo, keys]),
    copyDuplicatesSql,
    async forget(on, entityNo) {
      await on.query(forgetKeptSql, [entityNo]);
      await on.query(unmarkMatchedSql, [entityNo]);
    },
    async forgetImages(on, { runId, entity, batchIds }) {
      await on.query(forgetImagesSql, [runId, entity, batchIds ?? null]);
    },
  };
}
