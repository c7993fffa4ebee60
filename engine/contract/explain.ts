/** One row's whole story, as callers of the engine meet it. Values are told as the question allows. */
import type { ShownValues } from './code-trial.ts';

export interface ExplainOptions {
  readonly entity: string;
  /** The old key as text (of several columns: a JSON list), or the new id. */
  readonly id: string;
  /** `masked` hides personal values, `form` shows capitals, letters and digits as X, x and 0. */
  readonly values: ShownValues;
  /** Whose plan is meant; the newest run where it is absent. */
  readonly runId?: string;
}

/**
 * moved      it is in the target, brought by a run
 * kept       the target held it before, and it was left as it was
 * updated    the target held it before, and a run changed it
 * duplicate  it is the same record as another row, which was moved for both
 * set-aside  it waits in quarantine
 * left-out   the plan leaves it out
 * not-moved  the source has it, and no run has brought it
 * unknown    neither side knows it
 */
export type RowFate =
  | 'moved'
  | 'kept'
  | 'updated'
  | 'duplicate'
  | 'set-aside'
  | 'left-out'
  | 'not-moved'
  | 'unknown';

type Value = string | null;

/** One transform at work on this row. */
export interface ExplainedStep {
  readonly kind: string;
  /** What it does, in words: `loses spaces at its ends`. */
  readonly words: string;
  readonly before: Value;
  readonly after: Value;
  /** Why the value did not fit here; null where it did. */
  readonly misfit: string | null;
}

export interface ExplainedColumn {
  /** Of the target. */
  readonly column: string;
  /** Of the source; null where it has none of its own. */
  readonly from: string | null;
  readonly type: string;
  /** In the order in which they work. */
  readonly steps: readonly ExplainedStep[];
  /** What the plan makes of the row as the source has it now. */
  readonly value: Value;
  /** What the target holds; null as well where it holds no such row. */
  readonly held: Value;
  /** Why no value came out; then the plan sets the row aside. */
  readonly misfit: { readonly reason: string; readonly message: string } | null;
  /** The rule that changed the value so that it fits. */
  readonly repaired: string | null;
}

/** A link of this row to another. */
export interface ExplainedReference {
  readonly column: string;
  readonly entity: string;
  readonly legacyId: string;
  /** Null: the other row is not in the target. */
  readonly newId: string | null;
  readonly fate: 'moved' | 'set-aside' | 'missing';
}

export type SideState = 'same' | 'changed' | 'gone' | 'unknown';

export interface RowChanges {
  /** Of the row in the source since it was moved or set aside. */
  readonly source: SideState;
  /** Of the row in the target since it was moved. */
  readonly target: SideState;
  /** Target columns that are not what the plan makes of the source now. */
  readonly columns: readonly string[];
  readonly words: string;
}

export interface RowVerification {
  /** `not-yet`: no comparison of whole rows covered it since it was moved. */
  readonly state: 'verified' | 'differences' | 'incomplete' | 'not-yet';
  /** Of the report; null where there is none. */
  readonly at: string | null;
  readonly words: string;
}

export interface RowExplanation {
  readonly entity: string;
  readonly legacyId: string;
  readonly newId: string | null;
  /** Old key of the row that was moved for it; `newId` is that row's. */
  readonly duplicateOf?: string;
  readonly fate: RowFate;
  /** The answer in a sentence or two. */
  readonly words: string;
  /** What to do next, as a command without `towpath`; null where nothing has to be done. */
  readonly next: string | null;
  /** Why the plan leaves it out; null where it does not. */
  readonly leftOut: string | null;
  readonly run: { readonly runId: string; readonly state: string; readonly planHash: string } | null;
  readonly batch: { readonly batchId: number; readonly finishedAt: string | null } | null;
  /** What `quarantine retry` did since: let it in, or gave it a link back. Null: nothing. */
  readonly retried: { readonly how: 'moved' | 'linked'; readonly at: string } | null;
  /** Who said yes to the plan that moved it, or to the retry. */
  readonly approval: {
    readonly approver: string;
    readonly at: string;
    readonly reason: string | null;
  } | null;
  readonly quarantine: {
    /** As `quarantine show` takes it. */
    readonly id: string;
    readonly reason: string;
    readonly column: string | null;
    readonly sqlstate: string | null;
    /** In plain words. */
    readonly explanation: string;
    readonly since: string;
  } | null;
  readonly repairs: readonly { readonly column: string; readonly rule: string }[];
  /** The source row as it is now; of one that is gone, as it was when it was set aside. Null where nobody has it. */
  readonly source: Readonly<Record<string, Value>> | null;
  /** Empty where the source has no such row or it cannot be mapped; `notKnown` says why. */
  readonly columns: readonly ExplainedColumn[];
  readonly references: readonly ExplainedReference[];
  readonly changes: RowChanges;
  readonly verification: RowVerification;
  /** What could not be found out, in sentences. */
  readonly notKnown: readonly string[];
}
