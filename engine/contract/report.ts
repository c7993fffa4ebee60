/** What is told of a run once it is over: the report, a row, what happened lately. */
import type { ChaosReport } from './chaos.ts';
import type { Cause, QuarantinedRow, RowRetry } from './quarantine.ts';
import type { RecoverySummary } from './recovery.ts';
import type { RunStatus } from './run.ts';
import type { ValidationReport } from './validation.ts';

/** Holds the row's values as they are: whoever shows them masks them. */
export interface FoundRow {
  readonly entity: string;
  readonly legacyId: string;
  /** Null where it was not moved. */
  readonly newId: string | null;
  readonly batchId: number | null;
  readonly runId: string | null;
  readonly quarantined: QuarantinedRow | null;
  /** What `quarantine retry` did to it since its batch. */
  readonly retried?: RowRetry | null;
  readonly repairs: readonly { readonly column: string; readonly rule: string }[];
  /** As the source has it now; null where it has none, or where rows are known by their content only. */
  readonly sourceRow: Readonly<Record<string, string | null>> | null;
  /** Old key of the row that is moved for it, where it is the same record as that; `newId` is that row's. */
  readonly duplicateOf?: string;
  /** True where the plan's filter leaves it out. */
  readonly filteredOut: boolean;
  /** Of a row that the target held before: what was done to it. Null: a run inserted it. */
  readonly merged?: 'kept' | 'updated' | 'duplicate' | null;
  /** True where the plan keeps one of several equal rows, and this is another. */
  readonly duplicate?: boolean;
}

export interface RecentEvent {
  readonly at: string;
  readonly kind: 'audit' | 'error';
  readonly actor: string;
  /** The audit log's word, or the error's code. */
  readonly action: string;
  readonly runId: string | null;
  readonly entity: string | null;
  readonly message: string | null;
  readonly details: Readonly<Record<string, unknown>>;
}

export interface MigrationReport {
  readonly run: RunStatus;
  readonly plan: {
    readonly hash: string;
    readonly migration: string;
    readonly entities: number;
    readonly rows: number;
  };
  readonly approvals: readonly {
    readonly approver: string;
    readonly action: string;
    readonly planHash: string;
    readonly at: string;
    readonly reason: string | null;
  }[];
  readonly causes: readonly Cause[];
  /** How much of what went wrong was put right without a person. */
  readonly recovery?: RecoverySummary;
  readonly validation: ValidationReport | null;
  /** Rows a second over time, for the throughput chart. */
  readonly throughput: readonly { readonly at: string; readonly rowsPerSecond: number }[];
  readonly excludedTables: readonly { readonly table: string; readonly reason: string }[];
  /** Rows that the target held before and that are the same as old ones; absent where no entity merges. */
  readonly merged?: readonly { readonly entity: string; readonly kept: number; readonly updated: number }[];
  /** Of this very plan, the newest rehearsal under faults; absent where none was made. */
  readonly chaos?: ChaosReport;
  /** Rows that are the same record as another, and those they lead to; absent where the plan puts none together. */
  readonly duplicates?: readonly {
    readonly entity: string;
    readonly rows: number;
    readonly into: number;
    /** Source columns by which they are one record. */
    readonly by: readonly string[];
  }[];
  readonly notVerified: readonly string[];
  readonly generatedAt: string;
}
