/** Closes an entity with what the ledger holds of it: every row that was read is written or set aside. */
import type { EntityLoad } from '../copy/entity-load.ts';
import { MigrationError } from '../core/errors.ts';
import type { RunContext } from './run-context.ts';

/** Throws LEDGER_MISMATCH. */
export async function completeEntity(context: RunContext, load: EntityLoad): Promise<void> {
  const { control, runId, events } = context;
  const entity = load.compiled.plan.name;
  const counts = await control.entities.complete({ runId, entity, entityNo: load.entityNo });
  const { rowsRead, rowsWritten, rowsQuarantined, rowsRepaired, milliseconds } = counts;
  if (rowsRead !== rowsWritten + rowsQuarantined) {
    throw new MigrationError({
      code: 'LEDGER_MISMATCH',
      message: `${entity}: ${rowsRead} rows were read, but ${rowsWritten} written and ${rowsQuarantined} set aside.`,
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
    milliseconds,
  });
}
