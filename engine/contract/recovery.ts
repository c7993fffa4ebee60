/** Errors on the way: what a caller may decide about them, and what the report says of how they ended. */
import type { FaultKind } from '../db/recovery-table.ts';

export type { ErrorHandler, Fault, FaultDecision, FaultMatch } from '../db/error-handlers.ts';
export type { FaultKind, Strategy } from '../db/recovery-table.ts';

/**
 * Of everything that went wrong on the way, what was put right without a person: rows that were merged or changed as the plan
 * says, and work that was tried again and then succeeded. The others are rows set aside, and kinds of records or the run
 * that stopped.
 */
export interface RecoverySummary {
  readonly recovered: number;
  readonly neededPerson: number;
  /** Percent of both together, as text for people; null where nothing went wrong. */
  readonly share: string | null;
  readonly kinds: readonly {
    readonly kind: FaultKind;
    /** In plain words. */
    readonly words: string;
    readonly of: 'rows' | 'errors';
    readonly recovered: number;
    readonly neededPerson: number;
  }[];
}
