/** Undoes an entity whose table Towpath made and which holds nothing but this run’s rows: the table goes as a whole. */
import type { Session } from '../db/database.ts';
import { sqlstateOf } from '../db/sqlstate.ts';
import type { TableName } from '../schema/catalog.ts';
import type { RollbackContext } from './context.ts';
import { forgetEntity } from './forget-entity.ts';
import {
  countRowsSql,
  dropForeignKeySql,
  dropTableSql,
  inboundKeysSql,
  lockTableSql,
  unseenRowsSql,
} from './rollback.sql.ts';
import type { SurveyedEntity } from './survey.ts';

/** Something that Towpath did not make, a view for example, is built upon the table. */
const DEPENDENT_OBJECTS = '2BP01';

/**
 * Table, foreign keys to it, pairs and ledger in one transaction. The rows are counted again under the lock, so that a row
 * somebody put in meanwhile is not lost. Returns the rows that went, or null where the table has to stay.
 */
export async function dropEntity(
  context: RollbackContext,
  entity: SurveyedEntity,
  seen: readonly string[],
): Promise<number | null> {
  const { session, runId } = context;
  const table = entity.table!;
  await session.query('begin');
  try {
    await session.query(lockTableSql(table));
    await session.query(`set local work_mem = '64MB'`);
    const [counted] = await session.query<{ rows: number; kept: number }>(
      countRowsSql(table, entity.pairs!),
      [runId, entity.entity],
    );
    if (counted!.kept > 0 || (await isTouched(context, table, seen))) {
      await session.query('rollback');
      return null;
    }
    await dropInboundKeys(session, entity);
    await session.query(dropTableSql(table));
    await context.control.mappings.truncate(session, entity.entityNo!);
    await forgetEntity(context, entity);
    await context.failpoints.hit('rollback.chunk');
    await session.query('commit');
    return counted!.rows;
  } catch (error) {
    await session.query('rollback').catch(() => undefined);
    if (sqlstateOf(error) === DEPENDENT_OBJECTS) return null;
    throw error;
  }
}

/** Whether somebody has changed a row since they were looked at. */
async function isTouched(
  { session, force }: RollbackContext,
  table: TableName,
  seen: readonly string[],
): Promise<boolean> {
  if (force) return false;
  const [row] = await session.query<{ present: boolean }>(unseenRowsSql(table), [seen]);
  return row!.present;
}

async function dropInboundKeys(session: Session, { table }: SurveyedEntity): Promise<void> {
  const keys = await session.query<{ name: string; schema: string; table: string }>(inboundKeysSql, [
    table!.schema,
    table!.name,
  ]);
  for (const key of keys) {
    await session.query(dropForeignKeySql({ schema: key.schema, name: key.table }, key.name));
  }
}
