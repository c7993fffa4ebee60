/** The end of a rollback: the run’s state, and the schemas that Towpath made and that are empty now. */
import type { Control } from '../control/control.ts';
import type { Run } from '../control/run-store.ts';
import { MigrationError } from '../core/errors.ts';
import type { Database } from '../db/database.ts';
import { sqlstateOf } from '../db/sqlstate.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { isInTarget } from './choose-entities.ts';
import { dropSchemaSql, madeSchemasSql } from './rollback.sql.ts';

/** Something is in the schema. */
const DEPENDENT_OBJECTS = '2BP01';

/** The whole run is rolled back once none of its entities is left in the target. */
export async function closeRun(
  { control, target }: { readonly control: Control; readonly target: Database },
  { runId }: Run,
  plan: PlanFile,
): Promise<void> {
  const entities = await control.entities.list(runId);
  const left = entities.filter(isInTarget);
  if (left.length === 0) {
    await dropEmptySchemas(target, plan);
    await control.runs.move(runId, 'rolled-back');
    return;
  }
  const gone = entities.filter(({ state }) => state === 'rolled-back').map(({ entity }) => entity);
  const error = new MigrationError({
    code: 'ROLLED_BACK_IN_PART',
    message: `${gone.join(', ')} ${gone.length === 1 ? 'was' : 'were'} rolled back; ${left.length} other entities of the run are still in the target.`,
    hint: `towpath resume ${runId} moves what was rolled back again; towpath rollback ${runId} --confirm takes out the rest.`,
    details: { rolledBack: gone, left: left.map(({ entity }) => entity) },
  });
  await control.runs.move(runId, 'failed', { error: error.toJSON() });
}

async function dropEmptySchemas(target: Database, { entities }: PlanFile): Promise<void> {
  const names = [...new Set(entities.map((entity) => entity.target.schema))];
  for (const { name } of await target.query<{ name: string }>(madeSchemasSql, [names])) {
    try {
      await target.query(dropSchemaSql(name));
    } catch (error) {
      if (sqlstateOf(error) !== DEPENDENT_OBJECTS) throw error;
    }
  }
}
