/** The engine as its callers see it: CLI, tools, tests. Implemented in engine.ts. */
import type { EventPublisher } from '../core/events.ts';
import type { Finding } from '../core/findings.ts';
import type { PlanFinding } from '../plan/finding.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import type { Catalog } from '../schema/catalog.ts';
import type { ApprovalCard, ApprovalDecision, ApprovalState, Wish } from './approvals.ts';
import type { AuditEntry, AuditVerdict, AuditWitness } from './audit.ts';
import type { ChaosOptions, ChaosReport } from './chaos.ts';
import type { CodeTrial, TryCodeOptions } from './code-trial.ts';
import type { ExplainOptions, RowExplanation } from './explain.ts';
import type {
  Cause,
  CauseCard,
  ExportedRow,
  QuarantinedRow,
  RetryOptions,
  RetryReport,
  RowRetry,
  TryFixOptions,
  TryReport,
} from './quarantine.ts';
import type { RecoverySummary } from './recovery.ts';
import type { RollbackOptions, RollbackReport, UndoScope } from './undo.ts';

/** A value of a column as it is and as the plan would have it; `after` null with `misfit`: it does not fit, and why. */
export interface ColumnExample {
  readonly before: string | null;
  readonly after: string | null;
  readonly misfit: string | null;
}

