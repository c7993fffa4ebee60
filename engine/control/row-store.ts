/** What became of one row, whichever run of its migration it was. */
import type { Database } from '../db/database.ts';
import type { MappingStore } from './mapping-store.ts';
import type { HeldRow } from './quarantine-store.ts';
import { findHeldRowSql, findPairSql, findRepairsSql } from './row-store.sql.ts';

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
  readonly repairs: readonly { readonly column: string; readonly rule: string }[];
}

export interface RowStore {
  /** By its old key as text, or by its new id. */
  trace(of: { readonly migration: string; readonly entity: string; readonly id: string }): Promise<RowTrace>;
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

  return {
    async trace({ migration, entity, id }) {
      const pair = await findPair(migration, entity, id);
      const which = [migration, entity, pair?.legacyId ?? id];
      const [[held], repairs] = await Promise.all([
        database.query<HeldRow>(findHeldRowSql, which),
        database.query<{ column: string; rule: string }>(findRepairsSql, which),
      ]);
      return { pair, held: held ?? null, repairs };
    },
  };
}
