import type { RollbackContext } from './context.ts';
import type { SurveyedEntity } from './survey.ts';

/** Takes an entity’s records out of the ledger and marks it as rolled back, in the caller’s transaction. */
export async function forgetEntity(
  { control, session, runId }: RollbackContext,
  { entity, entityNo }: SurveyedEntity,
) {
  const of = { runId, entity };
  if (entityNo !== null) {
    await control.mappings.deleteForRun(session, { ...of, entityNo });
    await control.kept.forget(session, entityNo);
  }
  await control.kept.forgetImages(session, of);
  await control.quarantine.forget(session, of);
  await control.repairs.forget(session, of);
  await control.batches.forget(session, of);
  await control.entities.rolledBack(of, session);
}
