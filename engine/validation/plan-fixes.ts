/**
 * Which findings can be put right without a person's judgement: values that are not what the plan makes of the source,
 * rows that are missing, pairs that are wrong. Rows too many are never taken out: somebody may have entered them.
 */
import type { Finding } from '../core/findings.ts';

export interface Fix {
  readonly entity: string;
  readonly finding: Finding;
  /** One statement. */
  readonly sql: string;
  /** True where the table's triggers must not fire. */
  readonly quietly: boolean;
}

const QUIETLY = /^begin; set local session_replication_role = replica; (.*); commit$/s;
const SAFE = new Set<Finding['kind']>(['missing', 'mismatching', 'mapping', 'readiness']);

export function planFixes(findings: readonly Finding[]): Fix[] {
  return findings.flatMap((finding) => {
    const { fix } = finding;
    if (fix === undefined || !SAFE.has(finding.kind)) return [];
    const quiet = QUIETLY.exec(fix)?.[1];
    return [{ entity: finding.entity, finding, sql: quiet ?? fix, quietly: quiet !== undefined }];
  });
}
