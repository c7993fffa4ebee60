/**
 * What happens during a run, for progress displays, webhooks, metrics and the page. Events carry names, numbers and
 * reasons, never a row's values. The control schema is the truth; a missed event loses nothing.
 */
import { type Clock, createClock } from './clock.ts';
import type { ErrorReport } from './errors.ts';
import type { CheckStatus, Finding } from './findings.ts';

/** Rows of a whole run or of one entity; `rowsPerSecond` over the last batches; times in milliseconds. */
export interface Progress {
  readonly rowsDone: number;
  readonly rowsTotal: number;
  readonly rowsPerSecond?: number;
  readonly remainingMilliseconds?: number | null;
}

export interface RowCounts {
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly rowsQuarantined: number;
  readonly rowsRepaired: number;
  /** Rows that are the same record as another one that moves; absent: none. */
  readonly rowsDuplicate?: number;
}

interface Named {
  readonly entity: string;
}

/** An error on the way and what was done about it; `entity` null: of the run as a whole. Kinds: docs/recovery-table.md. */
interface OfFault {
  readonly entity: string | null;
  readonly batchId: number | null;
  readonly step: string;
  readonly kind: string;
  /** SQLSTATE, errno or own code. */
  readonly code: string;
  readonly strategy: string;
}

interface OfBatch extends Named {
  readonly batchId: number;
}

/** Payload by type; `runId` and `at` come on top. */
export interface EventPayloads {
  'migration.started': {
    migration: string;
    entities: readonly string[];
    rowsTotal: number;
    resumed: boolean;
    dryRun: boolean;
  };
  'migration.progress': Progress;
  'migration.stage': { stage: string; level?: number };
  'migration.paused': { reason: string };
  'migration.resumed': { reason?: string };
  'migration.completed': RowCounts & { milliseconds: number };
  'migration.failed': { error: ErrorReport };
  'migration.cancelled': { reason: string };
  /** `rowsKept`: of others. `rowsLeft`: of the run, because others changed or need them. */
  'migration.rolled-back': { rowsRemoved: number; rowsRestored: number; rowsKept: number; rowsLeft: number };
  'entity.started': Named & { level: number; rowsTotal: number };
  'entity.progress': Named & Progress;
  'entity.finishing': Named & { step: string };
  'entity.completed': Named & RowCounts & { milliseconds: number };
  'entity.skipped': Named & { reason: string };
  'entity.failed': Named & { error: ErrorReport };
  'entity.rolled-back': Named & { rowsRemoved: number; rowsLeft: number };
  'batch.started': OfBatch & { batchSize: number };
  'batch.completed': OfBatch &
    RowCounts &
    Progress & { bytesRead: number; bytesWritten: number; milliseconds: number; nextBatchSize: number };
  'batch.retrying': OfBatch & { attempt: number; code: string; delayMilliseconds?: number };
  'batch.failed': OfBatch & { error: ErrorReport };
  'recovery.attempted': OfFault & { attempt: number; delayMilliseconds: number };
  /** Attempts: how many it took. */
  'recovery.succeeded': OfFault & { attempts: number };
  'recovery.gave-up': OfFault & { attempts: number };
  /** Rows of a batch that were changed so that they fit, or set aside, by the kind of what was wrong with them. */
  'recovery.rows': OfBatch & { kind: string; repaired: number; setAside: number };
  'quarantine.added': OfBatch & { rows: number; reason: string };
  'quarantine.retried': { rows: number; moved: number; stillHeld: number };
  'gate.passed': { level: number; failureRate: number };
  /** Somebody else wrote to rows of the level while it was moved. */
  'gate.foreign-writes': Named & { level: number; changed: number; added: number; deleted: number };
  'gate.closed': {
    level: number;
    failureRate: number;
    maxFailureRate: number;
    reason: string;
    proposeRollback: boolean;
  };
  'validation.started': { type: string; entities: readonly string[] };
  'validation.check': Named & { check: string; status: CheckStatus; rowsDone?: number; rowsTotal?: number };
  'validation.finding': { finding: Finding };
  'validation.completed': { type: string; status: CheckStatus; findings: number };
  /** Of approvals `runId` is the run it concerns, or empty. */
  'approval.requested': { approvalId: string; action: string; planHash: string; maxRows: number };
  'approval.granted': { approvalId: string; action: string; approver: string };
  'approval.declined': { approvalId: string; action: string; approver: string };
  'approval.used': { approvalId: string; action: string };
  'approval.refused': { action: string; reason: string };
}

export type EventType = keyof EventPayloads;

/** What a publisher is given: all but the time. */
export type NewEvent = {
  [T in EventType]: { readonly type: T; readonly runId: string } & Readonly<EventPayloads[T]>;
}[EventType];

/** What a listener gets. `at` is an ISO timestamp in UTC. */
export type TowpathEvent = NewEvent & { readonly at: string };

export type EventListener = (event: TowpathEvent) => void | Promise<void>;

export interface EventPublisher {
  /** Returns at once and never throws. */
  publish(event: NewEvent): void;
  /** Returns the function that ends the subscription. */
  subscribe(listener: EventListener): () => void;
}

export interface EventDependencies {
  readonly clock?: Pick<Clock, 'now'>;
  /** Told when a listener throws or rejects: its failure is its own and never the run's. */
  readonly onListenerError?: (error: unknown, event: TowpathEvent) => void;
}

export function createEventPublisher({
  clock = createClock(),
  onListenerError,
}: EventDependencies = {}): EventPublisher {
  const listeners = new Set<{ readonly call: EventListener }>();
  const failed = (error: unknown, event: TowpathEvent) => {
    try {
      onListenerError?.(error, event);
    } catch {
      // the one who is told of failures failed too: nobody is left to tell
    }
  };
  return {
    publish(event) {
      const stamped: TowpathEvent = { ...event, at: clock.now().toISOString() };
      for (const { call } of [...listeners]) {
        try {
          Promise.resolve(call(stamped)).catch((error: unknown) => failed(error, stamped));
        } catch (error) {
          failed(error, stamped);
        }
      }
    },
    subscribe(listener) {
      const entry = { call: listener };
      listeners.add(entry);
      return () => void listeners.delete(entry);
    },
  };
}
