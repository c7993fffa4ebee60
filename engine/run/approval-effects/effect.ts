/** What an approval would allow, computed from facts: the card a person is shown, and what must still be so at its use. */
import type { ApprovalAction, ApprovalCard } from '../../contract/approvals.ts';
import type { Control } from '../../control/control.ts';
import type { Database } from '../../db/database.ts';
import type { Rollback } from '../../rollback/rollback.ts';

export interface Effect
  extends Pick<
    ApprovalCard,
    | 'title'
    | 'effect'
    | 'maxRows'
    | 'reversible'
    | 'inTarget'
    | 'needsReason'
    | 'planHash'
    | 'sourceFingerprint'
    | 'targetFingerprint'
    | 'runId'
  > {
  readonly action: ApprovalAction;
  /** How many rows it would touch, as well as is known now; at most `maxRows`. */
  readonly rows: number;
  /** What else the wish names. */
  readonly subject: string;
  /** Hash of what it rests on besides plan and structures. */
  readonly basis: string | null;
  /** Rows at a gate: how many of each entity, and what is accepted of them. */
  readonly parts?: readonly GatePart[];
}

export interface GatePart {
  readonly entity: string;
  readonly rows: number;
  /** Rows that others wrote to; else rows that were set aside. */
  readonly foreign?: boolean | undefined;
}

export interface EffectDependencies {
  readonly source: Database;
  readonly target: Database;
  readonly control: Control;
  readonly rollback: Pick<Rollback, 'preview'>;
}
