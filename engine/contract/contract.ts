/** The engine as its callers see it: CLI, tools, tests. Implemented in engine.ts. */
import type { EventPublisher } from '../core/events.ts';
import type { PlanFinding } from '../plan/finding.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import type { Catalog } from '../schema/catalog.ts';
import type { ApprovalCard, ApprovalDecision, ApprovalState, Wish } from './approvals.ts';
import type { AuditEntry, AuditVerdict, AuditWitness } from './audit.ts';
import type { CodeTrial, TryCodeOptions } from './code-trial.ts';
import type { ExplainOptions, RowExplanation } from './explain.ts';
import type { PreflightCheck } from './preflight-check.ts';
import type {
  Cause,
  CauseCard,
  ExportedRow,
  QuarantinedRow,
  RetryOptions,
  RetryReport,
  RevealedRows,
  RevealHeld,
  TryFixOptions,
  TryReport,
} from './quarantine.ts';
import type { RehearsalReport, RehearseOptions } from './rehearsal.ts';
import type { MigrationReport, RecentEvent } from './report.ts';
import type { Approval, ApproveOptions, MigrateOptions, ResumeOptions, RunResult, RunStatus } from './run.ts';
import type { RollbackOptions, RollbackReport } from './undo.ts';
import type { ValidateOptions, ValidationReport } from './validation.ts';

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
  /** `by`: who asks, for the audit log. */
  requestPause(runId: string, by?: string): Promise<void>;
  requestCancel(runId: string, by?: string): Promise<void>;
  /** Newest first. */
  runs(): Promise<RunStatus[]>;
  /**
   * The newest run, of this migration if told, of which something is in the target or may come: neither undone nor given
   * up before it brought a row.
   */
  currentRun(migration?: string): Promise<RunStatus | null>;
  /** The newest run where no id is given. */
  status(runId?: string): Promise<RunStatus>;
  /** Rows written in each second in which batches of a run ended, in the order of time. */
  throughput(runId: string): Promise<MigrationReport['throughput']>;
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
  /**
   * The first rows of one card as they are, for a person who said why: that stands in the audit log before a value is read.
   * Agents and workflows are not given this function. Throws UNKNOWN_CARD, NAME_REQUIRED and REASON_REQUIRED.
   */
  revealHeld(of: RevealHeld): Promise<RevealedRows>;
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
  /** Old keys of a few rows that are in the target, in the order of their texts; none where the entity was never moved. */
  movedKeys(migration: string, entity: string, limit: number): Promise<string[]>;
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
