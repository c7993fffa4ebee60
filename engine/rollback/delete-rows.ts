/**
 * Undoes an entity row by row, in chunks: each is one transaction that takes out the rows of some batches, their pairs and
 * what the ledger says of them. The batches become planned again, so whatever stops the work leaves a ledger that is
 * true: rollback goes on with the batches that are left, and so would resume.
 */
import { keepTriggersQuiet } from '../copy/quiet-triggers.ts';
import { restoreRows } from '../copy/restore-rows.ts';
import { chunksOf } from './chunks.ts';
import type { RollbackContext, TakingOut } from './context.ts';
import { forgetEntity } from './forget-entity.ts';
import { leaveImagesSql } from './rollback.sql.ts';
import type { SurveyedEntity } from './survey.ts';
import { inTransaction, takeOutBatches } from './take-out-batches.ts';

/** What was taken out, of all batches, and rows that turned out to have been changed meanwhile. */
export async function deleteEntity(
  context: RollbackContext,
  entity: SurveyedEntity,
  of: Pick<TakingOut, 'seen' | 'ties'>,
): Promise<{ rows: number; late: number }> {
  const sum = { rows: 0, late: 0 };
  if (entity.table && entity.pairs) {
    const taking = { ...context, ...of };
    for (const batchIds of await chunksOf(context, entity)) {
      context.signal?.throwIfAborted();
      const { rows, late } = await takeOutBatches(taking, entity, batchIds, () =>
        context.failpoints.hit('rollback.chunk'),
      );
      sum.rows += rows;
      sum.late += late;
    }
  }
  await inTransaction(context, () => forgetEntity(context, entity));
  return sum;
}

/**
 * Gives rows that were there before back what they were, of all batches: first of all, because as the run left them they may
 * refer to rows that are about to go. Returns how many.
 */
export async function restoreEntity(context: RollbackContext, entity: SurveyedEntity): Promise<number> {
  let rows = 0;
  if (entity.plan.merge?.onMatch !== 'update' || !entity.table || !entity.pairs) return rows;
  const { session, runId, force } = context;
  const of = { runId, entity: entity.entity, table: entity.table, force };
  const leave = leaveImagesSql(entity.pairs);
  for (const batchIds of await chunksOf(context, entity)) {
    context.signal?.throwIfAborted();
    rows += await inTransaction(context, async () => {
      await context.control.transactions.enter(session, runId);
      if (entity.quiet) await keepTriggersQuiet(session);
      const restored = await restoreRows(session, { ...of, batchIds });
      if (restored.left.length > 0)
        await session.query(leave, [runId, entity.entity, JSON.stringify(restored.left)]);
      await context.failpoints.hit('rollback.images');
      return restored.rows;
    });
  }
  return rows;
}
