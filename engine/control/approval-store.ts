/**
 * A person's yes to one effect: an action, on one plan hash, on at most so many rows, in one state of source and target,
 * until a moment, once. It is asked for and then decided, or granted at once. Using it is one update that finds it granted
 * and unused; what does not fit is refused with the reason (approval-refusal.ts).
 */
import { randomUUID } from 'node:crypto';
import type { Database, Session } from '../db/database.ts';
import type {
  ApprovalEffect,
  ApprovalUse,
  NewApproval,
  NewRequest,
  StoredApproval,
  StoredState,
} from './approval.ts';
import { type KnownApproval, refusal } from './approval-refusal.ts';
import {
  addApprovalSql,
  approvalsOfWishSql,
  closeRequestsSql,
  decideApprovalSql,
  getApprovalSql,
  listApprovalsSql,
  listCardsSql,
  lockRequestsSql,
  useApprovalSql,
  useWholeSql,
} from './approval-store.sql.ts';
import type { Queryable } from './queryable.ts';

export interface ApprovalStore {
  /** Granted at once. */
  add(approval: NewApproval, on?: Queryable): Promise<StoredApproval>;
  /**
   * Asks for one, or gives back what is requested or granted already and fits. Requests of the same wish that no longer fit
   * are closed.
   */
  request(
    request: NewRequest & { readonly rows: number },
    session: Session,
  ): Promise<{ readonly approval: StoredApproval; readonly isNew: boolean }>;
  /** Null where it is not there, decided, or expired. */
  decide(
    id: string,
    decision: {
      readonly state: 'granted' | 'declined';
      readonly by: string;
      readonly reason: string | null;
      /** From now on; null leaves it as it is. */
      readonly validSeconds: number | null;
    },
    on?: Queryable,
  ): Promise<StoredApproval | null>;
  /** Requests that can no longer be granted. */
  close(ids: readonly string[], on?: Queryable): Promise<void>;
  /**
   * Throws APPROVAL_REQUIRED, APPROVAL_EXPIRED, APPROVAL_USED, APPROVAL_DECLINED, APPROVAL_TOO_SMALL or
   * APPROVAL_OUTDATED.
   */
  use(use: ApprovalUse, on?: Queryable): Promise<StoredApproval>;
  find(id: string): Promise<StoredApproval | null>;
  /** Each yes that was used. Newest first; `runId`: by this run. */
  list(of: { readonly runId?: string; readonly planHash?: string }): Promise<StoredApproval[]>;
  /** What people were shown, decided or not. Newest first. */
  cards(states?: readonly StoredState[]): Promise<StoredApproval[]>;
}

export function createApprovalStore(database: Database): ApprovalStore {
  async function insert(
    request: NewRequest,
    granted: { readonly by: string | null; readonly reason: string | null },
    on: Queryable,
  ): Promise<StoredApproval> {
    const { subject = '', basis = null, forRun = null, partOf = null, maxRows = null, card = null } = request;
    const [added] = await on.query<StoredApproval>(addApprovalSql, [
      randomUUID(),
      request.action,
      subject,
      basis,
      request.planHash,
      forRun,
      partOf,
      maxRows,
      request.validSeconds,
      card === null ? null : JSON.stringify(card),
      request.sourceFingerprint ?? null,
      request.targetFingerprint ?? null,
      request.requestedBy,
      granted.by,
      granted.reason,
    ]);
    return added!;
  }

  return {
    add: ({ approver, requestedBy = approver, reason = null, ...approval }, on = database) =>
      insert({ ...approval, requestedBy }, { by: approver, reason }, on),
    async request({ rows, ...request }, session) {
      await session.query(lockRequestsSql);
      const values = wishValues({ ...request, rows }, request.forRun ?? null);
      const known = await session.query<KnownApproval>(approvalsOfWishSql, values);
      const open = known.find(({ state, fits }) => fits && (state === 'granted' || state === 'requested'));
      if (open) return { approval: open, isNew: false };
      const waiting = known.filter(({ state }) => state === 'requested').map(({ id }) => id);
      if (waiting.length > 0) await session.query(closeRequestsSql, [waiting]);
      return { approval: await insert(request, { by: null, reason: null }, session), isNew: true };
    },
    async decide(id, { state, by, reason, validSeconds }, on = database) {
      const values = [id, state, by, reason, validSeconds];
      return (await on.query<StoredApproval>(decideApprovalSql, values))[0] ?? null;
    },
    async close(ids, on = database) {
      await on.query(closeRequestsSql, [ids]);
    },
    async use(use, on = database) {
      const values = wishValues(use, use.runId);
      for (;;) {
        const [used] = await on.query<StoredApproval>(useApprovalSql, [...values, use.runId]);
        if (used) {
          if (used.partOf !== null) await on.query(useWholeSql, [used.partOf, use.runId]);
          return used;
        }
        const known = await on.query<KnownApproval>(approvalsOfWishSql, values);
        // of two that reach for the same one at once, the second looks for another
        if (!known.some(({ state, fits }) => state === 'granted' && fits)) throw refusal(use, known);
      }
    },
    find: async (id) => (await database.query<StoredApproval>(getApprovalSql, [id]))[0] ?? null,
    list: ({ runId, planHash }) =>
      database.query<StoredApproval>(listApprovalsSql, [runId ?? null, planHash ?? null]),
    cards: (states) => database.query<StoredApproval>(listCardsSql, [states ?? null]),
  };
}

/** $1 to $8 of the queries about one wish. */
function wishValues(
  use: ApprovalEffect & { readonly rows?: number | null },
  runId: string | null,
): unknown[] {
  return [
    use.action,
    use.planHash,
    use.subject ?? '',
    runId,
    use.rows ?? null,
    use.sourceFingerprint ?? null,
    use.targetFingerprint ?? null,
    use.basis ?? null,
  ];
}
