/**
 * Rows that were set aside, as callers meet them: grouped into cards by cause, tried with a changed plan, moved after all,
 * or taken elsewhere. Cards and trials show values masked; only rows themselves and exports hold them as they are.
 */
import type { PlanChange } from '../plan/changes/plan-change.ts';
import type { PlanFile } from '../plan/plan-file.ts';

/** held: it waits. released: it was moved after all. left-out: the plan's filter leaves it out now. gone: of the source. */
export type HeldState = 'held' | 'released' | 'left-out' | 'gone';

/** moved: it had been set aside. linked: it had been moved without a link that it has now. */
export interface RowRetry {
  readonly how: 'moved' | 'linked';
  readonly approvalId: string;
  readonly planHash: string;
  readonly at: string;
}

export interface QuarantinedRow {
  readonly id: string;
  readonly runId: string;
  readonly entity: string;
  readonly legacyId: string;
  readonly batchId: number | null;
  readonly reason: string;
  readonly sqlstate: string | null;
  /** Which of the target's constraints refused the row. */
  readonly constraint?: string | null;
  readonly column: string | null;
  /** Form of the value that did not fit, such as `digits(1-8)`. */
  readonly shape?: string | null;
  readonly message: string;
  readonly sourceRow: unknown;
  readonly state?: HeldState;
  /** The plan that it was set aside under; null for rows of older versions. */
  readonly planHash?: string | null;
  readonly createdAt: string;
}

export interface Cause {
  readonly entity: string;
  /** `quarantined` or `repaired`. */
  readonly outcome: 'quarantined' | 'repaired';
  readonly reason: string;
  readonly sqlstate: string | null;
  readonly column: string | null;
  readonly rows: number;
  /** In plain words. */
  readonly explanation: string;
}

/** A change of the plan that would let rows of a card through, worked out from the plan and the rows. */
export interface SuggestedFix {
  readonly changes: readonly PlanChange[];
  /** What it does, in one sentence. */
  readonly words: string;
  /** The same for whoever may not see values of rows; absent where `words` names none. */
  readonly withoutValues?: string;
  /** What is lost by it, in one sentence; null where nothing is. */
  readonly loses: string | null;
}

/** Rows that were set aside for one cause: reason or SQLSTATE, constraint, column and form of the value. */
export interface CauseCard {
  /** The same for the same cause, in every run. */
  readonly id: string;
  readonly runId: string;
  readonly entity: string;
  readonly reason: string;
  readonly sqlstate: string | null;
  readonly constraint: string | null;
  readonly column: string | null;
  readonly shape: string | null;
  readonly rows: number;
  /** In plain words. */
  readonly explanation: string;
  /** The first few, with the value masked; null where no single old value did not fit. */
  readonly samples: readonly { readonly legacyId: string; readonly value: string | null }[];
  readonly suggestion: SuggestedFix | null;
  /** Where no change of the plan would do: what would. */
  readonly advice: string | null;
}

export interface TryFixOptions {
  readonly runId?: string;
  /** Ids of cards; empty: every card. */
  readonly cards: readonly string[];
  /** The plan to try; absent: the run's own. */
  readonly plan?: PlanFile;
  /** Changes to that plan that stand in no file yet, such as a card's suggestion. */
  readonly changes?: readonly PlanChange[];
}

/** How a row would fare, values masked. */
export interface TriedRow {
  readonly entity: string;
  readonly legacyId: string;
  /** What did not fit, and what would stand in the new system; only columns that say something. */
  readonly before: Readonly<Record<string, string | null>>;
  readonly after: Readonly<Record<string, string | null>>;
}

export interface StillHeld {
  readonly entity: string;
  readonly reason: string;
  readonly sqlstate: string | null;
  readonly constraint: string | null;
  readonly column: string | null;
  readonly rows: number;
  readonly explanation: string;
  /** True where PostgreSQL would refuse them, false where the plan does. */
  readonly byTarget: boolean;
}

