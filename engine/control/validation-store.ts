/** Validation reports of a run, each as it was made. */
import type { Database } from '../db/database.ts';
import type { Queryable } from './queryable.ts';
import { addValidationSql, listValidationsSql } from './validation-store.sql.ts';

export interface StoredValidation {
  readonly id: string;
  readonly runId: string;
  readonly type: string;
  readonly status: string;
  /** To be checked with zod by whoever reads it. */
  readonly report: unknown;
  readonly createdAt: string;
}

export interface ValidationStore {
  add(
    validation: {
      readonly runId: string;
      readonly type: string;
      readonly status: string;
      readonly report: unknown;
    },
    on?: Queryable,
  ): Promise<StoredValidation>;
  latest(runId: string, type?: string): Promise<StoredValidation | null>;
  /** Newest first. */
  list(runId: string, limit?: number): Promise<StoredValidation[]>;
}

export function createValidationStore(database: Database): ValidationStore {
  return {
    async add({ runId, type, status, report }, on = database) {
      const [added] = await on.query<StoredValidation>(addValidationSql, [
        runId,
        type,
        status,
        JSON.stringify(report),
      ]);
      return added!;
    },
    latest: async (runId, type) =>
      (await database.query<StoredValidation>(listValidationsSql, [runId, type ?? null, 1]))[0] ?? null,
    list: (runId, limit = 100) => database.query<StoredValidation>(listValidationsSql, [runId, null, limit]),
  };
}
