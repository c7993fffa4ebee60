/** What a rollback came to, as the audit log keeps it: counts an entity, and never a row's values. */
import type { RollbackReport } from '../contract/undo.ts';
import type { Control } from '../control/control.ts';

/** That it began stands there already, as the run's own move. */
export async function enterRollback(
  control: Pick<Control, 'audit'>,
  { runId, forceChanged, entities }: RollbackReport,
): Promise<void> {
  const undone = entities.map(({ entity, rows, kept, restored = 0, left, forced, tableDropped }) => ({
    entity,
    rows,
    kept,
    restored,
    left: left.changed + left.pointedAt,
    forced,
    tableDropped,
  }));
  await control.audit.add({
    actor: 'towpath',
    action: 'rollback.done',
    details: { runId, forceChanged, entities: undone },
  });
}
