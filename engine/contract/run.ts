/** A run: what it is asked, who said yes to it, and how it stands. */
import type { Finding } from '../core/findings.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import type { Catalog } from '../schema/catalog.ts';
import type { UndoScope } from './undo.ts';
import type { ValidationReport } from './validation.ts';

export interface ApproveOptions {
  readonly approver: string;
  readonly reason?: string;
  readonly validHours?: number;
  /** What the plan was made for: with it, a later change of the source can be told and stops only what it concerns. */
  readonly catalog?: Catalog;
}

export interface Approval {
  readonly id: string;
  readonly planHash: string;
  readonly approver: string;
  readonly maxRows: number;
  readonly expiresAt: string;
}

export interface MigrateOptions {
  /** Entities and groups; empty or `all`: the whole plan. */
  readonly entities: readonly string[];
  readonly withDependencies: boolean;
  readonly dryRun: boolean;
  readonly batchSize: number | null;
  readonly maxConcurrency: number;
  /** Batches between two summaries in `migration_checkpoints`. */
  readonly checkpointFrequency: number;
  readonly timeoutMinutes: number | null;
  /** Overrides the plan's share of rows that may fail; null: the plan's. */
  readonly maxFailureRate: number | null;
  readonly validate: boolean;
  /** Approves the plan on behalf of this person right before the run; null: an approval must exist. */
  readonly approveAs: string | null;
  /** Aborted by Ctrl-C: batches in hand finish, then the run pauses. */
  readonly signal?: AbortSignal;
}

export interface ResumeOptions
  extends Pick<MigrateOptions, 'batchSize' | 'maxConcurrency' | 'validate' | 'signal'> {
  /** Repeats from this batch on: its rows and those of later batches are taken out first. */
  readonly restartFromBatch?: number;
  /**
   * The plan as it was edited since the run began, with an approval of its own. What is complete must read the same in both;
   * what is not and reads otherwise is moved anew. Throws PLAN_TOUCHES_COMPLETE.
   */
  readonly plan?: PlanFile;
  /** Approves the edited plan on behalf of this person right now; null: an approval must exist. */
  readonly approveAs?: string | null;
}

export type EntityOutcome = 'COMPLETED' | 'SKIPPED' | 'FAILED' | 'ALREADY_MIGRATED';

export interface EntityStatus {
  readonly entity: string;
  readonly level: number;
  readonly state: 'pending' | 'copying' | 'finishing' | 'completed' | 'failed' | 'skipped' | 'rolled-back';
  readonly outcome: EntityOutcome | null;
  readonly totalRecords: number;
  readonly rowsRead: number;
  readonly written: number;
  readonly repaired: number;
  readonly quarantined: number;
  readonly excluded: number;
  /** Rows that are the same record as another one that moves; absent: none. */
  readonly duplicates?: number;
  readonly batches: number;
  readonly startedAt: string | null;
  readonly finishedAt: string | null;
  readonly error: { readonly code: string; readonly message: string; readonly hint: string } | null;
}

export interface RunStatus {
  readonly runId: string;
  readonly migration: string;
  readonly state: string;
  readonly planHash: string;
  readonly startedAt: string;
  readonly updatedAt: string;
  readonly finishedAt: string | null;
  readonly entities: readonly EntityStatus[];
  /** True while a process holds the run's lock. */
  readonly alive: boolean;
  /** What is being taken out; only while it is. */
  readonly undoing?: UndoScope;
  readonly error: { readonly code: string; readonly message: string; readonly hint: string } | null;
}

export interface RunResult extends RunStatus {
  readonly dryRun: boolean;
  readonly gate: {
    readonly status: 'passed' | 'closed';
    readonly level: number | null;
    readonly findings: readonly Finding[];
  };
  readonly validation: ValidationReport | null;
  readonly milliseconds: number;
}
