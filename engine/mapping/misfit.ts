/** A value that does not fit its column: a value itself, not an exception, because dirt is ordinary. */
export class Misfit {
  /** Stable word for grouping and policy, for example `unknown-choice`. */
  readonly reason: MisfitReason;
  /** What is wrong, without the value. */
  readonly message: string;
  column = '';

  constructor(reason: MisfitReason, message: string) {
    this.reason = reason;
    this.message = message;
  }
}

export type MisfitReason =
  | 'required-null'
  | 'too-long'
  | 'out-of-range'
  | 'unknown-choice'
  | 'orphan-reference'
  | 'unknown-parent-type'
  | 'excess-scale'
  | 'not-a-number'
  | 'numeric-overflow'
  | 'malformed-value'
  | 'required-part'
  | 'missing-part'
  | 'no-match'
  | 'lookup-missing'
  | 'duplicate-value'
  | 'code-rejected'
  | 'refused-by-target'
  | 'duplicate-key'
  | 'dangling-reference'
  | 'ambiguous-match'
  | 'kept-row-set-aside';

/** Something that was changed so that the row fits; kept with the row's legacy key. */
export interface Repair {
  /** Target column. */
  readonly column: string;
  readonly rule:
    | 'orphan-reference'
    | 'malformed-email'
    | 'duplicate-email'
    | 'misfit-to-null'
    | 'misfit-to-default'
    | 'misfit-to-placeholder'
    | 'null-to-default';
  /** Name and text of the source value that was replaced; kept in the row's metadata. */
  readonly source: string;
  readonly original: string | null;
}
