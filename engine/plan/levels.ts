/**
 * Dependency levels: an entity's level is one more than the highest level it refers to, so that a level can be loaded
 * when all before it are. References to oneself and one reference of each ring are deferred: they are settled in a
 * second pass and do not count.
 *
 * Promise: after the deferred ones are taken away no ring is left; a required reference is deferred
 * only where required ones alone form a ring; the same input gives the same answer whatever its order.
 */
import { strongComponents } from '../schema/strong-components.ts';

export interface Dependency {
  readonly entity: string;
  readonly column: string;
  /** Entities pointed at. */
  readonly targets: readonly string[];
  readonly nullable: boolean;
}

export interface Levels {
  /** Entity → level, 1 first. */
  readonly levels: ReadonlyMap<string, number>;
  /** Entity → source columns whose reference waits for the second pass. */
  readonly deferred: ReadonlyMap<string, readonly string[]>;
  /** Rings as they were found, with the column each was broken at. */
  readonly rings: readonly { readonly entities: readonly string[]; readonly brokenAt: readonly string[] }[];
}

/** Names of references that repeat what another table knows anyway; good places to break a ring. */
const REPEATING = /^(current|latest|last|first|active|default|primary|main|parent|previous|next|original)_/;

export function levelsOf(entities: readonly string[], dependencies: readonly Dependency[]): Levels {
  const names = [...new Set(entities)].sort();
  const sorted = [...dependencies].sort((a, b) => compare(a.entity, b.entity) || compare(a.column, b.column));
  const deferred = new Set(sorted.filter((item) => item.targets.includes(item.entity)));
  const rings: { entities: string[]; brokenAt: string[] }[] = [];
  const first = ringsOf(names, sorted, deferred);
  for (const ring of first) rings.push({ entities: ring, brokenAt: breakRing(ring, sorted, deferred) });
  return { levels: longestPaths(names, active(sorted, deferred)), deferred: byEntity(deferred), rings };
}

/**
 * Defers references of one ring until none is left in it. Rings of required references alone come first: they must be
 * broken at a required one anyway, and that often breaks the others too.
 */
function breakRing(ring: readonly string[], all: readonly Dependency[], deferred: Set<Dependency>): string[] {
  const required = all.filter((item) => !item.nullable);
  return [...breakAll(ring, required, deferred), ...breakAll(ring, all, deferred)];
}

function breakAll(
  members: readonly string[],
  all: readonly Dependency[],
  deferred: Set<Dependency>,
): string[] {
  const brokenAt: string[] = [];
  const open = ringsOf(members, all, deferred);
  while (open.length > 0) {
    const ring = open.pop()!;
    const chosen = bestToDefer(ring, active(all, deferred));
    deferred.add(chosen);
    brokenAt.push(`${chosen.entity}.${chosen.column}`);
    open.push(...ringsOf(ring, all, deferred));
  }
  return brokenAt;
}

/** One of the references that run inside a ring. */
function bestToDefer(ring: readonly string[], dependencies: readonly Dependency[]): Dependency {
  const members = new Set(ring);
  const inside = dependencies.filter(
    (item) => members.has(item.entity) && item.targets.some((target) => members.has(target)),
  );
  return inside.reduce((best, item) => (rank(item) < rank(best) ? item : best));
}

/** Lower is better to break at; equal ranks fall back to the order by name. */
function rank(item: Dependency): number {
  return (item.nullable ? 0 : 2) + (REPEATING.test(item.column) ? 0 : 1);
}

/** Rings of two or more entities. */
function ringsOf(
  names: readonly string[],
  all: readonly Dependency[],
  deferred: ReadonlySet<Dependency>,
): string[][] {
  const numbers = new Map(names.map((name, i) => [name, i]));
  const edges = names.map((): number[] => []);
  for (const item of active(all, deferred)) {
    const from = numbers.get(item.entity);
    if (from === undefined) continue;
    for (const target of item.targets) {
      const to = numbers.get(target);
      if (to !== undefined) edges[from]!.push(to);
    }
  }
  return strongComponents(names.length, (node) => edges[node]!)
    .filter((component) => component.length > 1)
    .map((component) => component.map((node) => names[node]!).sort())
    .sort((a, b) => compare(a[0]!, b[0]!));
}

/** The components of a graph without rings come out children first, which is the order to add levels up in. */
function longestPaths(
  names: readonly string[],
  dependencies: readonly Dependency[],
): ReadonlyMap<string, number> {
  const numbers = new Map(names.map((name, i) => [name, i]));
  const edges = names.map((): number[] => []);
  for (const item of dependencies) {
    const from = numbers.get(item.entity);
    if (from !== undefined) edges[from]!.push(...item.targets.flatMap((target) => numbers.get(target) ?? []));
  }
  const levels = new Int32Array(names.length);
  for (const [node] of strongComponents(names.length, (at) => edges[at]!)) {
    levels[node!] = 1 + Math.max(0, ...edges[node!]!.map((target) => levels[target]!));
  }
  return new Map(names.map((name, i) => [name, levels[i]!]));
}

function active(all: readonly Dependency[], deferred: ReadonlySet<Dependency>): Dependency[] {
  return all.filter((item) => !deferred.has(item));
}

function byEntity(deferred: ReadonlySet<Dependency>): ReadonlyMap<string, readonly string[]> {
  const map = new Map<string, string[]>();
  for (const item of deferred) map.set(item.entity, [...(map.get(item.entity) ?? []), item.column].sort());
  return map;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
