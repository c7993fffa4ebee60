/** A validation as it comes back from the control schema: checked here, since an older version may have written it. */
import { z } from 'zod';
import type { ValidationReport } from '../contract/validation.ts';
import type { ValidationStore } from '../control/validation-store.ts';

const text = z.string().nullable();

const finding = z.looseObject({
  kind: z.string(),
  severity: z.enum(['critical', 'major', 'minor']),
  entity: z.string(),
  check: z.string(),
  message: z.string(),
});

const schema = z.object({
  runId: z.string(),
  type: z.enum(['all', 'integrity', 'completeness', 'accuracy', 'performance']),
  timestamp: z.string(),
  overallStatus: z.enum(['verified', 'differences', 'incomplete']),
  checks: z.array(
    z.object({
      entity: z.string(),
      type: z.string(),
      status: z.enum(['pass', 'fail', 'skipped', 'could-not-check']),
      expected: text,
      actual: text,
      tolerance: z.string(),
      message: z.string(),
      sql: text,
      milliseconds: z.number(),
    }),
  ),
  issues: z.array(finding),
  notVerified: z.array(z.string()),
  recommendations: z.array(z.string()),
  rowsCompared: z.number(),
  valuesCompared: z.number(),
  money: z.array(
    z.object({
      entity: z.string(),
      column: z.string(),
      currency: text,
      month: text,
      rows: z.string(),
      source: z.string(),
      target: z.string(),
      quarantined: z.string(),
      duplicates: z.string().optional(),
    }),
  ),
});

/** Null where it is not one. */
export function storedValidation(value: unknown): ValidationReport | null {
  const parsed = schema.safeParse(value);
  return parsed.success ? (parsed.data as ValidationReport) : null;
}

export interface LatestValidation {
  readonly report: ValidationReport | null;
  /** What cannot be said, in words. */
  readonly doubts: readonly string[];
}

/** The newest full validation of a run; where there is none, the newest of any kind. */
export async function latestValidation(
  validations: Pick<ValidationStore, 'latest'>,
  runId: string,
): Promise<LatestValidation> {
  const stored = (await validations.latest(runId, 'all')) ?? (await validations.latest(runId));
  if (!stored) return { report: null, doubts: [] };
  const report = storedValidation(stored.report);
  if (report) return { report, doubts: [] };
  return {
    report: null,
    doubts: ['A validation is stored for this run, but in a form that this version cannot read.'],
  };
}
