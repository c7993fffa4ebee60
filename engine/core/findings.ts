/** A finding: something a check saw. A value, never an exception: "two rows differ" is not "could not connect". */
import type { Severity } from './errors.ts';

export type FindingKind =
  | 'missing'
  | 'extraneous'
  | 'mismatching'
  | 'constraint'
  | 'reference'
  | 'uniqueness'
  | 'null'
  | 'count'
  | 'mapping'
  | 'money'
  | 'enumeration'
  | 'range'
  | 'drift'
  | 'readiness';

export interface Finding {
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly entity: string;
  /** Name of the check that saw it. */
  readonly check: string;
  /** Legacy key of the row, as text. */
  readonly key?: string;
  readonly column?: string;
  /** PostgreSQL text. May be personal: shown in a report only where the reader asked for it. */
  readonly expected?: string | null;
  readonly actual?: string | null;
  /** A statement that would put it right. */
  readonly fix?: string;
  readonly message: string;
}

/** How a check ended. `could-not-check` and `skipped` are words in the report; neither counts as verified. */
export type CheckStatus = 'pass' | 'warn' | 'fail' | 'could-not-check' | 'skipped';

/** Reporters (log, summary, fix, report) are plugged in where findings arise. */
export type FindingReporter = (finding: Finding) => void | Promise<void>;