export interface Engine {
  readonly events: EventPublisher;
  preflight(options?: { readonly planNeeds?: { readonly code: boolean } }): Promise<PreflightCheck[]>;
  /** Reads the source only. `schemas` empty: all that are not the server's own. */
  analyze(options?: {
    readonly schemas?: readonly string[];
    /** Neither counts nor samples: enough to see what changed. */
    readonly structureOnly?: boolean;
    /** Rows of each table whose values are looked at; default 2 000. */
    readonly sampleRows?: number;
    /** `all` reads large tables whole to count them; default `small`. */
    readonly counts?: 'none' | 'small' | 'all';
  }): Promise<Catalog>;
  /** Tables of the target's schema (by default `public`), with how many rows they hold; null where there are none. Reads only. */
  lookAtTarget(schema?: string): Promise<Catalog | null>;
  /** A new plan for a catalog; nothing is written. Tables that `target` holds already are filled where they match. */
  createPlan(
    catalog: Catalog,
    options: {
      readonly migration: string;
      readonly targetSchema?: string;
      readonly target?: Catalog | undefined;
      readonly today: string;
    },
  ): PlanFile;
  /**
   * What the compiler says of the plan's code, by line and column of the code; nothing for a plan without code. Nothing is
   * run, and Docker is not needed. Throws SANDBOX_MISSING where the engine was given nothing that checks code.
   */
  checkCode(plan: PlanFile, catalog: Catalog): Promise<PlanFinding[]>;
  /**
   * Up to `count` values of each column as they are and as they would be, personal ones masked: one bounded read of each
   * table of the source. Entities that cannot be read in time have none.
   */
  examples(
    plan: PlanFile,
    of: { readonly catalog: Catalog; readonly entities: readonly string[]; readonly count: number },
  ): Promise<ReadonlyMap<string, ReadonlyMap<string, readonly ColumnExample[]>>>;
  /** A plan that was approved or run, by its hash or the beginning of it. Throws UNKNOWN_PLAN. */
  storedPlan(hash: string): Promise<PlanFile>;
  /**
   * Tries one piece of code of this plan, which may be a draft that stands in no file, on a few rows of the source, twice.
   * Nothing is written anywhere. What is wrong with the code, and that there is no Docker, are answers; throws where the
   * code cannot be tried as asked: UNKNOWN_ENTITY, UNKNOWN_COLUMN, AMBIGUOUS_NAME, NO_CODE, CODE_DOES_NOT_FIT,
   * SOURCE_DRIFT, and SANDBOX_MISSING where the engine was given nothing that checks code.
   */
  tryCode(plan: PlanFile, options: TryCodeOptions): Promise<CodeTrial>;
  rehearse(plan: PlanFile, options: RehearseOptions): Promise<RehearsalReport>;
  approve(plan: PlanFile, options: ApproveOptions): Promise<Approval>;
  /** Accepts the rows that keep a run's gate closed, just as many as there are, one approval an entity; then resume. */
  acceptSetAside(runId: string, options: ApproveOptions & { readonly reason: string }): Promise<Approval[]>;
  /**
   * Writes down what somebody would like to do, for a person to decide. The same wish asked twice is one card while that
   * fits, be it requested or granted. Throws where the wish makes no sense: SOURCE_DRIFT, PLAN_INVALID, GATE_NOT_CLOSED,
   * NOT_VALIDATED, RUN_NOT_FINISHED, DEPENDENCY_NOT_MET.
   */
  requestApproval(wish: Wish, requestedBy: string): Promise<ApprovalCard>;
  /** Newest first. */
  approvals(of?: { readonly states?: readonly ApprovalState[] }): Promise<ApprovalCard[]>;
  /**
   * A person's yes or no. Agents and workflows are not given this function. A yes computes the effect anew: throws
   * APPROVAL_OUTDATED where it grew or changed since it was shown. Throws as well UNKNOWN_APPROVAL, APPROVAL_DECIDED,
   * APPROVAL_USED, APPROVAL_EXPIRED, REASON_REQUIRED and NAME_REQUIRED.
   */
  decideApproval(id: string, decision: ApprovalDecision): Promise<ApprovalCard>;
  /**
   * Uses up the granted approval that covers this wish as things are now. Throws APPROVAL_REQUIRED, APPROVAL_EXPIRED,
   * APPROVAL_USED, APPROVAL_DECLINED, APPROVAL_TOO_SMALL or APPROVAL_OUTDATED (source or target changed since). A run uses
   * its own, and pauses with APPROVAL_EXCEEDED before a level that would go beyond it.
   */
  useApproval(wish: Wish): Promise<ApprovalCard>;
  migrate(plan: PlanFile, options: MigrateOptions): Promise<RunResult>;
  /** Continues a run from its committed checkpoints. */
  resume(runId: string, options: ResumeOptions): Promise<RunResult>;
  requestPause(runId: string): Promise<void>;
  requestCancel(runId: string): Promise<void>;
  /** Newest first. */
  runs(): Promise<RunStatus[]>;
  /**
   * The newest run, of this migration if told, of which something is in the target or may come: neither undone nor given
   * up before it brought a row.
   */
  currentRun(migration?: string): Promise<RunStatus | null>;
  /** The newest run where no id is given. */
  status(runId?: string): Promise<RunStatus>;
  validate(options: ValidateOptions): Promise<ValidationReport>;
  /** What the newest full validation of a run said, or else the newest of any kind; null where there is none. */
  validation(runId: string): Promise<ValidationReport | null>;
  rollback(options: RollbackOptions): Promise<RollbackReport>;
  quarantine(options: {
    readonly runId?: string;
    readonly entity?: string;
    readonly cause?: string;
    readonly limit?: number;
  }): Promise<QuarantinedRow[]>;
  causes(options: { readonly runId?: string; readonly entity?: string }): Promise<Cause[]>;
  /** Rows set aside, one card a cause, most rows first. Reads only; values are masked. */
  causeCards(options: { readonly runId?: string; readonly entity?: string }): Promise<CauseCard[]>;
  /**
   * What a changed plan would make of rows that were set aside. Reads only: the target's session is read-only by the
   * server's own setting. Throws UNKNOWN_CARD, SOURCE_DRIFT, PLAN_INVALID and what changes of a plan throw.
   */
  tryFix(options: TryFixOptions): Promise<TryReport>;
  /**
   * Moves rows that were set aside, by the plan given, which the run follows from then on: all in one transaction with the
   * approval it uses up. Throws as `tryFix`, and RETRY_NEEDS_NEW_MOVE, RETRY_CHANGES_MOVED_ROWS, RUN_CANNOT_RETRY, RUN_LOCKED
   * and what using an approval throws; then nothing was changed.
   */
  retry(options: RetryOptions): Promise<RetryReport>;
  /** Rows that were set aside, one after the other, with all that is needed to load them elsewhere. */
  exportHeld(options: {
    readonly runId?: string;
    readonly cards?: readonly string[];
    readonly entity?: string;
    /** Those too that were settled since. */
    readonly all?: boolean;
  }): AsyncIterable<ExportedRow>;
  /**
   * Why a row is what it is in the target, or why it is not there: every transform at work on it, who approved, what was
   * verified, what changed since. Reads only; runs the plan's code where the engine was given something to run it. Throws
   * NO_RUN, UNKNOWN_RUN and UNKNOWN_ENTITY.
   */
  explainRow(of: ExplainOptions): Promise<RowExplanation>;
  /** The audit log, and errors of the newest run; newest last. */
  recentEvents(limit: number): Promise<RecentEvent[]>;
  /** Who did what, newest first. Throws NO_RUN where the target holds no records of Towpath. */
  auditLog(limit: number): Promise<AuditEntry[]>;
  /** The whole audit log, oldest first. Throws NO_RUN. */
  auditEntries(): AsyncIterable<AuditEntry>;
  /** Whether the audit log is what was written; that nothing is missing at its end only a witness can tell. Throws NO_RUN. */
  verifyAudit(witness?: AuditWitness): Promise<AuditVerdict>;
  report(runId?: string): Promise<MigrationReport>;
  /** Removes old checkpoints, artifacts and errors from the control schema; never mappings, approvals or the audit log. */
  cleanup(options: {
    readonly olderThanDays: number;
  }): Promise<{ readonly removed: Readonly<Record<string, number>> }>;
  close(): Promise<void>;
}

