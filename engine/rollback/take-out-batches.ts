/** Takes the rows of some batches out of the target, with all the ledger says of them, in one transaction: they are planned again. */
import { keepTriggersQuiet } from '../copy/quiet-triggers.ts';
import { restoreRows } from '../copy/restore-rows.ts';
import { quoteTable } from '../db/quote.ts';
import { sqlstateOf } from '../db/sqlstate.ts';
import type { RollbackContext, TakingOut } from './context.ts';
import { stillReferenced } from './dependants.ts';
import { keysTo } from './edges.ts';
import { letGo } from './let-go.ts';
import { stillPointedAtSql } from './pointing.sql.ts';
import { deleteBatchesSql, holdBatchesSql } from './rollback.sql.ts';
import type { SurveyedEntity } from './survey.ts';

export interface TakenOut {
  readonly rows: number;
  /** Rows that stayed because somebody changed them after they had been looked at. */
  readonly late: number;
}

const FOREIGN_KEY_VIOLATION = '23503';

/** `beforeCommit` runs inside the transaction. */
export async function takeOutBatches(
  context: TakingOut,
  entity: SurveyedEntity,
  batchIds: readonly number[],
  beforeCommit: () => void | Promise<void> = () => {},
): Promise<TakenOut> {
  const { session, control, runId } = context;
  const of = { runId, entity: entity.entity, batchIds };
  return inTransaction(context, async () => {
    const taken =
      entity.table && entity.pairs ? await takeOut(context, entity, batchIds) : { rows: 0, late: 0 };
    await control.quarantine.forget(session, of);
    await control.repairs.forget(session, of);
    await control.batches.reopen(session, batchIds);
    await beforeCommit();
    return taken;
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
 * First the rows are held, so that nobody comes between what is found of them and what is done. Rows that others own may point here, and deleting might take them along (`on delete cascade`) or empty them: that is
 * asked first, and the triggers of a table that was there before stay quiet as they did when the rows came.
 */
async function takeOut(
  context: TakingOut,
  entity: SurveyedEntity,
  batchIds: readonly number[],
): Promise<TakenOut> {
  const { session, runId, control } = context;
  await session.query(holdBatchesSql(entity.table!, entity.pairs!), [batchIds]);
  await letGo(context, entity, batchIds);
  await refuseWherePointedAt(context, entity, batchIds);
  if (!entity.existing) return deleteRows(context, entity, batchIds);
  if (context.ties.length === 0) await control.transactions.enter(session, runId);
  if (entity.quiet) await keepTriggersQuiet(session);
  const of = { runId, entity: entity.entity, table: entity.table!, batchIds };
  await restoreRows(session, of);
  return deleteRows(context, entity, batchIds);
}

async function refuseWherePointedAt(
  { session, runId }: TakingOut,
  entity: SurveyedEntity,
  batchIds: readonly number[],
): Promise<void> {
  const { entity: name, pairs, table, existing } = entity;
  if (!existing && entity.inboundKeys.length === 0) return;
  for (const edge of await keysTo(session, table!)) {
    const self = quoteTable(edge.child) === quoteTable(table!);
    const sql = stillPointedAtSql(table!, pairs!, edge, self);
    const [found] = await session.query<{ pointed: boolean }>(sql, [batchIds, runId, name]);
    if (found!.pointed) throw stillReferenced(name, { table: edge.child.name, constraint: edge.name });
  }
}

async function deleteRows(
  { session, runId, seen, force }: TakingOut,
  entity: SurveyedEntity,
  batchIds: readonly number[],
): Promise<TakenOut> {
  try {
    const sql = deleteBatchesSql(entity.table!, entity.pairs!);
    const [taken] = await session.query<TakenOut>(sql, [batchIds, runId, entity.entity, seen, force]);
    return taken!;
  } catch (error) {
    throw sqlstateOf(error) === FOREIGN_KEY_VIOLATION ? stillReferenced(entity.entity, error) : error;
  }
}
