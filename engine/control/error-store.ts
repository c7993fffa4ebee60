/** Errors met on the way, retried ones too. Redacted before they are written: no secret and no row's value. */
import { MigrationError, type Severity } from '../core/errors.ts';
import { redact, redactText } from '../core/redaction.ts';
import type { Database } from '../db/database.ts';
import { classify } from '../db/sqlstate.ts';
import {
  addErrorSql,
  countErrorsSql,
  countRecoveriesSql,
  deleteErrorsSql,
  listErrorsSql,
} from './error-store.sql.ts';
import type { Queryable } from './queryable.ts';

export interface ErrorPlace {
  readonly runId?: string;
  readonly entity?: string;
  readonly batchId?: number;
  readonly attempt?: number;
  /** What was being done. */
  readonly step?: string;
  readonly recovery?: {
    readonly kind: string;
    readonly strategy: string;
    readonly outcome: 'recovered' | 'gave-up';
  };
}

/** How errors of one kind ended; `gaveUp` counts entities, and the run itself as one. */
export interface RecoveryCount {
  readonly kind: string;
  readonly recovered: number;
  readonly gaveUp: number;
}

export interface StoredError {
  readonly runId: string | null;
  readonly entity: string | null;
  readonly batchId: number | null;
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly details: Readonly<Record<string, unknown>>;
  readonly attempt: number | null;
  readonly step: string | null;
  readonly kind: string | null;
  readonly strategy: string | null;
  readonly outcome: 'recovered' | 'gave-up' | null;
  readonly createdAt: string;
}

export interface ErrorStore {
  add(error: unknown, place: ErrorPlace, on?: Queryable): Promise<void>;
  /** Newest first. Default limit 100. */
  list(of: {
    readonly runId: string;
    readonly entity?: string;
    readonly limit?: number;
  }): Promise<StoredError[]>;
  /** How often each code was met. */
  counts(
    runId: string,
  ): Promise<{ readonly code: string; readonly severity: Severity; readonly times: number }[]>;
  /** How they ended, by kind of docs/recovery-table.md. */
  recoveries(runId: string): Promise<RecoveryCount[]>;
  /** Returns how many were removed. */
  deleteOlderThan(days: number): Promise<number>;
}

export function createErrorStore(database: Database): ErrorStore {
  return {
    async add(error, { runId, entity, batchId, attempt, step, recovery }, on = database) {
      const { code, severity, name } = classify(error);
      const known = error instanceof MigrationError;
      // a server's own message may quote a row; its code and the names it gives do not
      const message = known ? redactText(error.message) : name.replaceAll('_', ' ');
      const details = redact(known ? error.details : error);
      await on.query(addErrorSql, [
        runId ?? null,
        entity ?? null,
        batchId ?? null,
        known ? error.code : code,
        severity,
        message,
        JSON.stringify(typeof details === 'object' && details !== null ? details : {}),
        attempt ?? null,
        step ?? null,
        recovery?.kind ?? null,
        recovery?.strategy ?? null,
        recovery?.outcome ?? null,
      ]);
    },
    list: ({ runId, entity, limit }) =>
      database.query<StoredError>(listErrorsSql, [runId, entity ?? null, limit ?? 100]),
    counts: (runId) => database.query(countErrorsSql, [runId]),
    recoveries: (runId) => database.query<RecoveryCount>(countRecoveriesSql, [runId]),
    deleteOlderThan: async (days) => (await database.query(deleteErrorsSql, [days])).length,
  };
}
