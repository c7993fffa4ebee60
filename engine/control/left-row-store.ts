/** Rows of a run that its rollback left where they are, and why; the statements that delete around them are the rollback’s. */
import type { Database } from '../db/database.ts';
import { quoteTable } from '../db/quote.ts';
import {
  countLeftSql,
  entitiesLeftSql,
  forgetLeftSql,
  forgetUndecidedSql,
  leaveRowsSql,
  listLeftSql,
} from './left-row-store.sql.ts';
import { partitionOf } from './mapping-store.sql.ts';
import type { Queryable } from './queryable.ts';

export interface LeftRecord {
  readonly id: string;
  readonly legacyId: string;
  readonly reason: 'changed' | 'pointed-at';
  /** Columns that others changed; null where that is not known. */
  readonly columns: readonly string[] | null;
}

interface Which {
  readonly runId: string;
  readonly entity: string;
}

export interface LeftRowStore {
  /** Replaces what an attempt that broke off decided of rows that are still the run’s. */
  leave(on: Queryable, of: Which & { readonly entityNo: number }, rows: readonly LeftRecord[]): Promise<void>;
  list(of: Which & { readonly limit: number }, on?: Queryable): Promise<LeftRecord[]>;
  count(of: Which, on?: Queryable): Promise<{ readonly changed: number; readonly pointedAt: number }>;
  /** Entities of which rows were left, with how many. */
  entities(runId: string): Promise<{ readonly entity: string; readonly rows: number }[]>;
  forget(on: Queryable, of: Which): Promise<void>;
}

/** Rows a statement. */
const CHUNK = 20_000;

export function createLeftRowStore(database: Database): LeftRowStore {
  return {
    async leave(on, { runId, entity, entityNo }, rows) {
      await on.query(forgetUndecidedSql(quoteTable(partitionOf(entityNo))), [runId, entity]);
      for (let i = 0; i < rows.length; i += CHUNK)
        await on.query(leaveRowsSql, [runId, entity, JSON.stringify(rows.slice(i, i + CHUNK))]);
    },
    list: ({ runId, entity, limit }, on = database) =>
      on.query<LeftRecord>(listLeftSql, [runId, entity, limit]),
    async count({ runId, entity }, on = database) {
      const [row] = await on.query<{ changed: number; pointedAt: number }>(countLeftSql, [runId, entity]);
      return row!;
    },
    entities: (runId) => database.query(entitiesLeftSql, [runId]),
    async forget(on, { runId, entity }) {
      await on.query(forgetLeftSql, [runId, entity]);
    },
  };
}
