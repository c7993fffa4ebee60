/** What became of one row, whichever run of its migration it was. */
import type { Database } from '../db/database.ts';
import type { MappingStore } from './mapping-store.ts';
import type { HeldRow } from './quarantine-store.ts';
import type { Queryable } from './queryable.ts';
import {
  findHeldRowSql,
  findPairSql,
  findRepairsSql,
  findRetriedSql,
  noteRetriedSql,
} from './row-store.sql.ts';

/** moved: it had been set aside. linked: it had been moved without a link that it has now. */
interface RowRetry {
  readonly how: 'moved' | 'linked';
  readonly approvalId: string;
  readonly planHash: string;
  readonly at: string;
}

export interface RowTrace {
  readonly pair: {
    readonly legacyId: string;
    readonly newId: string;
    readonly batchId: number;
    readonly runId: string | null;
    /** Null: a run inserted the row. */
    readonly merged: 'kept' | 'updated' | 'duplicate' | null;
    /** Old key of the row that it is the same record as; null where it has a row of its own. */
    readonly duplicateOf: string | null;
  } | null;
  readonly held: HeldRow | null;
  /** What `quarantine retry` did to it since its batch; null: nothing. */
  readonly retried: RowRetry | null;
  readonly repairs: readonly { readonly column: string; readonly rule: string }[];
}

export interface RowStore {
  /** By its old key as text, or by its new id. */
  trace(of: { readonly migration: string; readonly entity: string; readonly id: string }): Promise<RowTrace>;
  noteRetried(
    on: Queryable,
    of: Omit<RowRetry, 'at'> & {
      readonly runId: string;
      readonly entity: string;
      readonly legacyIds: readonly string[];
    },
  ): Promise<void>;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

export function createRowStore(database: Database, mappings: Pick<MappingStore, 'entityNo'>): RowStore {
  async function findPair(migration: string, entity: string, id: string): Promise<RowTrace['pair']> {
    const entityNo = await mappings.entityNo(migration, entity);
    if (entityNo === null) return null;
    type Pair = NonNullable<RowTrace['pair']>;
    const newId = UUID.test(id) ? id : null;
    const [pair] = await database.query<Pair>(findPairSql(entityNo), [id, newId]);
    return pair ?? null;
  }

  async function findRetried(
    entity: string,
    { runId, legacyId, batchId }: NonNullable<RowTrace['pair']>,
  ): Promise<RowRetry | null> {
    const [retried] = await database.query<RowRetry>(findRetriedSql, [runId, entity, legacyId, batchId]);
    return retried ?? null;
  }

  return {
    async trace({ migration, entity, id }) {
      const pair = await findPair(migration, entity, id);
      const which = [migration, entity, pair?.legacyId ?? id];
      const [[held], repairs] = await Promise.all([
        database.query<HeldRow>(findHeldRowSql, which),
        database.query<{ column: string; rule: string }>(findRepairsSql, which),
      ]);
      const retried = held === undefined && pair !== null ? await findRetried(entity, pair) : null;
      return { pair, held: held ?? null, retried, repairs };
    },
    async noteRetried(on, { runId, entity, legacyIds, how, approvalId, planHash }) {
      if (legacyIds.length > 0)
        await on.query(noteRetriedSql, [runId, entity, legacyIds, how, approvalId, planHash]);
    },
  };
}
