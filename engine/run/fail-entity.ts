/** Holds the entity that an error stopped, and marks it, so that status and report name it and not only the run. */
import { classify } from '../db/sqlstate.ts';
import { explainFailure } from './explain-failure.ts';
import type { RunContext } from './run-context.ts';

/** Never throws: where the target cannot be reached any more, the run's own error says so. */
export async function failEntity(
  { control, runId, events, log, held }: Pick<RunContext, 'control' | 'runId' | 'events' | 'log' | 'held'>,
  entity: string,
  cause: unknown,
): Promise<void> {
  const explained = explainFailure(cause, entity);
  held.hold(entity, explained);
  const error = explained.toJSON();
  events.publish({ type: 'entity.failed', runId, entity, error });
  try {
    await control.entities.fail({ runId, entity, error });
  } catch (unreachable) {
    log.warn('entity.not-marked', { code: classify(unreachable).code }, { entity });
  }
}
