/** Taking a run out of the target again: what is asked, and what is answered. */

export interface RollbackOptions {
  readonly runId?: string;
  readonly entities: readonly string[];
  /** This level of the plan and every later one, the last first; together with `entities` those of them only. */
  readonly level?: number;
  readonly preview: boolean;
  /** Rows that others have changed since go, or get back what they were, as well: their changes are lost. */
  readonly forceChanged?: boolean;
  /** Whose wish it is, as the run and the audit log keep it. */
  readonly by?: string;
  readonly signal?: AbortSignal;
}

/** What is being taken out of a run: kept with it from the first step on, so that whoever goes on does this and no more. */
export interface UndoScope {
  /** Empty: all of them. */
  readonly entities: readonly string[];
  readonly level: number | null;
  readonly forceChanged: boolean;
  readonly by: string | null;
  /** Hash of the edited plan that the run changes over to; null where it is an undo. */
  readonly forPlan: string | null;
}

export interface RollbackReport {
  readonly runId: string;
  readonly preview: boolean;
  readonly forceChanged: boolean;
  /** In the order in which they are undone. */
  readonly entities: readonly UndoneEntity[];
  /** What could not be looked at, in words. */
  readonly notVerified: readonly string[];
}

export interface UndoneEntity {
  readonly entity: string;
  readonly level: number;
  /** Rows of the run that go, or went. */
  readonly rows: number;
  readonly tableDropped: boolean;
  /** Rows that the run did not bring: they stay. */
  readonly kept: number;
  /** Of the kept ones, rows that the run had changed and that are again what they were. */
  readonly restored?: number;
  /** Rows of the run that stay although it is undone: others have changed them since, or others’ rows point to them. */
  readonly left: {
    readonly changed: number;
    readonly pointedAt: number;
    /** At most `LISTED_LEFT_ROWS`. */
    readonly rows: readonly LeftRow[];
  };
  /** Rows that others have changed since and that go nevertheless, as was asked. */
  readonly forced: number;
  /** Rows of the run that others had deleted before. */
  readonly goneBefore: number;
}

export interface LeftRow {
  /** The new id. */
  readonly id: string;
  readonly legacyId: string;
  readonly reason: 'changed' | 'pointed-at';
  /** Columns that others changed; null where that is not known. Never values. */
  readonly columns: readonly string[] | null;
}

/** Of each entity; the rest is counted, and stands in `towpath.left_rows` once the rollback is done. */
export const LISTED_LEFT_ROWS = 100;
