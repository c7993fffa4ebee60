/**
 * Cards of rows that waited for one which has come: what they point to was set aside, or they are the same record as a row
 * that was. They are named and not moved: a retry moves the cards that somebody chose.
 */
import type { RetryReport } from '../../contract/quarantine.ts';
import type { Control } from '../../control/control.ts';
import type { HeldRow, QuarantineGroup } from '../../control/quarantine-store.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { cardId } from './cards.ts';
import type { FittingRows } from './find-fitting.ts';
import { misfitValue } from './misfit-value.ts';
import { pointers } from './pointers.ts';
import { movedKeys } from './relink.ts';
import { readDuplicates } from './same-record.ts';

type Stores = Pick<Control, 'quarantine' | 'kept'>;
/** How many of a card's rows can be tried now. */
type Waiting = (rows: readonly HeldRow[]) => Promise<number>;

const PAGE = 2000;
const POINTING: readonly string[] = ['orphan-reference', 'dangling-reference'];

export async function findFollowing(
  plan: PlanFile,
  runId: string,
  found: readonly FittingRows[],
  stores: Stores,
): Promise<RetryReport['canFollow']> {
  const following: RetryReport['canFollow'][number][] = [];
  for (const group of await stores.quarantine.groups(runId)) {
    const waiting = sameRecord(group, found, stores) ?? pointing(group, plan, found);
    if (waiting === null) continue;
    let rows = 0;
    for (let afterId: string | undefined; ; ) {
      const page = await stores.quarantine.rowsOf(runId, group, {
        limit: PAGE,
        ...(afterId === undefined ? {} : { afterId }),
      });
      rows += await waiting(page);
      if (page.length < PAGE) break;
      afterId = page.at(-1)!.id;
    }
    if (rows > 0) following.push({ card: cardId(group), entity: group.entity, rows });
  }
  return following;
}

function sameRecord(
  { entity, reason }: QuarantineGroup,
  found: readonly FittingRows[],
  stores: Stores,
): Waiting | null {
  const rows = found.find(({ held }) => held.entity === entity);
  if (reason !== 'kept-row-set-aside' || !rows || rows.fits.size === 0) return null;
  return async (page) => {
    const keys = page.map(({ legacyId }) => legacyId);
    const duplicates = await readDuplicates(rows.load, keys, stores);
    return [...duplicates.values()].filter(({ kept }) => rows.fits.has(kept)).length;
  };
}

function pointing(
  { entity, column, reason, sqlstate }: QuarantineGroup,
  plan: PlanFile,
  found: readonly FittingRows[],
): Waiting | null {
  const child = plan.entities.find(({ name }) => name === entity);
  const pointer = child && pointers(child).find((one) => one.column === column);
  if (!pointer || !(POINTING.includes(reason) || sqlstate === '23503')) return null;
  const moved = movedKeys(found);
  const to = new Set(pointer.parents.flatMap((parent) => [...(moved.get(parent) ?? [])]));
  if (to.size === 0) return null;
  return async (page) => page.filter((row) => !pointer.exact || to.has(misfitValue(row, child) ?? '')).length;
}
