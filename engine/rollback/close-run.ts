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
  const planned = new Set(plan.entities.map(({ name }) => name));
  const left = entities.filter((entity) => planned.has(entity.entity) && isInTarget(entity));
  if (left.length === 0) {
    await dropEmptySchemas(target, plan);
    await control.runs.move(runId, 'rolled-back');
    return;
  }
  const gone = entities.filter(({ state }) => state === 'rolled-back').map(({ entity }) => entity);
  const stay = await control.left.entities(runId);
  const error = new MigrationError({
    code: 'ROLLED_BACK_IN_PART',
    message: `${gone.join(', ')} ${gone.length === 1 ? 'was' : 'were'} rolled back; ${left.length} other entities of the run are still in the target.${stayWords(stay)}`,
    hint: `${stay.length === 0 ? '' : `${stay.length === 1 ? 'That would be' : 'Those would be'} met by the same rows moved again, which are set aside then; what others changed goes with towpath rollback ${runId} --entities ${stay.map(({ entity }) => entity).join(',')} --force-changed --confirm. `}towpath resume ${runId} moves what was rolled back again; towpath rollback ${runId} --confirm takes out the rest.`,
    details: { rolledBack: gone, left: left.map(({ entity }) => entity) },
  });
  await control.runs.move(runId, 'failed', { error: error.toJSON() });
}

/** Rows that others changed or need. */
function stayWords(stay: readonly { readonly entity: string; readonly rows: number }[]): string {
  const words = stay.map(
    ({ entity, rows }) =>
      ` ${rows.toLocaleString('en-US')} ${rows === 1 ? 'row' : 'rows'} of ${entity} ${rows === 1 ? 'stays' : 'stay'}, because others have changed or need ${rows === 1 ? 'it' : 'them'}.`,
  );
  return words.join('');
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
