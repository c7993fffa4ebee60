/** The plan that a run goes by; null where it is not kept any more. */
import type { Engine } from '../engine/contract/contract.ts';
import { MigrationError } from '../engine/core/errors.ts';
import type { PlanFile } from '../engine/plan/plan-file.ts';

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
