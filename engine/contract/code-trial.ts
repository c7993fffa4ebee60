/** Trying code on a few rows before it may become part of a plan: what is asked, and what came of it. */
import type { TypeProblem } from './code.ts';

/**
 * How values are told. `masked`: as a rehearsal shows them, personal ones by their first letters. `form`: for a model, no
 * letter and no digit of a value, because code can spell a value out in first letters. `shown`: as they are; only a
 * person can ask for that.
 */
export type ShownValues = 'shown' | 'masked' | 'form';

export interface TryCodeOptions {
  readonly entity: string;
  /** A column that the code writes; null where the entity has one piece of code only. */
  readonly column: string | null;
  /** Rows to try it on; fewer where there are fewer. */
  readonly sample: number;
  readonly values: ShownValues;
}

/**
 * In the order in which it is looked: `type-errors`: not run. `no-sandbox`: the types are right, and there is nothing to run
 * it in. `failed`: it stopped as a whole. `not-repeatable`: the same row got different answers. `rows-refused`: some rows
 * would be set aside. `passed`: none would.
 */
export type TrialOutcome =
  | 'type-errors'
  | 'no-sandbox'
  | 'failed'
  | 'not-repeatable'
  | 'rows-refused'
  | 'passed';

export interface RowTrouble {
  /** The code refused the row, or what it gave does not fit the column. */
  readonly kind: 'refused' | 'misfit';
  /** Target column, of a misfit. */
  readonly column: string | null;
  /** In the code, counted from 1. */
  readonly line: number | null;
  /** The code's own words where values are shown; else words that hold nothing of the row. */
  readonly message: string;
  /** What stands in that line of the code. */
  readonly code: string | null;
}

export interface TriedRow {
  /** Its old key, where that may be told. */
  readonly key: string | null;
  /** By source column. */
  readonly before: Readonly<Record<string, string | null>>;
  /** By target column; null where the code gave nothing. */
  readonly after: Readonly<Record<string, string | null>> | null;
  /** Columns that the plan's own rules would change so that the row fits. */
  readonly repaired: readonly string[];
  readonly trouble: RowTrouble | null;
}

export interface CodeTrial {
  readonly entity: string;
  /** Its file, or the columns that it writes. */
  readonly name: string;
  readonly reads: readonly string[];
  readonly writes: readonly string[];
  readonly outcome: TrialOutcome;
  /** The first ones; `typeErrorCount` counts all. */
  readonly typeErrors: readonly TypeProblem[];
  readonly typeErrorCount: number;
  /** Why it did not run, or stopped, in words. */
  readonly failure: { readonly kind: string; readonly message: string; readonly hint: string } | null;
  readonly rows: readonly TriedRow[];
  /** Rows that would be set aside. */
  readonly setAside: number;
  /** True: every row went through twice, in different orders, with the same answer. Null: it did not come to that. */
  readonly repeatable: boolean | null;
  /** Of the warm code alone, without reading and writing; null where it was not measured. */
  readonly rowsPerSecond: number | null;
  /** Columns of types that only PostgreSQL can check; a rehearsal does. */
  readonly unchecked: readonly string[];
  readonly values: ShownValues;
}
