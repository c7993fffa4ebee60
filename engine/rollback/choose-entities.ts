/** Which entities a rollback undoes, and in which order. */
import type { Control } from '../control/control.ts';
import type { EntityProgress } from '../control/entity-store.ts';
import { entityOf } from '../copy/prepare.ts';
import { MigrationError } from '../core/errors.ts';
import type { Database } from '../db/database.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { refuseWhileNeeded } from './dependants.ts';
import { undoOrder } from './entity-order.ts';

export interface Choice {
  readonly runId: string;
  readonly plan: PlanFile;
  readonly entities: readonly string[];
  readonly level?: number;
}

/** Names in the order of undoing; rolled back and skipped ones left out. Throws UNKNOWN_ENTITY, UNKNOWN_LEVEL, DEPENDENCY_NOT_MET. */
export async function chooseEntities(
  deps: { readonly control: Control; readonly target: Database },
  { runId, plan, entities, level }: Choice,
): Promise<string[]> {
  const isPlanned = (name: string) => plan.entities.some((entity) => entity.name === name);
  const ofRun = (await deps.control.entities.list(runId)).filter(({ entity }) => isPlanned(entity));
  const names = entities.length === 0 ? ofRun.map(({ entity }) => entity) : entities;
  const chosen = names.map(
    (name) => ofRun.find(({ entity }) => entity === name) ?? unknownEntity(runId, name),
  );
  if (level !== undefined && !ofRun.some(({ entity }) => entityOf(plan, entity).level === level))
    throw unknownLevel(runId, level);
  const order = undoOrder(
    plan,
    chosen
      .filter(isInTarget)
      .map(({ entity }) => entity)
      .filter((name) => level === undefined || entityOf(plan, name).level >= level),
  );
  await refuseWhileNeeded(plan, order, deps);
  return order;
}

/** Neither taken out before nor passed over. */
export function isInTarget({ state }: EntityProgress): boolean {
  return state !== 'rolled-back' && state !== 'skipped';
}

function unknownLevel(runId: string, level: number): MigrationError {
  return new MigrationError({
    code: 'UNKNOWN_LEVEL',
    message: `Run ${runId} has no level ${level}.`,
    hint: `Nothing was changed. towpath status ${runId} --details lists its entities with their levels.`,
    details: { runId, level },
  });
}

function unknownEntity(runId: string, name: string): never {
  throw new MigrationError({
    code: 'UNKNOWN_ENTITY',
    message: `Run ${runId} has no entity named ${name}.`,
    hint: `towpath status ${runId} --details lists its entities.`,
    details: { runId, entity: name },
  });
}
