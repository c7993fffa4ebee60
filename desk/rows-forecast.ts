/** How many rows of each entity a run's plan expects, for those that have not begun. */
import type { Engine } from '../engine/contract/contract.ts';
import type { PlanFile } from '../engine/plan/plan-file.ts';
import { planOfRun } from './plan-of-run.ts';

/** Empty where the plan of the run is not kept any more. */
export async function rowsForecast(
  engine: Pick<Engine, 'storedPlan'>,
  planHash: string,
): Promise<ReadonlyMap<string, number>> {
  return forecastOf(await planOfRun(engine, planHash));
}

export function forecastOf(plan: PlanFile | null): ReadonlyMap<string, number> {
  return new Map(plan?.entities.map(({ name, estimatedRows }) => [name, estimatedRows]));
}
