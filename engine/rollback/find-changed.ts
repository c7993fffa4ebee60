/**
 * Rows of the run that somebody else has changed since. PostgreSQL says of every row which transaction wrote it last
 * (control/transaction-store.sql.ts): rows that a transaction of Towpath's wrote are not looked at any further. Of the others the
 * source decides, where it can be asked; where not, they count as changed.
 *
 * Chunk after chunk, in bounded memory: of rows that go all the same only the number is kept, and of rows that stay no more than a
 * bound, beyond which nobody could look through them. Such as a target that came out of a dump whose source is not to be had.
 */
import type { LeftRow } from '../contract/undo.ts';
import { MigrationError } from '../core/errors.ts';
import type { ChangedRows } from '../validation/changed-rows.ts';
import { chunksOf } from './chunks.ts';
import type { RollbackContext } from './context.ts';
import { suspectRowsSql } from './rollback.sql.ts';
import type { SurveyedEntity } from './survey.ts';

/** Changed rows of a run, of all its entities, that a rollback leaves: about 50 MB of them. */
export const MOST_LEFT = 100_000;

export interface FoundChanged {
  /** None where they go all the same. */
  readonly rows: readonly LeftRow[];
  readonly changed: number;
  /** Transactions of others that were looked at: what one of them wrote and is not among the rows is the same as before. */
  readonly seen: readonly string[];
}

export interface Room {
  /** Changed rows that are left at most, of all entities. */
  readonly most: number;
  /** As many of them are still free. */
  readonly room: number;
}

interface Suspect {
  readonly id: string;
  readonly legacyId: string;
  readonly writer: string;
}

export async function findChanged(
  context: Pick<RollbackContext, 'session' | 'control' | 'runId' | 'force' | 'signal'>,
  entity: SurveyedEntity,
  compare: ChangedRows | null,
  { most, room }: Room,
): Promise<FoundChanged> {
  const rows: LeftRow[] = [];
  const seen = new Set<string>();
  let count = 0;
  if (!entity.table || !entity.pairs) return { rows, changed: 0, seen: [] };
  const sql = suspectRowsSql(entity.table, entity.pairs);
  for (const batchIds of await chunksOf(context, entity)) {
    context.signal?.throwIfAborted();
    const found = await context.session.query<Suspect>(sql, [batchIds]);
    for (const { writer } of found) seen.add(writer);
    const changed = await changedAmong(entity.entity, found, compare);
    count += changed.length;
    if (context.force) continue;
    if (count > room) throw tooManyChanged(context.runId, entity.entity, most, compare !== null);
    rows.push(...changed);
  }
  return { rows, changed: count, seen: [...seen] };
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

function tooManyChanged(runId: string, entity: string, most: number, compared: boolean): MigrationError {
  const how = compared
    ? 'others have changed since'
    : 'others wrote last, and the old database, which could tell whether they are still the same, cannot be read as the plan has it';
  return new MigrationError({
    code: 'TOO_MANY_CHANGED',
    message: `With ${entity} there are more than ${most.toLocaleString('en-US')} rows of run ${runId} that ${how}. So many are not left one by one.`,
    hint: `${compared ? '' : 'Make the old database reachable (towpath preflight) and try again. '}Take them out with the others, and their changes with them: towpath rollback ${runId} --force-changed --preview`,
    details: { runId, entity, most },
  });
}
