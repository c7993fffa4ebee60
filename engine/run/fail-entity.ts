/** Marks the entity that an error stopped, so that status and report name it and not only the run. */
import { classify } from '../db/sqlstate.ts';
import { explainFailure } from './explain-failure.ts';
import type { RunContext } from './run-context.ts';

/** Never throws: where the target cannot be reached any more, the run's own error says so. */
export async function failEntity(
  { control, runId, events, log }: Pick<RunContext, 'control' | 'runId' | 'events' | 'log'>,
  entity: string,
  cause: unknown,
): Promise<void> {
  const error = explainFailure(cause).toJSON();
  events.publish({ type: 'entity.failed', runId, entity, error });
  try {
    await control.entities.fail({ runId, entity, error });
  } catch (unreachable) {
    log.warn('entity.not-marked', { code: classify(unreachable).code }, { entity });
  }
}

/** Does work for an entity and marks it when the work fails. */
export async function workingOn<T>(context: RunContext, entity: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    await failEntity(context, entity, error);
    throw error;
  }
}
