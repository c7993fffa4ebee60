/** Takes the rows of some batches out of the target, with all the ledger says of them, in one transaction: they are planned again. */
import { keepTriggersQuiet } from '../copy/quiet-triggers.ts';
import { restoreRows } from '../copy/restore-rows.ts';
import { quoteTable } from '../db/quote.ts';
import { sqlstateOf } from '../db/sqlstate.ts';
import type { RollbackContext } from './context.ts';
import { stillReferenced } from './dependants.ts';
import { deleteBatchesSql, type PointingKey, pointedAtSql, pointingKeysSql } from './rollback.sql.ts';
import type { SurveyedEntity } from './survey.ts';

export type TakingOut = Pick<RollbackContext, 'control' | 'session' | 'runId'>;

const FOREIGN_KEY_VIOLATION = '23503';

/** Returns the rows deleted. `beforeCommit` runs inside the transaction. */
export async function takeOutBatches(
  context: TakingOut,
  entity: SurveyedEntity,
  batchIds: readonly number[],
  beforeCommit: () => void | Promise<void> = () => {},
): Promise<number> {
  const { session, control, runId } = context;
  const of = { runId, entity: entity.entity, batchIds };
  return inTransaction(context, async () => {
    const rows = entity.table && entity.pairs ? await takeOut(context, entity, batchIds) : 0;
    await control.quarantine.forget(session, of);
    await control.repairs.forget(session, of);
    await control.batches.reopen(session, batchIds);
    await beforeCommit();
    return rows;
  });
}

export async function inTransaction<T>(
  { session }: Pick<RollbackContext, 'session'>,
  work: () => Promise<T>,
): Promise<T> {
  await session.query('begin');
  try {
    const result = await work();
    await session.query('commit');
    return result;
  } catch (error) {
    await session.query('rollback').catch(() => undefined);
    throw error;
  }
}

/**
 * Of a table that was there before, rows that others own may point here, and deleting might take them along (`on delete
 * cascade`) or empty them: that is asked first, and its triggers stay quiet as they did when the rows came.
 */
async function takeOut(
  context: TakingOut,
  entity: SurveyedEntity,
  batchIds: readonly number[],
): Promise<number> {
  if (!entity.existing) return deleteRows(context, entity, batchIds);
  const { session, runId } = context;
  await refuseWherePointedAt(context, entity, batchIds);
  if (entity.quiet) await keepTriggersQuiet(session);
  const of = { runId, entity: entity.entity, table: entity.table!, batchIds };
  await restoreRows(session, of);
  return deleteRows(context, entity, batchIds);
}

async function refuseWherePointedAt(
  { session }: TakingOut,
  { entity: name, pairs, table }: SurveyedEntity,
  batchIds: readonly number[],
): Promise<void> {
  for (const key of await session.query<PointingKey>(pointingKeysSql, [quoteTable(table!)])) {
    const [found] = await session.query<{ pointed: boolean }>(pointedAtSql(table!, pairs!, key), [batchIds]);
    if (found!.pointed) throw stillReferenced(name, { table: key.child, constraint: key.name });
  }
}

async function deleteRows(
  { session }: TakingOut,
  entity: SurveyedEntity,
  batchIds: readonly number[],
): Promise<number> {
  try {
    const [deleted] = await session.query<{ rows: number }>(deleteBatchesSql(entity.table!, entity.pairs!), [
      batchIds,
    ]);
    return deleted!.rows;
  } catch (error) {
    throw sqlstateOf(error) === FOREIGN_KEY_VIOLATION ? stillReferenced(entity.entity, error) : error;
  }
}
