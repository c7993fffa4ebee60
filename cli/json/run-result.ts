/** What a run came to, for machines; field names are fixed, durations are ISO 8601 text with milliseconds beside. */
import type { EntityOutcome, EntityStatus, RunResult } from '../../engine/contract/run.ts';
import type { ValidationCheck, ValidationReport } from '../../engine/contract/validation.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import { isoDuration } from '../text/iso-duration.ts';
import { type ErrorResult, errorResult } from './error-result.ts';

export interface SuccessResult {
  readonly status: 'success';
  readonly entity: string;
  readonly outcome: EntityOutcome | null;
  readonly execution: {
    readonly startTime: string | null;
    readonly endTime: string | null;
    readonly duration: string;
    readonly durationMs: number;
  };
  readonly results: {
    readonly totalRecords: number;
    readonly successful: number;
    readonly failed: number;
    /** Percent of the records that are in the target. */
    readonly successRate: number;
    readonly repaired: number;
    readonly excluded: number;
    /** Rows that are the same record as another; absent: none. They are no failures. */
    readonly duplicates?: number;
  };
  /** null: not checked in this run. */
  readonly validation: {
    readonly recordCountMatch: boolean | null;
    readonly referentialIntegrity: boolean | null;
    readonly dataQuality: boolean | null;
  };
  readonly mappings: { readonly legacyIdsPreserved: number; readonly uuidsGenerated: number };
}

export interface RunDocument extends Omit<SuccessResult, 'status'> {
  readonly status: 'success' | 'paused' | 'error';
  readonly runId: string;
  readonly planHash: string;
  readonly state: string;
  readonly dryRun: boolean;
  readonly entities: readonly EntityDocument[];
}

export interface EntityDocument extends Omit<SuccessResult, 'status'> {
  readonly status: 'success' | 'error';
  /** `pending` at the end of a run: it waits for one that failed, or for the run to go on. */
  readonly state: EntityStatus['state'];
  /** What stopped it, and what to do; absent where nothing did. */
  readonly error?: ErrorResult['error'];
  readonly recovery?: ErrorResult['recovery'];
}

/** The whole run as one document. */
export function runDocument(result: RunResult, status: RunDocument['status']): RunDocument {
  const entities = result.entities.map((entity) => entityDocument(entity, result));
  const sum = (pick: (entity: EntityStatus) => number) =>
    result.entities.reduce((total, entity) => total + pick(entity), 0);
  return {
    status,
    entity: result.entities.length === 1 ? result.entities[0]!.entity : 'all',
    outcome: outcomeOfRun(result),
    runId: result.runId,
    planHash: result.planHash,
    state: result.state,
    dryRun: result.dryRun,
    execution: {
      startTime: result.startedAt,
      endTime: result.finishedAt,
      duration: isoDuration(result.milliseconds),
      durationMs: Math.round(result.milliseconds),
    },
    results: results(
      sum((e) => e.totalRecords),
      sum((e) => e.written),
      sum((e) => e.quarantined),
      sum((e) => e.repaired),
      sum((e) => e.excluded),
      sum((e) => e.duplicates ?? 0),
    ),
    validation: validationFlags(result.validation, null),
    mappings: {
      legacyIdsPreserved: sum((e) => e.written + (e.duplicates ?? 0)),
      uuidsGenerated: sum((e) => e.written),
    },
    entities,
  };
}

function entityDocument(entity: EntityStatus, run: RunResult): EntityDocument {
  const milliseconds = elapsed(entity.startedAt, entity.finishedAt);
  return {
    ...howItEnded(entity, run),
    entity: entity.entity,
    outcome: entity.outcome,
    state: entity.state,
    execution: {
      startTime: entity.startedAt,
      endTime: entity.finishedAt,
      duration: isoDuration(milliseconds),
      durationMs: milliseconds,
    },
    results: results(
      entity.totalRecords,
      entity.written,
      entity.quarantined,
      entity.repaired,
      entity.excluded,
      entity.duplicates ?? 0,
    ),
    validation: validationFlags(run.validation, entity.entity),
    mappings: {
      legacyIdsPreserved: entity.written + (entity.duplicates ?? 0),
      uuidsGenerated: entity.written,
    },
  };
}

/** An entity that failed says why, with its own error or else the run's. */
function howItEnded(
  { entity, state, outcome, error: own }: EntityStatus,
  run: RunResult,
): Pick<EntityDocument, 'status' | 'error' | 'recovery'> {
  const stopped = own ?? (outcome === 'FAILED' ? (run.error ?? UNTOLD) : null);
  if (stopped === null) return { status: 'success' };
  const { error, recovery } = errorResult(
    new MigrationError({ ...stopped, details: { entity, currentState: state } }),
  );
  return { status: 'error', error, recovery };
}

const UNTOLD = {
  code: 'UNEXPECTED',
  message: 'It stopped, and why was not written down.',
  hint: 'Look into the newest file in logs/. What was committed is safe.',
} as const;

function results(
  total: number,
  successful: number,
  failed: number,
  repaired: number,
  excluded: number,
  duplicates: number,
) {
  const wanted = total - excluded - duplicates;
  const successRate = wanted <= 0 ? 100 : Math.floor((successful / wanted) * 1_000_000) / 10_000;
  const counts = { totalRecords: total, successful, failed, successRate, repaired, excluded };
  return duplicates === 0 ? counts : { ...counts, duplicates };
}

function outcomeOfRun(result: RunResult): EntityOutcome | null {
  const outcomes = result.entities.map((entity) => entity.outcome);
  if (outcomes.includes('FAILED')) return 'FAILED';
  if (outcomes.length === 0 || outcomes.some((outcome) => outcome === null)) return null;
  if (outcomes.every((outcome) => outcome === 'ALREADY_MIGRATED')) return 'ALREADY_MIGRATED';
  return outcomes.every((outcome) => outcome === 'SKIPPED') ? 'SKIPPED' : 'COMPLETED';
}

/** Which kinds of check stand behind each flag. */
const flags = {
  recordCountMatch: ['record-count', 'mapping'],
  referentialIntegrity: ['foreign-key', 'generic-relation', 'declared-key', 'primary-key', 'unique'],
  dataQuality: ['not-null', 'check', 'enumeration', 'time-range', 'row-compare', 'code-determinism', 'money'],
} as const;

function validationFlags(
  report: ValidationReport | null,
  entity: string | null,
): SuccessResult['validation'] {
  const checks = report?.checks.filter((check) => entity === null || check.entity === entity) ?? [];
  const flag = (types: readonly string[]) => held(checks.filter((check) => types.includes(check.type)));
  return {
    recordCountMatch: flag(flags.recordCountMatch),
    referentialIntegrity: flag(flags.referentialIntegrity),
    dataQuality: flag(flags.dataQuality),
  };
}

function held(checks: readonly ValidationCheck[]): boolean | null {
  if (checks.some((check) => check.status === 'fail')) return false;
  return checks.length > 0 && checks.every((check) => check.status === 'pass') ? true : null;
}

function elapsed(from: string | null, to: string | null): number {
  return from === null || to === null ? 0 : Math.max(0, Date.parse(to) - Date.parse(from));
}
