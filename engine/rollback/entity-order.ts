/** In which order entities are undone: children before their parents, later levels before earlier ones. */
import { entityOf, parentNames } from '../copy/prepare.ts';
import type { PlanFile } from '../plan/plan-file.ts';

/** Deferred references do not count: rollback lets go of them first (delete-rows.ts, untieEntity). */
export function undoOrder(plan: PlanFile, names: readonly string[]): string[] {
  const chosen = new Set(names);
  const byLevel = [...chosen].sort(
    (a, b) => entityOf(plan, b).level - entityOf(plan, a).level || a.localeCompare(b),
  );
  const order: string[] = [];
  const seen = new Set<string>();
  const visit = (name: string) => {
    if (seen.has(name)) return;
    seen.add(name);
    for (const child of tiedChildren(plan, name)) if (chosen.has(child)) visit(child);
    order.push(name);
  };
  for (const name of byLevel) visit(name);
  return order;
}

/** Entities that point to the given one, itself left out. */
export function childNames(plan: PlanFile, name: string): string[] {
  return plan.entities
    .filter((entity) => entity.name !== name && parentNames(entity).includes(name))
    .map((entity) => entity.name);
}

/** Children whose reference cannot be let go of: those of deferred columns left out. */
function tiedChildren(plan: PlanFile, name: string): string[] {
  return childNames(plan, name).filter((child) => {
    const entity = entityOf(plan, child);
    const columns = entity.columns.filter((column) => !entity.deferred.includes(column.to));
    return parentNames({ ...entity, columns }).includes(name);
  });
}
