/** What a validation came to, for machines; field names are fixed. */
import type { ValidationReport } from '../../engine/contract/validation.ts';

export interface ValidationResult {
  readonly entity: string;
  readonly timestamp: string;
  readonly validation: {
    readonly overallStatus: ValidationReport['overallStatus'];
    readonly checks: readonly {
      readonly type: string;
      readonly status: string;
      readonly expected: string | null;
      readonly actual: string | null;
      readonly tolerance: string;
    }[];
  };
  readonly issues: readonly unknown[];
  readonly recommendations: readonly string[];
}

export interface ValidationDocument extends ValidationResult {
  readonly runId: string;
  readonly type: string;
  readonly notVerified: readonly string[];
  readonly rowsCompared: number;
  readonly valuesCompared: number;
  readonly entities: readonly ValidationResult[];
}

/** The whole report, then each entity's part. Values of rows stay out unless asked for. */
export function validationDocument(report: ValidationReport, detailed: boolean): ValidationDocument {
  const names = [...new Set([...report.checks, ...report.issues].map((item) => item.entity))];
  return {
    ...resultFor(report, detailed, null),
    runId: report.runId,
    type: report.type,
    notVerified: report.notVerified,
    rowsCompared: report.rowsCompared,
    valuesCompared: report.valuesCompared,
    entities: names.map((name) => resultFor(report, detailed, name)),
  };
}

function resultFor(report: ValidationReport, detailed: boolean, entity: string | null): ValidationResult {
  const isMine = (item: { readonly entity: string }) => entity === null || item.entity === entity;
  const checks = report.checks.filter(isMine);
  return {
    entity: entity ?? 'all',
    timestamp: report.timestamp,
    validation: {
      overallStatus: entity === null ? report.overallStatus : statusOf(checks.map((check) => check.status)),
      checks: checks.map((check) => ({
        entity: check.entity,
        type: check.type,
        status: check.status,
        expected: check.expected,
        actual: check.actual,
        tolerance: check.tolerance,
        message: check.message,
        sql: check.sql,
      })),
    },
    issues: report.issues
      .filter(isMine)
      .map(({ expected, actual, fix, ...issue }) => (detailed ? { ...issue, expected, actual, fix } : issue)),
    recommendations: entity === null ? report.recommendations : [],
  };
}

function statusOf(statuses: readonly string[]): ValidationReport['overallStatus'] {
  if (statuses.includes('fail')) return 'differences';
  return statuses.length > 0 && statuses.every((status) => status === 'pass') ? 'verified' : 'incomplete';
}
