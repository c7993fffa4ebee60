/** Which entities a command means: names, groups, `all`; with or without what they depend on. */

import { entityOf, parentNames } from '../copy/prepare.ts';
import { MigrationError } from '../core/errors.ts';
import { nearest } from '../plan/nearest.ts';
import type { PlanFile } from '../plan/plan-file.ts';

export interface Selection {
  /** Entities to migrate, in the plan's order of levels. */
  readonly names: readonly string[];
}

/** Expands groups and `all`; unknown names are an error that lists what there is. */
export function selectEntities(
  plan: PlanFile,
  wanted: readonly string[],
  withDependencies: boolean,
): Selection {
  const names = new Set<string>();
  for (const word of wanted.length === 0 ? ['all'] : wanted) {
    for (const name of expand(plan, word)) names.add(name);
  }
  if (withDependencies) addDependencies(plan, names);
  const chosen = plan.entities.filter((entity) => names.has(entity.name));
  return { names: chosen.sort((a, b) => a.level - b.level).map((entity) => entity.name) };
}

/** Parents of the selection that are neither in it nor in the target. */
export function missingDependencies(
  plan: PlanFile,
  names: readonly string[],
  migrated: ReadonlySet<string>,
): string[] {
  const chosen = new Set(names);
  const missing = names
    .flatMap((name) => parentNames(entityOf(plan, name)))
    .filter((parent) => !chosen.has(parent) && !migrated.has(parent));
  return [...new Set(missing)];
}

function expand(plan: PlanFile, word: string): readonly string[] {
  if (word === 'all') return plan.entities.map((entity) => entity.name);
  if (plan.entities.some((entity) => entity.name === word)) return [word];
  const group = plan.groups[word];
  if (group) return group;
  const known = [...Object.keys(plan.groups), ...plan.entities.map((entity) => entity.name)];
  const near = nearest(word, known);
  throw new MigrationError({
    code: 'UNKNOWN_ENTITY',
    message: `There is no entity or group named “${word}” in the plan.`,
    hint: near
      ? `Did you mean ${near}? “towpath plan” lists all of them.`
      : '“towpath plan” lists all entities and groups.',
    details: { known },
  });
}

function addDependencies(plan: PlanFile, names: Set<string>): void {
  const queue = [...names];
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    for (const parent of parentNames(entityOf(plan, name))) {
      if (names.has(parent)) continue;
      names.add(parent);
      queue.push(parent);
    }
  }
}
