/**
 * What the ledger says of an entity: which rows got an id, which were set aside, which values were repaired.
 * Over all runs of the migration: a row set aside by an earlier run and moved by a later one has its pair, and that counts.
 */
import { countKeptSql } from '../control/kept-store.sql.ts';
import type { Queryable } from '../control/queryable.ts';
import type { TableName } from '../schema/catalog.ts';
import {
  duplicateKeysSql,
  lastStateSql,
  leftAsTheyWereSql,
  repairedKeysSql,
  setAsideKeysSql,
  updatedIdsSql,
} from './records.sql.ts';

export interface ValidationRecords {
  /** True once a run has completed the entity, and none has taken it back since. */
  migrated(entity: string): Promise<boolean>;
  /** Null where no run ever knew the entity. */
  pairs(entity: string): Promise<{ readonly entityNo: number; readonly table: TableName } | null>;
  /** Legacy keys of rows that are in quarantine and not in the target. */
  setAside(entity: string, pairs: TableName): Promise<string[]>;
  /** Legacy keys of rows whose value in a column was replaced. */
  repaired(entity: string, column: string): Promise<string[]>;
  /** How many old rows the target held before. */
  keptRows(entityNo: number): Promise<number>;
  /** Legacy keys of rows that the target held before and that were left as they are. */
  leftAsTheyWere(pairs: TableName): Promise<string[]>;
  /** New ids of rows that the target held before and that got the old system's values. */
  updated(pairs: TableName): Promise<string[]>;
  /** Legacy keys of rows that are the same record as another and lead to its row. */
  duplicates(pairs: TableName): Promise<string[]>;
}

/** The part of the control schema that is needed here. */
export interface PairTables {
  entityNo(migration: string, entity: string): Promise<number | null>;
  copyTarget(entityNo: number): TableName;
}

export function createControlRecords(
  migration: string,
  mappings: PairTables,
  target: Queryable,
): ValidationRecords {
  const keys = async (sql: string, values: readonly unknown[]) =>
    (await target.query<{ key: string }>(sql, values)).map((row) => row.key);
  return {
    async migrated(entity) {
      const [row] = await target.query<{ state: string }>(lastStateSql, [migration, entity]);
      return row?.state === 'completed';
    },
    async pairs(entity) {
      const entityNo = await mappings.entityNo(migration, entity);
      return entityNo === null ? null : { entityNo, table: mappings.copyTarget(entityNo) };
    },
    setAside: (entity, pairs) => keys(setAsideKeysSql(pairs), [migration, entity]),
    repaired: (entity, column) => keys(repairedKeysSql, [migration, entity, column]),
    keptRows: async (entityNo) => (await target.query<{ rows: number }>(countKeptSql, [entityNo]))[0]!.rows,
    leftAsTheyWere: (pairs) => keys(leftAsTheyWereSql(pairs), []),
    updated: (pairs) => keys(updatedIdsSql(pairs), []),
    duplicates: (pairs) => keys(duplicateKeysSql(pairs), []),
  };
}
