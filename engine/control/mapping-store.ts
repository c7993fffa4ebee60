/**
 * Pairs of old key and new id, one partition an entity. Batches copy into the partition themselves, in the transaction
 * of the row; the unique index that proves that no row came twice is built once the entity is loaded.
 */
import type { Database } from '../db/database.ts';
import {
  analyzePartitionSql,
  countMergedSql,
  countPairsSql,
  createPartitionSql,
  deletePairsOfRunSql,
  enterEntitySql,
  findEntitySql,
  findPairsSql,
  finishPartitionSql,
  listMappedEntitiesSql,
  lockEntitiesSql,
  pairsOfBatchSql,
  partitionOf,
  someLegacyIdsSql,
  truncatePairsSql,
} from './mapping-store.sql.ts';
import type { Queryable } from './queryable.ts';

export interface MappingPair {
  readonly legacyId: string;
  readonly newId: string;
  readonly batchId: number;
}

export interface MergedRows {
  readonly kept: number;
  readonly updated: number;
  readonly duplicates: number;
  readonly into: number;
}

export interface MappingStore {
  /** The entity's number; gives it one, and a partition, the first time. Several processes may ask at once. */
  ensureEntity(migration: string, entity: string): Promise<number>;
  /** The entity's number, or null where it was never migrated. */
  entityNo(migration: string, entity: string): Promise<number | null>;
  entities(migration: string): Promise<{ readonly entityNo: number; readonly entity: string }[]>;
  /** Where to copy the columns entity_no, legacy_id, new_id, batch_id. */
  copyTarget(entityNo: number): { readonly schema: string; readonly name: string };
  /** Builds the unique index where it is missing. Throws SQLSTATE 23505 where a row came twice. */
  finish(entityNo: number, on?: Queryable): Promise<void>;
  count(entityNo: number, on?: Queryable): Promise<number>;
  /** Rows that the target held before, and rows that are the same record as others: how many, and of how many. */
  merged(entityNo: number): Promise<MergedRows>;
  find(entityNo: number, legacyIds: readonly string[], on?: Queryable): Promise<MappingPair[]>;
  /** The first few in the order of their keys. */
  someLegacyIds(entityNo: number, limit: number): Promise<string[]>;
  legacyIdsOfBatch(entityNo: number, batchId: number): Promise<string[]>;
  deleteForRun(
    on: Queryable,
    of: { readonly runId: string; readonly entity: string; readonly entityNo: number },
  ): Promise<void>;
  truncate(on: Queryable, entityNo: number): Promise<void>;
}

export function createMappingStore(database: Database): MappingStore {
  async function entityNo(
    migration: string,
    entity: string,
    on: Queryable = database,
  ): Promise<number | null> {
    const [row] = await on.query<{ entityNo: number }>(findEntitySql, [migration, entity]);
    return row?.entityNo ?? null;
  }

  return {
    entityNo: (migration, entity) => entityNo(migration, entity),
    async ensureEntity(migration, entity) {
      const known = await entityNo(migration, entity);
      if (known !== null) return known;
      return database.transaction(async (session) => {
        await session.query(lockEntitiesSql);
        const entered = await session.query<{ entityNo: number }>(enterEntitySql, [migration, entity]);
        const no = entered[0]?.entityNo ?? (await entityNo(migration, entity, session))!;
        await session.query(createPartitionSql(no));
        return no;
      });
    },
    entities: (migration) => database.query(listMappedEntitiesSql, [migration]),
    copyTarget: partitionOf,
    async finish(no, on = database) {
      await on.query(finishPartitionSql(no));
      await on.query(analyzePartitionSql(no));
    },
    count: async (no, on = database) => (await on.query<{ rows: number }>(countPairsSql(no)))[0]!.rows,
    merged: async (no) => (await database.query<MergedRows>(countMergedSql(no)))[0]!,
    find: (no, legacyIds, on = database) => on.query<MappingPair>(findPairsSql(no), [legacyIds]),
    async legacyIdsOfBatch(no, batchId) {
      const rows = await database.query<{ legacyId: string }>(pairsOfBatchSql(no), [batchId]);
      return rows.map(({ legacyId }) => legacyId);
    },
    async someLegacyIds(no, limit) {
      const rows = await database.query<{ legacyId: string }>(someLegacyIdsSql(no), [limit]);
      return rows.map(({ legacyId }) => legacyId);
    },
    async deleteForRun(on, { runId, entity, entityNo: no }) {
      await on.query(deletePairsOfRunSql(no), [runId, entity]);
    },
    async truncate(on, no) {
      await on.query(truncatePairsSql(no));
    },
  };
}
