/** Takes the rows of some batches out of the target, with all the ledger says of them, in one transaction: they are planned again. */
import { sqlstateOf } from '../db/sqlstate.ts';
import type { RollbackContext } from './context.ts';
import { stillReferenced } from './dependants.ts';
import { deleteBatchesSql } from './rollback.sql.ts';
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
    const rows = entity.table && entity.pairs ? await deleteRows(context, entity, batchIds) : 0;
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
