/**
 * A person's yes to one effect: an action, on one plan hash, on at most so many rows, until a moment, once.
 * Using it is one update that finds it unused; what does not fit is refused with the reason.
 */
import { randomUUID } from 'node:crypto';
import { MigrationError } from '../core/errors.ts';
import type { Database } from '../db/database.ts';
import { addApprovalSql, findApprovalsSql, listApprovalsSql, useApprovalSql } from './approval-store.sql.ts';
import type { Queryable } from './queryable.ts';

export interface StoredApproval {
  readonly id: string;
  readonly action: string;
  readonly planHash: string;
  readonly approver: string;
  readonly reason: string | null;
  readonly maxRows: number | null;
  readonly createdAt: string;
  readonly expiresAt: string;
  readonly usedAt: string | null;
  readonly runId: string | null;
}

export interface NewApproval {
  readonly action: string;
  readonly planHash: string;
  readonly approver: string;
  readonly reason?: string | null;
  /** Null: any number. */
  readonly maxRows?: number | null;
  readonly validSeconds: number;
}

export interface ApprovalUse {
  readonly action: string;
  readonly planHash: string;
  /** How many rows it is about to touch. */
  readonly rows?: number | null;
  readonly runId: string;
}

export interface ApprovalStore {
  add(approval: NewApproval, on?: Queryable): Promise<StoredApproval>;
  /** Throws APPROVAL_REQUIRED, APPROVAL_EXPIRED, APPROVAL_USED or APPROVAL_TOO_SMALL. */
  use(use: ApprovalUse, on?: Queryable): Promise<StoredApproval>;
  /** Newest first. */
  list(of: { readonly runId?: string; readonly planHash?: string }): Promise<StoredApproval[]>;
}

export function createApprovalStore(database: Database): ApprovalStore {
  return {
    async add({ action, planHash, approver, reason = null, maxRows = null, validSeconds }, on = database) {
      const values = [randomUUID(), action, planHash, approver, reason, maxRows, validSeconds];
      const [added] = await on.query<StoredApproval>(addApprovalSql, values);
      return added!;
    },
    async use(use, on = database) {
      const values = [use.action, use.planHash, use.rows ?? null, use.runId];
      const [used] = await on.query<StoredApproval>(useApprovalSql, values);
      if (used) return used;
      const known = await on.query<StoredApproval & { expired: boolean }>(findApprovalsSql, [
        use.action,
        use.planHash,
      ]);
      throw refusal(use, known);
    },
    list: ({ runId, planHash }) =>
      database.query<StoredApproval>(listApprovalsSql, [runId ?? null, planHash ?? null]),
  };
}

function refusal(
  use: ApprovalUse,
  known: readonly (StoredApproval & { readonly expired: boolean })[],
): MigrationError {
  const details = { action: use.action, planHash: use.planHash };
  const refuse = (code: string, message: string, hint = 'Approve it again: towpath approve.') =>
    new MigrationError({ code, message, hint, details });
  const unused = known.filter(({ usedAt }) => usedAt === null);
  if (unused.some(({ expired }) => !expired)) {
    const most = Math.max(...unused.filter(({ expired }) => !expired).map(({ maxRows }) => maxRows ?? 0));
    return refuse(
      'APPROVAL_TOO_SMALL',
      `The approval covers ${most} rows, but ${use.rows} would be touched.`,
      'Look at what has changed since, then approve it again: towpath approve.',
    );
  }
  if (unused.length > 0)
    return refuse('APPROVAL_EXPIRED', `The approval of this plan expired at ${unused[0]!.expiresAt}.`);
  if (known.length > 0)
    return refuse('APPROVAL_USED', 'The approval of this plan was used already; each one counts once.');
  return refuse(
    'APPROVAL_REQUIRED',
    'Nobody has approved this plan as it stands.',
    'Review the plan, then run towpath approve; an edited plan needs a new approval.',
  );
}
