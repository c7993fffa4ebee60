/**
 * Takes rows of one entity out of the target together with their mapping pairs, inside the caller's transaction.
 * Rows that point to them are the caller's to settle; the statement fails (23503) where a foreign key still holds them.
 */
import type { Session } from '../db/database.ts';
import type { EntityLoad } from './entity-load.ts';
import { deleteRowsSql } from './settle.sql.ts';

export async function removeRows(load: EntityLoad, keys: readonly string[], target: Session): Promise<void> {
  if (keys.length === 0) return;
  await target.query(deleteRowsSql(load.target, load.pairsTable), [keys]);
}
