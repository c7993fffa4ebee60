/** Paths as people speak of them. */
import type { PlanPath } from './finding.ts';

/** A path by names instead of list positions, where the list's items have one. */
export function namedPath(path: PlanPath, value: unknown): string {
  const words: string[] = [];
  let at = value;
  for (const step of path) {
    const next =
      at === null || typeof at !== 'object' ? undefined : (at as Record<string | number, unknown>)[step];
    words.push(typeof step === 'number' ? (itemName(next) ?? String(step)) : step);
    at = next;
  }
  return words.join('.');
}

function itemName(item: unknown): string | null {
  if (item === null || typeof item !== 'object') return null;
  const { name, to, column, table } = item as Record<string, unknown>;
  const found = name ?? to ?? column ?? table;
  return typeof found === 'string' ? found : null;
}
