/**
 * Which of the held rows fit, together: rows that point to each other, or to themselves, stand or fall as one, and so do
 * rows that are the same record.
 *
 * All of them are taken to arrive at first; each that the mapper refuses is taken away, and those that point to it are
 * asked again, until nobody is refused any more. What is left is the largest set that fits. Ends, because a round that
 * takes nobody away is the last one.
 */

import type { Control } from '../../control/control.ts';
import type { EntityLoad } from '../../copy/entity-load.ts';
import type { Reject, RepairedRow } from '../../copy/map-stream.ts';
import { parentNames, tableOf } from '../../copy/prepare.ts';
import { sourceRowsSql } from '../../copy/source-query.sql.ts';
import type { Session } from '../../db/database.ts';
import { keyShape } from '../../mapping/source-key.ts';
import type { Catalog } from '../../schema/catalog.ts';
import { digestOf, type HeldRows } from './held-rows.ts';
import { mapKeys } from './map-keys.ts';
import type { RetryPlace } from './open-place.ts';
import { type Duplicates, readDuplicates, strandedAmong } from './same-record.ts';

/** Rows a statement. */
const CHUNK = 5000;

export interface FittingRows {
  readonly load: EntityLoad;
  readonly held: HeldRows;
  readonly fits: ReadonlySet<string>;
  /** Of all that were looked for; those among `fits` are not written. */
  readonly duplicates: Duplicates;
  readonly rejects: readonly Reject[];
  readonly repairs: readonly RepairedRow[];
  readonly gone: readonly string[];
  readonly leftOut: readonly string[];
  /** Rows that the source has otherwise than when they were set aside. */
  readonly changed: number;
}

type Finding = { -readonly [Name in keyof FittingRows]: FittingRows[Name] } & {
  readonly fits: Set<string>;
  readonly rejects: Reject[];
};

/** Leaves the keys of the rows that fit, and of no other held row, among those that references are looked up in. */
export async function findFitting(
  { held, prepared, source, target }: Pick<RetryPlace, 'held' | 'prepared' | 'source' | 'target'>,
  catalog: Catalog,
  control: Pick<Control, 'kept'>,
): Promise<FittingRows[]> {
  const found: FittingRows[] = [];
  for (const rows of held) {
    const load = await prepared.prepare(rows.entity);
    found.push({
      load,
      held: rows,
      rejects: [],
      repairs: [],
      duplicates: await readDuplicates(load, [...rows.rows.keys()], control, target),
      ...(await lookUp(rows, load, source, catalog)),
    });
  }
  for (const { load, fits } of found) for (const key of fits) load.keys.add(key);
  return refit(found, source);
}

/** Asks again until nobody is refused; the rows' keys are among those that references are looked up in. */
export async function refit(rows: readonly FittingRows[], source: Session): Promise<FittingRows[]> {
  const found: Finding[] = rows.map((one) => ({
    ...one,
    fits: new Set(one.fits),
    rejects: [...one.rejects],
  }));
  const due = new Set(found);
  for (let next = first(due); next !== undefined; next = first(due)) {
    due.delete(next);
    const { load, fits } = next;
    const { rejects, repairs } = await mapKeys(load, [...fits], source);
    next.repairs = repairs;
    takeAway(next, rejects);
    const stranded = strandedAmong(next);
    takeAway(next, stranded);
    if (rejects.length + stranded.length === 0) continue;
    const name = load.compiled.plan.name;
    for (const child of found) if (parentNames(child.load.compiled.plan).includes(name)) due.add(child);
  }
  return found;
}

function takeAway({ load, fits, rejects: all }: Finding, rejects: readonly Reject[]): void {
  all.push(...rejects);
  for (const { key } of rejects) {
    fits.delete(key);
    load.keys.delete(key);
  }
}

/** A parent's turn comes before its children's. */
function first(due: ReadonlySet<Finding>): Finding | undefined {
  return [...due].sort((a, b) => a.load.compiled.plan.level - b.load.compiled.plan.level)[0];
}

type Present = Pick<FittingRows, 'fits' | 'gone' | 'leftOut' | 'changed'>;

async function lookUp(
  { rows }: HeldRows,
  load: EntityLoad,
  source: Session,
  catalog: Catalog,
): Promise<Present> {
  const fits = new Set<string>();
  const absent: string[] = [];
  let changed = 0;
  const keys = [...rows.keys()];
  for (let i = 0; i < keys.length; i += CHUNK) {
    const part = keys.slice(i, i + CHUNK);
    const there = await source.query<{ key: string; row: unknown }>(sourceRowsSql(load.compiled), [part]);
    for (const { key, row } of there) {
      fits.add(key);
      const before = rows.get(key)!.digest;
      if (before !== null && before !== digestOf(row)) changed++;
    }
    absent.push(...part.filter((key) => !fits.has(key)));
  }
  const leftOut = await filteredOut(absent, load, source, catalog);
  const out = new Set(leftOut);
  return { fits, changed, leftOut, gone: absent.filter((key) => !out.has(key)) };
}

/** Of rows that the entity does not hold, those that its table does. */
async function filteredOut(
  keys: readonly string[],
  { compiled }: EntityLoad,
  source: Session,
  catalog: Catalog,
): Promise<string[]> {
  if (keys.length === 0) return [];
  const { where: _where, ...entity } = compiled.plan;
  const all = keyShape({ ...entity, dedupe: false }, tableOf(catalog, compiled.plan));
  const sql = `select distinct ${all.textSql} as key from ${all.from} where ${all.textSql} = any($1::text[])`;
  return (await source.query<{ key: string }>(sql, [keys])).map(({ key }) => key);
}
