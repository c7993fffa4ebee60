/** Values that were changed on the way by a rule of the plan: which, by what rule, and what they had been. */
import type { Database } from '../db/database.ts';
import type { Queryable } from './queryable.ts';
import {
  addRepairsSql,
  countRepairedSql,
  forgetRepairsSql,
  listRepairsSql,
  repairCausesSql,
} from './repair-store.sql.ts';

export interface NewRepair {
  readonly runId: string;
  readonly entity: string;
  readonly legacyId: string;
  readonly batchId: number | null;
  readonly column: string;
  readonly rule: string;
  /** The source's value as text. */
  readonly original: string | null;
}

export interface Repair extends NewRepair {
  readonly createdAt: string;
}

export interface RepairCause {
  readonly entity: string;
  readonly rule: string;
  readonly column: string;
  readonly rows: number;
}

interface Which {
  readonly runId: string;
  readonly entity: string;
  readonly legacyIds?: readonly string[];
  readonly batchIds?: readonly number[];
  readonly columns?: readonly string[];
}

export interface RepairStore {
  add(on: Queryable, repairs: readonly NewRepair[]): Promise<void>;
  list(of: { readonly runId: string; readonly entity?: string; readonly limit?: number }): Promise<Repair[]>;
  /** Most frequent first. */
  causes(runId: string, entity?: string): Promise<RepairCause[]>;
  /** Rows, each once however many of its values were repaired. */
  count(runId: string, entity?: string): Promise<number>;
  /** Before the rows are moved again. */
  forget(on: Queryable, which: Which): Promise<void>;
}

export function createRepairStore(database: Database): RepairStore {
  return {
    async add(on, repairs) {
      if (repairs.length > 0) await on.query(addRepairsSql, [JSON.stringify(repairs)]);
    },
    list: ({ runId, entity, limit }) =>
      database.query<Repair>(listRepairsSql, [runId, entity ?? null, limit ?? 100]),
    causes: (runId, entity) => database.query<RepairCause>(repairCausesSql, [runId, entity ?? null]),
    async count(runId, entity) {
      const [row] = await database.query<{ rows: number }>(countRepairedSql, [runId, entity ?? null]);
      return row!.rows;
    },
    async forget(on, { runId, entity, legacyIds, batchIds, columns }) {
      const which = [legacyIds ?? null, batchIds ?? null, columns ?? null];
      await on.query(forgetRepairsSql, [runId, entity, ...which]);
    },
  };
}
