/** Which kinds of records of a level have more rows set aside than the plan allows. */
import type { EntityProgress } from '../../../server/shapes/runs.ts';

type Counted = Pick<EntityProgress, 'level' | 'setAside' | 'rowsDone' | 'limit'>;

export function beyondLimit<Entity extends Counted>(entities: readonly Entity[], level: number): Entity[] {
  return entities.filter(
    (entity) =>
      entity.level === level &&
      entity.setAside > 0 &&
      entity.limit !== null &&
      entity.setAside > entity.limit * entity.rowsDone,
  );
}
