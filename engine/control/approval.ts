/** An approval as the control schema keeps it, and what it takes to ask for one, give one and use one. */

export type StoredState = 'requested' | 'granted' | 'declined' | 'used' | 'expired';

export interface StoredApproval {
  readonly id: string;
  readonly action: string;
  readonly state: StoredState;
  readonly subject: string;
  readonly basis: string | null;
  readonly planHash: string;
  /** Who decided, yes or no; empty while nobody has. */
  readonly approver: string;
  readonly reason: string | null;
  /** Null: any number. */
  readonly maxRows: number | null;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly usedAt: string | null;
  /** The run that used it, or else the only one that may. */
  readonly runId: string | null;
  readonly partOf: string | null;
  /** To be checked with zod by whoever reads it; null: nobody was shown anything. */
  readonly card: unknown;
  readonly sourceFingerprint: string | null;
  readonly targetFingerprint: string | null;
  readonly requestedBy: string;
  readonly decidedAt: string | null;
}

/** What it is about. Fingerprints and basis must be the same when it is used; null and left out: it does not depend on it. */
export interface ApprovalEffect {
  readonly action: string;
  readonly planHash: string;
  /** What else the wish names. Default nothing. */
  readonly subject?: string;
  readonly basis?: string | null;
  readonly sourceFingerprint?: string | null;
  readonly targetFingerprint?: string | null;
}

export interface NewRequest extends ApprovalEffect {
  readonly requestedBy: string;
  /** The only run that may use it. Default any. */
  readonly forRun?: string | null;
  /** Default null: any number. */
  readonly maxRows?: number | null;
  readonly card?: unknown;
  readonly partOf?: string | null;
  readonly validSeconds: number;
}

export interface NewApproval extends Omit<NewRequest, 'requestedBy'> {
  readonly approver: string;
  /** Default the approver. */
  readonly requestedBy?: string;
  readonly reason?: string | null;
}

export interface ApprovalUse extends ApprovalEffect {
  /** How many rows it is about to touch. */
  readonly rows?: number | null;
  readonly runId: string | null;
}
