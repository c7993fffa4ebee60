/** A validation as it comes back from the control schema: checked here, since an older version may have written it. */
import { z } from 'zod';
import type { ValidationReport } from '../contract/contract.ts';

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
    }),
  ),
});

/** Null where it is not one. */
export function storedValidation(value: unknown): ValidationReport | null {
  const parsed = schema.safeParse(value);
  return parsed.success ? (parsed.data as ValidationReport) : null;
}
