/**
 * A person's yes to one effect. Whoever wants the effect asks for it (`requestApproval`); the engine computes from facts
 * what it would do, to how many rows, and whether it can be undone; a person decides (`decideApproval`); the effect uses it
 * up. It counts once, until a moment, for one plan, one state of source and target, and at most so many rows.
 * Agents and workflows hold an engine without `decideApproval`, `approve` and `acceptSetAside`.
 */
import type { PlanFile } from '../plan/plan-file.ts';

export const approvalActions = [
  'rehearse',
  'migrate',
  'accept-set-aside',
  'retry-quarantine',
  'rollback',
  'clean-up',
  'sign-off',
] as const;
export type ApprovalAction = (typeof approvalActions)[number];

/** What somebody would like to do. */
export type Wish =
  | {
      readonly action: 'rehearse';
      readonly plan: PlanFile;
      readonly sample: number;
      /** Afterwards the sample is moved again under so many faults. */
      readonly faults?: number;
    }
  | { readonly action: 'migrate'; readonly plan: PlanFile }
  /** Go past the closed gate of this run without the rows that are set aside now. */
  | { readonly action: 'accept-set-aside'; readonly runId: string }
  /** Move rows that this run set aside, by this plan; `cards` empty: of every cause. */
  | {
      readonly action: 'retry-quarantine';
      readonly runId: string;
      readonly plan: PlanFile;
      readonly cards: readonly string[];
    }
  /**
   * `forceChanged`: records that others have changed since go too. `entities`, `level`: only these, or this level and every
   * later one. Each needs a yes of its own.
   */
  | {
      readonly action: 'rollback';
      readonly runId: string;
      readonly forceChanged?: boolean;
      readonly entities?: readonly string[];
      readonly level?: number | null;
    }
  | { readonly action: 'clean-up'; readonly olderThanDays: number }
  /** This result of this run is accepted as it was validated and reported. */
  | { readonly action: 'sign-off'; readonly runId: string };

export type ApprovalState = 'requested' | 'granted' | 'declined' | 'used' | 'expired';

export interface ApprovalCard {
  readonly id: string;
  readonly action: ApprovalAction;
  readonly state: ApprovalState;
  /** One line, in plain words. */
  readonly title: string;
  /** What will happen, sentence by sentence. */
  readonly effect: readonly string[];
  /** The largest number of rows it may touch; Number.MAX_SAFE_INTEGER where a person set no limit (`migrate --yes`). */
  readonly maxRows: number;
  readonly reversible: { readonly answer: 'yes' | 'partly' | 'no'; readonly how: string };
  /** What is in the new system at the moment, in one sentence. */
  readonly inTarget: string;
  readonly needsReason: boolean;
  /** Empty for `clean-up`, which is tied to no plan. */
  readonly planHash: string;
  /** Null where the action does not depend on it. */
  readonly sourceFingerprint: string | null;
  readonly targetFingerprint: string | null;
  readonly runId: string | null;
  readonly requestedBy: string;
  readonly requestedAt: string;
  readonly expiresAt: string;
  readonly decidedBy: string | null;
  readonly decidedAt: string | null;
  readonly reason: string | null;
}

export interface ApprovalDecision {
  readonly decision: 'grant' | 'decline';
  /** The person's name, as it will stand in the report. */
  readonly by: string;
  readonly reason?: string;
  /** How long a yes holds; 24 unless told. */
  readonly validHours?: number;
}
