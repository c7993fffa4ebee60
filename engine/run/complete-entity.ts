/** Closes an entity with what the ledger holds of it: every row that was read is written, set aside, or the same record as another. */
import type { EntityLoad } from '../copy/entity-load.ts';
import { MigrationError } from '../core/errors.ts';
import type { RunContext } from './run-context.ts';

/** Throws LEDGER_MISMATCH. */
export async function completeEntity(context: RunContext, load: EntityLoad): Promise<void> {
  const { control, runId, events } = context;
  const entity = load.compiled.plan.name;
  const counts = await control.entities.complete({ runId, entity, entityNo: load.entityNo });
  const { rowsRead, rowsWritten, rowsQuarantined, rowsRepaired, rowsDuplicate, milliseconds } = counts;
  if (rowsRead !== rowsWritten + rowsQuarantined + rowsDuplicate) {
    throw new MigrationError({
      code: 'LEDGER_MISMATCH',
      message: `${entity}: ${rowsRead} rows were read, but ${rowsWritten} written, ${rowsQuarantined} set aside and ${rowsDuplicate} the same record as another.`,
      hint: `Do not use the target. Run “towpath validate --entities ${entity}”, and report this.`,
      severity: 'critical',
    });
  }
  events.publish({
    type: 'entity.completed',
    runId,
    entity,
    rowsRead,
    rowsWritten,
    rowsQuarantined,
    rowsRepaired,
    ...(rowsDuplicate === 0 ? {} : { rowsDuplicate }),
    milliseconds,
  });
}
