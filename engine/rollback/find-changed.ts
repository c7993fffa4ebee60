/**
 * Rows of the run that somebody else has changed since. PostgreSQL says of every row which transaction wrote it last
 * (control/transaction-store.sql.ts): rows that a transaction of Towpath's wrote are not looked at any further. Of the others the
 * source decides, where it can be asked; where not, they count as changed.
 */
import type { LeftRow } from '../contract/undo.ts';
import type { ChangedRows } from '../validation/changed-rows.ts';
import { chunksOf } from './chunks.ts';
import type { RollbackContext } from './context.ts';
import { suspectRowsSql } from './rollback.sql.ts';
import type { SurveyedEntity } from './survey.ts';

export interface FoundChanged {
  readonly rows: readonly LeftRow[];
  /** Transactions of others that were looked at: what one of them wrote and is not among the rows is the same as before. */
  readonly seen: readonly string[];
  /** Rows that others wrote last. */
  readonly suspects: number;
}

interface Suspect {
  readonly id: string;
  readonly legacyId: string;
  readonly writer: string;
}

export async function findChanged(
  context: Pick<RollbackContext, 'session' | 'control' | 'runId' | 'signal'>,
  entity: SurveyedEntity,
  compare: ChangedRows | null,
): Promise<FoundChanged> {
  const rows: LeftRow[] = [];
  const seen = new Set<string>();
  let suspects = 0;
  if (!entity.table || !entity.pairs) return { rows, seen: [], suspects };
  const sql = suspectRowsSql(entity.table, entity.pairs);
  for (const batchIds of await chunksOf(context, entity)) {
    context.signal?.throwIfAborted();
    const found = await context.session.query<Suspect>(sql, [batchIds]);
    suspects += found.length;
    for (const { writer } of found) seen.add(writer);
    rows.push(...(await changedAmong(entity.entity, found, compare)));
  }
  return { rows, seen: [...seen], suspects };
}

async function changedAmong(
  entity: string,
  found: readonly Suspect[],
  compare: ChangedRows | null,
): Promise<LeftRow[]> {
  if (found.length === 0) return [];
  const changed = compare
    ? await compare.find(
        entity,
        found.map(({ id }) => id),
      )
    : null;
  return found
    .filter(({ id }) => changed === null || changed.has(id))
    .map(({ id, legacyId }) => ({ id, legacyId, reason: 'changed', columns: changed?.get(id) ?? null }));
}
