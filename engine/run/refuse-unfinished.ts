/** A table that another run filled in part must not be filled again from the start: its rows would be there twice. */

import type { Run } from '../control/run-store.ts';
import { MigrationError } from '../core/errors.ts';
import type { Database } from '../db/database.ts';
import { undoCommand, undoScopeOf } from '../rollback/undo-scope.ts';

/** $1 migration, $2 entities: runs that brought rows of them and have neither completed nor undone them. */
const unfinishedSql = `select b.run_id as "runId", r.state, r.options, array_agg(distinct b.entity order by b.entity) as entities
  from towpath.batch_processing_status b
  join towpath.migration_control r on r.run_id = b.run_id
  where r.migration = $1 and b.entity = any($2::text[]) and b.state = 'completed' and b.rows_read > 0
  group by b.run_id, r.state, r.options, r.started_at order by r.started_at desc limit 1`;

/** Throws RUN_UNFINISHED. */
export async function refuseUnfinished(
  target: Database,
  migration: string,
  names: readonly string[],
): Promise<void> {
  const [found] = await target.query<Pick<Run, 'runId' | 'state' | 'options'> & { entities: string[] }>(
    unfinishedSql,
    [migration, names],
  );
  if (!found) return;
  const { runId, state, entities } = found;
  const undoing = undoScopeOf(found);
  const goOn = undoing === null ? `towpath resume ${runId}` : undoCommand(runId, undoing);
  throw new MigrationError({
    code: 'RUN_UNFINISHED',
    message: `Run ${runId} is ${state.replace('-', ' ')} and has moved a part of ${entities.join(', ')}; moving it from the start would bring rows twice.`,
    hint: `Nothing was changed. ${state === 'cancelled' ? 'T' : `Continue it: ${goOn}, or t`}ake out what it moved: towpath rollback ${runId} --preview`,
    details: { runId, entities },
  });
}
