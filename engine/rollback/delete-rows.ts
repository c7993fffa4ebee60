/**
 * Undoes an entity row by row, in chunks: each is one transaction that takes out the rows of some batches, their pairs and
 * what the ledger says of them. The batches become planned again, so whatever stops the work leaves a ledger that is
 * true: rollback goes on with the batches that are left, and so would resume.
 */
import type { Batch } from '../control/batch-store.ts';
import { keepTriggersQuiet } from '../copy/quiet-triggers.ts';
import { type Restored, restoreRows } from '../copy/restore-rows.ts';
import type { RollbackContext } from './context.ts';
import { forgetEntity } from './forget-entity.ts';
import { untieSql } from './rollback.sql.ts';
import type { SurveyedEntity } from './survey.ts';
import { inTransaction, takeOutBatches } from './take-out-batches.ts';

/** Rows a chunk, as long as one batch alone is not larger. */
const CHUNK_ROWS = 50_000;

/** What was taken out, of all batches. */
export async function deleteEntity(context: RollbackContext, entity: SurveyedEntity): Promise<number> {
  let rows = 0;
  if (entity.table && entity.pairs) {
    for (const batchIds of await chunksOf(context, entity)) {
      context.signal?.throwIfAborted();
      rows += await takeOutBatches(context, entity, batchIds, () => context.failpoints.hit('rollback.chunk'));
    }
  }
  await inTransaction(context, () => forgetEntity(context, entity));
  return rows;
}

/**
 * Gives rows that were there before back what they were, of all batches: first of all, because as the run left them they may
 * refer to rows that are about to go.
 */
export async function restoreEntity(context: RollbackContext, entity: SurveyedEntity): Promise<Restored> {
  const left: string[] = [];
  let rows = 0;
  if (entity.plan.merge?.onMatch !== 'update' || !entity.table || !entity.pairs) return { rows, left };
  const of = { runId: context.runId, entity: entity.entity, table: entity.table };
  for (const batchIds of await chunksOf(context, entity)) {
    context.signal?.throwIfAborted();
    const restored = await inTransaction(context, async () => {
      if (entity.quiet) await keepTriggersQuiet(context.session);
      return restoreRows(context.session, { ...of, batchIds });
    });
    rows += restored.rows;
    left.push(...restored.left);
  }
  return { rows, left };
}

/** Lets rows of cycles and rows that point to others of their table let go of each other. */
export async function untieEntity(context: RollbackContext, entity: SurveyedEntity): Promise<void> {
  const { deferred, columns } = entity.plan;
  const nullable = deferred.filter((name) => columns.some((column) => column.to === name && column.nullable));
  if (nullable.length === 0 || !entity.table || !entity.pairs) return;
  const sql = untieSql(entity.table, entity.pairs, nullable);
  for (const batchIds of await chunksOf(context, entity)) {
    context.signal?.throwIfAborted();
    await inTransaction(context, async () => {
      if (entity.quiet) await keepTriggersQuiet(context.session);
      await context.session.query(sql, [batchIds]);
    });
  }
}

/** Completed batches, latest first, put together to chunks. */
async function chunksOf(
  { control, runId }: RollbackContext,
  { entity }: SurveyedEntity,
): Promise<number[][]> {
  const batches = (await control.batches.list(runId, entity)).filter(({ state }) => state === 'completed');
  const chunks: { ids: number[]; rows: number }[] = [];
  for (const batch of batches.reverse() as Batch[]) {
    const last = chunks.at(-1);
    if (last && last.rows + batch.rowsWritten <= CHUNK_ROWS) {
      last.ids.push(batch.batchId);
      last.rows += batch.rowsWritten;
    } else chunks.push({ ids: [batch.batchId], rows: batch.rowsWritten });
  }
  return chunks.map(({ ids }) => ids);
}
