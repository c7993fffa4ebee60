/** What a retry came to, for machines: the fields of every result, and beside them what only a retry has to say. */
import type { RetryReport } from '../../engine/contract/quarantine.ts';
import type { MigrationError } from '../../engine/core/errors.ts';
import { isoDuration } from '../text/iso-duration.ts';
import { errorResult } from './error-result.ts';
import type { SuccessResult } from './run-result.ts';

export interface RetryMeta {
  readonly startTime: Date;
  readonly endTime: Date;
  /** Of the plan file, in words. */
  readonly changes: readonly string[];
  readonly problem: MigrationError | null;
}

type RetryDocument = Omit<SuccessResult, 'status' | 'outcome'> &
  Omit<RetryReport, 'validation'> & {
    readonly status: 'success' | 'error';
    /** What comparing everything said; `validation` has it by kind. */
    readonly compared: RetryReport['validation'];
    readonly planChanges: readonly string[];
  };

export function retryDocument(
  report: RetryReport,
  { startTime, endTime, changes, problem }: RetryMeta,
): RetryDocument {
  const { validation: compared, ...rest } = report;
  const sum = (of: (entity: RetryReport['entities'][number]) => number) =>
    report.entities.reduce((total, entity) => total + of(entity), 0);
  const [moved, duplicates] = [sum((entity) => entity.moved), sum((entity) => entity.duplicates)];
  const excluded = sum(({ gone, leftOut }) => gone + leftOut);
  const durationMs = Math.max(0, endTime.getTime() - startTime.getTime());
  const flag = compared === 'verified' ? true : null;
  return {
    ...(problem === null ? {} : errorResult(problem)),
    entity: report.entities.length === 1 ? report.entities[0]!.entity : 'all',
    execution: {
      startTime: startTime.toISOString(),
      endTime: endTime.toISOString(),
      duration: isoDuration(durationMs),
      durationMs,
    },
    results: {
      totalRecords: report.rows,
      successful: moved,
      failed: sum((entity) => entity.stillHeld),
      successRate: rate(moved, report.rows - duplicates - excluded),
      repaired: sum((entity) => entity.repaired),
      excluded,
      ...(duplicates === 0 ? {} : { duplicates }),
    },
    // which kind of check failed is in the report of the validation
    validation: { recordCountMatch: flag, referentialIntegrity: flag, dataQuality: flag },
    mappings: { legacyIdsPreserved: moved + duplicates, uuidsGenerated: moved },
    ...rest,
    compared,
    planChanges: changes,
    status: problem === null ? 'success' : 'error',
  };
}

function rate(successful: number, wanted: number): number {
  return wanted <= 0 ? 100 : Math.floor((successful / wanted) * 1_000_000) / 10_000;
}
