/**
 * Rows of a cycle, and rows that point to others of their table, let go of rows that are about to be deleted: in the transaction that
 * deletes these and of nothing else, so that a row which stays after all keeps what it points to for as long as that is there.
 */
import { keepTriggersQuiet } from '../copy/quiet-triggers.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import type { LooseTie, TakingOut } from './context.ts';
import { plannedEdges } from './edges.ts';
import type { Kept } from './kept-rows.ts';
import { untieSql } from './rollback.sql.ts';
import type { SurveyedEntity } from './survey.ts';

/** Columns of `entities`, which are still to be undone, that point to the parent's rows and may be empty. */
export function looseTies(
  plan: PlanFile,
  parent: SurveyedEntity,
  entities: readonly SurveyedEntity[],
  kept: Kept,
): LooseTie[] {
  const edges = plannedEdges(plan, parent.entity);
  return entities.flatMap(({ entity, plan: { deferred, columns }, table, pairs, quiet }) => {
    if (!table || !pairs) return [];
    return columns
      .filter(({ to, nullable }) => nullable && deferred.includes(to))
      .filter(({ to }) => edges.some(({ name }) => name === `${entity}.${to}`))
      .map(({ to: column }) => {
        const { seen } = kept.get(entity)!;
        return { entity, table, pairs, column, self: entity === parent.entity, seen, quiet };
      });
  });
}

/** In the transaction that deletes the rows of these batches, which are held. */
export async function letGo(
  { control, session, runId, seen, force, failpoints, ties }: TakingOut,
  { entity, table, pairs }: SurveyedEntity,
  batchIds: readonly number[],
): Promise<void> {
  if (ties.length === 0) return;
  await control.transactions.enter(session, runId);
  for (const tie of ties) {
    if (tie.quiet) await keepTriggersQuiet(session);
    await session.query(untieSql({ table: table!, pairs: pairs! }, tie), [
      ...[batchIds, runId, entity, seen, force],
      ...[tie.entity, tie.seen],
    ]);
    if (tie.quiet) await session.query('set local session_replication_role = origin');
  }
  await failpoints.hit('rollback.untied');
}