export interface PreflightCheck {
  readonly name: string;
  readonly status: 'pass' | 'warn' | 'fail' | 'skipped';
  /** What was found, in one sentence. */
  readonly message: string;
  /** What to do, for warnings and failures. */
  readonly remedy: string | null;
}

export interface RehearseOptions {
  readonly entities: readonly string[];
  /** Rows an entity, before parents are added. */
  readonly sample: number;
  /** Refused with APPROVAL_EXCEEDED where the chosen rows and their parents are more; default any number. */
  readonly maxRows?: number;
  /** Once it went through, the same sample is moved again and again under faults. */
  readonly chaos?: ChaosOptions;
  readonly signal?: AbortSignal;
}

export interface RehearsalReport {
  readonly status: 'passed' | 'failed';
  readonly planHash: string;
  readonly entities: readonly {
    readonly entity: string;
    readonly rows: number;
    readonly written: number;
    readonly repaired: number;
    readonly quarantined: number;
    /** Rows that are the same record as another; absent: none. */
    readonly duplicates?: number | undefined;
    readonly rowsPerSecond: number;
    /** Masked: personal values show their shape only. */
    readonly samples: readonly {
      readonly before: Readonly<Record<string, string | null>>;
      readonly after: Readonly<Record<string, string | null>>;
    }[];
  }[];
  readonly validation: ValidationReport;
  readonly forecast: {
    readonly rows: number;
    /** Seconds of the full run: likely, and the band it lies in. */
    readonly seconds: { readonly low: number; readonly likely: number; readonly high: number };
    /** Bytes that the target grows by, write-ahead log apart. */
    readonly targetBytes: number;
    readonly walBytes: number;
  };
  /** Scratch schemas of rehearsals that had been killed, found and removed by this one. */
  readonly removedLeftovers: readonly string[];
  /** What the moves under faults showed; absent where none was asked for, or the rehearsal itself did not go through. Where they
   * prove nothing, `status` is still that of the rehearsal itself. */
  readonly chaos?: ChaosReport;
}

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

export type ValidationType = 'all' | 'integrity' | 'completeness' | 'accuracy' | 'performance';

export interface ValidateOptions {
  readonly type: ValidationType;
  readonly runId?: string;
  readonly entities: readonly string[];
  readonly fix: boolean;
  readonly sample?: number;
  readonly signal?: AbortSignal;
}

export interface ValidationCheck {
  readonly entity: string;
  /** For example `record-count`, `mapping`, `primary-key`, `foreign-key`, `not-null`, `check`, `row-compare`, `money`. */
  readonly type: string;
  readonly status: 'pass' | 'fail' | 'skipped' | 'could-not-check';
  readonly expected: string | null;
  readonly actual: string | null;
  readonly tolerance: string;
  readonly message: string;
  /** SQL that anyone can run again, where the check is one statement. */
  readonly sql: string | null;
  readonly milliseconds: number;
}

export interface ValidationReport {
  readonly runId: string;
  readonly type: ValidationType;
  readonly timestamp: string;
  readonly overallStatus: 'verified' | 'differences' | 'incomplete';
  readonly checks: readonly ValidationCheck[];
  readonly issues: readonly Finding[];
  /** What was not checked, in words. Empty only when everything was. */
  readonly notVerified: readonly string[];
  readonly recommendations: readonly string[];
  readonly rowsCompared: number;
  readonly valuesCompared: number;
  readonly money: readonly {
    readonly entity: string;
    readonly column: string;
    readonly currency: string | null;
    readonly month: string | null;
    readonly rows: string;
    readonly source: string;
    readonly target: string;
    /** Sum of the rows set aside. */
    readonly quarantined: string;
    /** Sum of rows that are the same record as another and were not moved; absent: there are none. */
    readonly duplicates?: string | undefined;
  }[];
}

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
