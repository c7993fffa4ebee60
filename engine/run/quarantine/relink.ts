/**
 * What pointed to a row that has come after all. Rows that had been moved without the link get it back, in the same
 * transaction, so that the target is what a move with all of them would have left. Rows that were set aside for it can be
 * tried now: they are named.
 */
import type { RetryReport } from '../../contract/quarantine.ts';
import type { Control } from '../../control/control.ts';
import type { Queryable } from '../../control/queryable.ts';
import { replayInTransaction } from '../../copy/replay.ts';
import type { Session } from '../../db/database.ts';
import type { PlanEntity, PlanFile } from '../../plan/plan-file.ts';
import { transformsOf } from '../../plan/transforms.ts';
import { cardId } from './cards.ts';
import type { FittingRows } from './find-fitting.ts';
import type { HeldRows } from './held-rows.ts';
import { misfitValue } from './misfit-value.ts';
import type { RetryPlace } from './open-place.ts';
import { lostLinksSql } from './relink.sql.ts';

type Moved = Pick<FittingRows, 'fits'> & { readonly held: Pick<HeldRows, 'entity'> };

export interface LostLinks {
  readonly entity: string;
  readonly keys: readonly string[];
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
    }
    if (keys.size > 0) links.push({ entity: child.name, keys: [...keys] });
  }
  return links;
}

/** In the caller's transaction. Entity → keys of rows that were written again. */
export async function relink(
  links: readonly LostLinks[],
  { prepared }: Pick<RetryPlace, 'prepared'>,
  deps: { readonly control: Control; readonly source: Session; readonly target: Session },
): Promise<Map<string, readonly string[]>> {
  const done = new Map<string, readonly string[]>();
  for (const { entity, keys } of links) {
    const load = await prepared.prepare(entity);
    const rejected = new Set((await replayInTransaction(load, keys, deps)).map(({ key }) => key));
    done.set(
      entity,
      keys.filter((key) => !rejected.has(key)),
    );
  }
  return done;
}

const PAGE = 2000;
const POINTING: readonly string[] = ['orphan-reference', 'dangling-reference'];

/** Cards of rows that were set aside because what they point to was. */
export async function findFollowing(
  plan: PlanFile,
  runId: string,
  found: readonly Moved[],
  { quarantine }: Pick<Control, 'quarantine'>,
): Promise<RetryReport['canFollow']> {
  const moved = movedKeys(found);
  const following: RetryReport['canFollow'][number][] = [];
  for (const group of await quarantine.groups(runId)) {
    const child = plan.entities.find(({ name }) => name === group.entity);
    const pointer = child && pointers(child).find(({ column }) => column === group.column);
    if (!pointer || !(POINTING.includes(group.reason) || group.sqlstate === '23503')) continue;
    const to = new Set(pointer.parents.flatMap((parent) => [...(moved.get(parent) ?? [])]));
    if (to.size === 0) continue;
    let rows = 0;
    for (let afterId: string | undefined; ; ) {
      const page = await quarantine.rowsOf(runId, group, {
        limit: PAGE,
        ...(afterId === undefined ? {} : { afterId }),
      });
      rows += page.filter((row) => !pointer.exact || to.has(misfitValue(row, child) ?? '')).length;
      if (page.length < PAGE) break;
      afterId = page.at(-1)!.id;
    }
    if (rows > 0) following.push({ card: cardId(group), entity: group.entity, rows });
  }
  return following;
}

function movedKeys(found: readonly Moved[]): ReadonlyMap<string, ReadonlySet<string>> {
  return new Map(found.map(({ held, fits }) => [held.entity, fits]));
}

interface Pointer {
  readonly column: string;
  readonly parents: readonly string[];
  /** The old value is the parent's key as text; otherwise the parent is found by other columns. */
  readonly exact: boolean;
}

function pointers(entity: PlanEntity): Pointer[] {
  return entity.columns.flatMap((column): Pointer[] => {
    const [step] = transformsOf(column);
    if (step?.kind === 'reference')
      return [{ column: column.to, parents: [step.entity], exact: step.match === undefined }];
    if (step?.kind === 'polymorphic')
      return [{ column: column.to, parents: Object.values(step.entities), exact: true }];
    return [];
  });
}