export interface TryReport {
  readonly runId: string;
  /** Of the plan as it was tried. */
  readonly planHash: string;
  readonly rows: number;
  readonly wouldMove: number;
  /** Rows that are the same record as one that is there or would come with them: their old keys would lead to it. */
  readonly wouldBeDuplicates: number;
  /** Of these, rows of which a value would be replaced by a rule of the plan. */
  readonly wouldBeRepaired: number;
  readonly stillHeld: readonly StillHeld[];
  /** Rows that are no longer in the source, and rows that the tried plan’s filter leaves out. */
  readonly gone: number;
  readonly leftOut: number;
  /** Rows that are not in the source as they were when they were set aside; the present ones were tried. */
  readonly changedSince: number;
  readonly samples: readonly TriedRow[];
  /** What only moving the rows can tell, in words; empty where nothing is left open. */
  readonly onlyAtRetry: readonly string[];
  /** Why a retry with this plan would be refused, in words; null where it would not. */
  readonly refusal: string | null;
}

export interface RetryOptions {
  readonly runId?: string;
  /** Ids of cards; empty: every card. */
  readonly cards: readonly string[];
  /** The plan to follow from now on; absent: the run's own. */
  readonly plan?: PlanFile;
  /** Approves on behalf of this person right before; null: an approval must exist. */
  readonly approveAs: string | null;
  readonly validate: boolean;
  readonly signal?: AbortSignal;
}

export interface RetryReport {
  readonly runId: string;
  readonly planHash: string;
  /** Rows that were held and chosen. */
  readonly rows: number;
  readonly entities: readonly {
    readonly entity: string;
    readonly moved: number;
    /** Rows that are the same record as another: not moved, their old keys lead to it. */
    readonly duplicates: number;
    readonly repaired: number;
    readonly stillHeld: number;
    readonly leftOut: number;
    readonly gone: number;
    readonly changedSince: number;
    /** Rows moved earlier that got a reference back which they had lost with one of these. */
    readonly relinked: number;
  }[];
  readonly stillHeld: readonly StillHeld[];
  /** Cards with rows that were set aside because they point to one of the moved ones, or are the same record: they can be tried again now. */
  readonly canFollow: readonly { readonly card: string; readonly entity: string; readonly rows: number }[];
  /** What comparing everything said afterwards; null where it was not asked for, or the run is not loaded yet. */
  readonly validation: 'verified' | 'differences' | 'incomplete' | null;
  /** Of the run, afterwards. */
  readonly runState: string;
}

/** A row with everything that is needed to load it elsewhere. */
export interface ExportedRow {
  readonly entity: string;
  readonly sourceTable: string;
  readonly legacyId: string;
  /** The id that it would have had; null where the plan's entity is not known any more. */
  readonly newId: string | null;
  readonly state: HeldState;
  readonly reason: string;
  readonly sqlstate: string | null;
  readonly constraint: string | null;
  readonly column: string | null;
  readonly message: string;
  readonly runId: string;
  readonly batchId: number | null;
  readonly planHash: string | null;
  readonly setAsideAt: string;
  /** Every column of the old row as text, exactly. Null where it could not be kept. */
  readonly row: Readonly<Record<string, string | null>> | null;
}

export interface RevealHeld {
  readonly runId?: string;
  /** Id of one card, or its beginning. */
  readonly card: string;
  /** The person's name, and why they want to see the values: both stand in the audit log. */
  readonly by: string;
  readonly reason: string;
}

/** Values as they are. */
export interface RevealedRows {
  readonly card: string;
  readonly entity: string;
  /** Of the target; null: no single value did not fit. */
  readonly column: string | null;
  readonly rows: readonly {
    readonly legacyId: string;
    /** The old value that did not fit; null where no single one did not. */
    readonly value: string | null;
    /** The old row as text, only where no single value did not fit; null as well where it could not be kept. */
    readonly row: Readonly<Record<string, string | null>> | null;
  }[];
}
