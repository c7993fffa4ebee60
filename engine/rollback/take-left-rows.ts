/**
 * Rows that an earlier rollback left where they were, taken out after all because that was asked for: rows that were there before the run
 * get back what they were, rows of the run go, children first. What others' rows point to stays even then.
 */
import type { UndoneEntity } from '../contract/undo.ts';
import { LISTED_LEFT_ROWS } from '../contract/undo.ts';
import { readExistingColumns } from '../copy/merge-rows.ts';
import { entityOf } from '../copy/prepare.ts';
import { keepTriggersQuiet, mayKeepTriggersQuiet } from '../copy/quiet-triggers.ts';
import { quoteTable } from '../db/quote.ts';
import { createsTable } from '../plan/creates-table.ts';
import type { TableName } from '../schema/catalog.ts';
import type { RollbackContext } from './context.ts';
import { keysTo } from './edges.ts';
import { undoOrder } from './entity-order.ts';
import { deleteLeftSql, holdLeftSql, restoreLeftSql } from './left-rows.sql.ts';
import { restoreSequences } from './restore-sequences.ts';
import { columnsPresentSql } from './rollback.sql.ts';
import { inTransaction } from './take-out-batches.ts';

/** `entities`: of which rows were left before this rollback began; what `undone` has just decided is not looked at again. */
export async function takeLeftRows(
  context: RollbackContext,
  entities: readonly string[],
  undone: readonly UndoneEntity[],
): Promise<UndoneEntity[]> {
  const fresh = new Set(undone.map(({ entity }) => entity));
  const order = undoOrder(
    context.plan,
    entities.filter((entity) => !fresh.has(entity)),
  );
  const taken: UndoneEntity[] = [];
  for (const entity of order) taken.push(await takeOne(context, entity));
  return taken;
}

async function takeOne(context: RollbackContext, entity: string): Promise<UndoneEntity> {
  const { session, control, runId, plan } = context;
  const planned = entityOf(plan, entity);
  const table = { schema: planned.target.schema, name: planned.target.table };
  const of = { runId, entity };
  const [there] = await session.query<{ present: boolean }>(columnsPresentSql, [quoteTable(table), ['id']]);
  const quiet =
    !createsTable(plan, planned) &&
    planned.target.triggers !== 'fire' &&
    (await mayKeepTriggersQuiet(session));
  const { rows, restored } = await inTransaction(context, async () => {
    if (!there!.present) {
      await control.left.forget(session, of);
      return { rows: 0, restored: 0 };
    }
    await control.transactions.enter(session, runId);
    if (quiet) await keepTriggersQuiet(session);
    const result = await takeRows(context, entity, table);
    await context.failpoints.hit('rollback.left');
    return result;
  });
  if (there!.present)
    await restoreSequences(context, { entity, existing: !createsTable(plan, planned), table });
  const left = await control.left.count(of, session);
  return {
    entity,
    level: planned.level,
    rows,
    restored,
    tableDropped: false,
    kept: 0,
    left: { ...left, rows: await control.left.list({ ...of, limit: LISTED_LEFT_ROWS }, session) },
    forced: rows + restored,
    goneBefore: 0,
  };
}

async function takeRows(
  { session, runId }: RollbackContext,
  entity: string,
  table: TableName,
): Promise<{ rows: number; restored: number }> {
  await session.query(holdLeftSql(table), [runId, entity]);
  const columns = await readExistingColumns(session, table);
  const [back] = await session.query<{ rows: number }>(restoreLeftSql(table, columns), [runId, entity]);
  const keys = await keysTo(session, table);
  const [gone] = await session.query<{ rows: number }>(deleteLeftSql(table, keys), [runId, entity]);
  return { rows: gone!.rows, restored: back!.rows };
}
