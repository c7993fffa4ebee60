/** What a comparison of both sides is asked, and what it says. */
import type { Finding } from '../core/findings.ts';

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
