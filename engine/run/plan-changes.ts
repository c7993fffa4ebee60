/** What an edited plan does otherwise than the one before. */
import { parentNames } from '../copy/prepare.ts';
import type { PlanEntity, PlanFile } from '../plan/plan-file.ts';
import { canonicalJson } from '../schema/canonical-json.ts';

/** Kinds of records that the two plans do not move alike. Reasons, confidence and estimates are no difference. */
export function changedEntities(before: PlanFile, after: PlanFile): string[] {
  const names = new Set([...before.entities, ...after.entities].map(({ name }) => name));
  const sameFrame = frame(before) === frame(after);
  return [...names].filter((name) => {
    const [a, b] = [before, after].map((plan) => plan.entities.find((entity) => entity.name === name));
    return !sameFrame || a === undefined || b === undefined || readAs(a) !== readAs(b);
  });
}

/** What every kind of records depends on. */
function frame({ settings, target, migration }: PlanFile): string {
  return canonicalJson({ migration, schema: target.schema, timeZone: settings.timeZone });
}

function readAs({ estimatedRows: _rows, level: _level, ...entity }: PlanEntity): string {
  const columns = entity.columns.map(({ reason: _reason, confidence: _confidence, ...column }) => column);
  return canonicalJson({ ...entity, columns });
}

/** The given ones and all that point at them, at whatever distance: where their ids change, so may what is the same row. */
export function withDependents(plan: PlanFile, names: readonly string[]): string[] {
  const found = new Set(names);
  for (const name of found)
    for (const entity of plan.entities) if (parentNames(entity).includes(name)) found.add(entity.name);
  return [...found];
}
