/**
 * The control schema `towpath` in the target: the truth about runs. It lies in the target so that a batch and its ledger
 * entry commit together or not at all.
 */
import { type Clock, createClock } from '../core/clock.ts';
import type { Database } from '../db/database.ts';
import { type ApprovalStore, createApprovalStore } from './approval-store.ts';
import { type ArtifactStore, createArtifactStore } from './artifact-store.ts';
import { type AuditStore, createAuditStore } from './audit-store.ts';
import { type BatchStore, createBatchStore } from './batch-store.ts';
import { type CheckpointStore, createCheckpointStore } from './checkpoint-store.ts';
import { findDrift } from './drift.ts';
import { createEntityStore, type EntityStore } from './entity-store.ts';
import { createErrorStore, type ErrorStore } from './error-store.ts';
import { type ControlState, controlState, installControl } from './install.ts';
import { createKeptStore, type KeptStore } from './kept-store.ts';
import { createLeftRowStore, type LeftRowStore } from './left-row-store.ts';
import { createMappingStore, type MappingStore } from './mapping-store.ts';
import { createQuarantineStore, type QuarantineStore } from './quarantine-store.ts';
import { createRepairStore, type RepairStore } from './repair-store.ts';
import { createRowStore, type RowStore } from './row-store.ts';
import { createRunLocks, type RunLocks } from './run-lock.ts';
import { createRunStore, type RunStore } from './run-store.ts';
import { createTransactionStore, type TransactionStore } from './transaction-store.ts';
import { createValidationStore, type ValidationStore } from './validation-store.ts';

export interface Control {
  /** Installs or upgrades the schema. On a read-only database it only looks; see `state`. */
  ensure(): Promise<void>;
  /** Whether the schema is there and up to date; writes nothing. */
  state(): Promise<ControlState>;
  /** Sentences on how the schema differs from the one this program made; none where it does not. */
  drift(): Promise<string[]>;
  readonly lock: RunLocks;
  readonly runs: RunStore;
  readonly entities: EntityStore;
  readonly batches: BatchStore;
  readonly mappings: MappingStore;
  readonly kept: KeptStore;
  readonly quarantine: QuarantineStore;
  readonly repairs: RepairStore;
  readonly rows: RowStore;
  readonly errors: ErrorStore;
  readonly checkpoints: CheckpointStore;
  readonly approvals: ApprovalStore;
  readonly audit: AuditStore;
  readonly artifacts: ArtifactStore;
  readonly validations: ValidationStore;
  readonly transactions: TransactionStore;
  readonly left: LeftRowStore;
}

export function createControl(
  database: Database,
  { clock = createClock() }: { readonly clock?: Clock } = {},
): Control {
  const mappings = createMappingStore(database);
  const audit = createAuditStore(database, clock);
  const runs = createRunStore(database, audit);
  return {
    ensure: () => installControl(database),
    state: () => controlState(database),
    drift: () => findDrift(database),
    lock: createRunLocks(database, runs),
    runs,
    entities: createEntityStore(database),
    batches: createBatchStore(database),
    mappings,
    rows: createRowStore(database, mappings),
    kept: createKeptStore(database),
    quarantine: createQuarantineStore(database),
    repairs: createRepairStore(database),
    errors: createErrorStore(database),
    checkpoints: createCheckpointStore(database),
    approvals: createApprovalStore(database),
    audit,
    artifacts: createArtifactStore(database),
    validations: createValidationStore(database),
    transactions: createTransactionStore(database),
    left: createLeftRowStore(database),
  };
}
