/**
 * Held rows that are the same record as another. They are not written: their old key leads to the row of the other, so they
 * fit only where that one is in the target, or is among those that fit now. Which row is kept was decided before the first
 * batch of the run and stays decided.
 */
import type { Control } from '../../control/control.ts';
import type { Duplicate } from '../../control/kept-store.ts';
import type { Queryable } from '../../control/queryable.ts';
import type { EntityLoad } from '../../copy/entity-load.ts';
import type { Reject } from '../../copy/map-stream.ts';
import { strandedReject } from '../../copy/stranded-reject.ts';

/** By old key. */
export type Duplicates = ReadonlyMap<string, Pick<Duplicate, 'kept' | 'isThere'>>;

interface Rows {
  readonly fits: ReadonlySet<string>;
  readonly duplicates: Duplicates;
}

/** Keys a statement. */
const CHUNK = 5000;

export async function readDuplicates(
  { deduped, entityNo }: Pick<EntityLoad, 'deduped' | 'entityNo'>,
  keys: readonly string[],
  { kept }: Pick<Control, 'kept'>,
  on?: Queryable,
): Promise<Duplicates> {
  const found = new Map<string, Duplicate>();
  if (!deduped) return found;
  for (let i = 0; i < keys.length; i += CHUNK)
    for (const row of await kept.duplicates(entityNo, keys.slice(i, i + CHUNK), on)) found.set(row.key, row);
  return found;
}

/** Those that would lead to a row which is not there. */
export function strandedAmong({ load, fits, duplicates }: Rows & { readonly load: EntityLoad }): Reject[] {
  return [...duplicates]
    .filter(([key, { kept, isThere }]) => fits.has(key) && !isThere && !fits.has(kept))
    .map(([key]) => strandedReject(load.compiled, key));
}

/** Of the rows that fit: those that are written, and those that lead to another. */
export function countFitting({ fits, duplicates }: Rows): {
  readonly moved: number;
  readonly duplicates: number;
} {
  const leading = [...duplicates.keys()].filter((key) => fits.has(key)).length;
  return { moved: fits.size - leading, duplicates: leading };
}
