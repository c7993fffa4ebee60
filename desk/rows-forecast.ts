/** How many rows of each entity a run's plan expects, for those that have not begun. */
import type { Engine } from '../engine/contract/contract.ts';
import { MigrationError } from '../engine/core/errors.ts';
import type { PlanFile } from '../engine/plan/plan-file.ts';

/** Empty where the plan of the run is not kept any more. */
export async function rowsForecast(
  engine: Pick<Engine, 'storedPlan'>,
  planHash: string,
): Promise<ReadonlyMap<string, number>> {
  const plan = await planOfRun(engine, planHash);
  return new Map(plan?.entities.map(({ name, estimatedRows }) => [name, estimatedRows]));
}

/** Null where it is not kept any more. */
export async function planOfRun(
  engine: Pick<Engine, 'storedPlan'>,
  planHash: string,
): Promise<PlanFile | null> {
  try {
    return await engine.storedPlan(planHash);
  } catch (error) {
    if (error instanceof MigrationError && error.code === 'UNKNOWN_PLAN') return null;
    throw error;
  }
}
