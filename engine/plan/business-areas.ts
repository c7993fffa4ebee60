/**
 * Groups and phases. A known family of databases brings its own; for any other, an area is what hangs together once the
 * tables that everybody refers to are taken away, named after its most referenced entity, and a phase is a level.
 */
import type { NamingProfile } from './naming-profile.ts';

export interface AreaEntity {
  readonly name: string;
  readonly level: number;
  readonly targets: readonly string[];
}

export interface Areas {
  readonly groups: Record<string, string[]>;
  readonly phases: { name: string; entities: string[] }[];
}

/** An entity that more than a quarter of all refer to belongs to everybody. */
const SHARED_BY = 0.25;

export function areasOf(entities: readonly AreaEntity[], profile: NamingProfile): Areas {
  const names = new Set(entities.map((entity) => entity.name));
  const known = (list: readonly string[]) => list.filter((name) => names.has(name));
  const groups: Record<string, string[]> = { all: entities.map((entity) => entity.name) };
  for (const [group, members] of Object.entries(profile.groups)) {
    if (known(members).length > 0) groups[group] = known(members);
  }
  if (Object.keys(groups).length === 1) Object.assign(groups, connectedAreas(entities));
  const phases = profile.phases.map((phase) => ({ name: phase.name, entities: known(phase.entities) }));
  const placed = new Set(phases.flatMap((phase) => phase.entities));
  return {
    groups,
    phases: [...phases, ...levelPhases(entities.filter((entity) => !placed.has(entity.name)))].filter(
      (phase) => phase.entities.length > 0,
    ),
  };
}

function levelPhases(entities: readonly AreaEntity[]): { name: string; entities: string[] }[] {
  const levels = [...new Set(entities.map((entity) => entity.level))].sort((a, b) => a - b);
  return levels.map((level) => ({
    name: `level ${level}`,
    entities: entities.filter((entity) => entity.level === level).map((entity) => entity.name),
  }));
}

function connectedAreas(entities: readonly AreaEntity[]): Record<string, string[]> {
  const referenced = new Map<string, number>();
  for (const { name, targets } of entities) {
    for (const target of new Set(targets))
      if (target !== name) referenced.set(target, (referenced.get(target) ?? 0) + 1);
  }
  const shared = new Set(
    [...referenced]
      .filter(([, count]) => count > Math.max(2, entities.length * SHARED_BY))
      .map(([name]) => name),
  );
  const area = new Map(
    entities.filter((entity) => !shared.has(entity.name)).map((entity) => [entity.name, entity.name]),
  );
  const root = (name: string): string => {
    const above = area.get(name)!;
    return above === name ? name : root(above);
  };
  for (const { name, targets } of entities) {
    for (const target of targets) if (area.has(name) && area.has(target)) area.set(root(name), root(target));
  }
  const groups: Record<string, string[]> =
    shared.size > 0
      ? { core: entities.filter((entity) => shared.has(entity.name)).map((entity) => entity.name) }
      : {};
  const members = Map.groupBy([...area.keys()], root);
  for (const list of members.values()) {
    if (list.length < 2 || list.length === entities.length) continue;
    const head = [...list].sort(
      (a, b) => (referenced.get(b) ?? 0) - (referenced.get(a) ?? 0) || (a < b ? -1 : 1),
    )[0]!;
    groups[head === 'all' || head === 'core' ? `${head}-area` : head] = list;
  }
  return groups;
}
