/**
 * What pointed to a row that has come after all. Rows that had been moved without the link get it back, in the same
 * transaction, so that the target is what a move with all of them would have left.
 */
import type { Control } from '../../control/control.ts';
import type { Queryable } from '../../control/queryable.ts';
import { writeLinks } from '../../copy/write-links.ts';
import type { Session } from '../../db/database.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import type { FittingRows } from './find-fitting.ts';
import type { HeldRows } from './held-rows.ts';
import type { RetryPlace } from './open-place.ts';
import { pointers } from './pointers.ts';
import { lostLinksSql } from './relink.sql.ts';

type Moved = Pick<FittingRows, 'fits'> & { readonly held: Pick<HeldRows, 'entity'> };

export interface LostLinks {
  readonly entity: string;
  readonly keys: readonly string[];
  /** That lost a link to one of these rows. */
  readonly columns: readonly string[];
}

/** Rows of the run that were moved without a link to one of these rows. */
export async function findLostLinks(
  plan: PlanFile,
  runId: string,
  found: readonly Moved[],
  target: Queryable,
): Promise<LostLinks[]> {
  const moved = movedKeys(found);
  const links: LostLinks[] = [];
  for (const child of plan.entities) {
    const keys = new Set<string>();
    const columns: string[] = [];
    for (const { column, parents, exact } of pointers(child)) {
      const to = parents.flatMap((parent) => [...(moved.get(parent) ?? [])]);
      if (to.length === 0) continue;
      const rows = await target.query<{ key: string }>(lostLinksSql, [
        runId,
        child.name,
        column,
        exact ? to : null,
      ]);
      for (const { key } of rows) keys.add(key);
      if (rows.length > 0) columns.push(column);
    }
    if (keys.size > 0) links.push({ entity: child.name, keys: [...keys], columns });
  }
  return links;
}

/** In the caller's transaction. Entity → keys of rows that got a link back; the others are left as they are. */
export async function relink(
  links: readonly LostLinks[],
  { prepared }: Pick<RetryPlace, 'prepared'>,
  deps: { readonly control: Control; readonly source: Session; readonly target: Session },
): Promise<Map<string, readonly string[]>> {
  const done = new Map<string, readonly string[]>();
  for (const { entity, keys, columns } of links)
    done.set(entity, await writeLinks(await prepared.prepare(entity), { keys, columns }, deps));
  return done;
}

export function movedKeys(found: readonly Moved[]): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(found.map(({ held, fits }) => [held.entity, fits]));
}
