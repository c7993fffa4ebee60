/**
 * Which of the rows that fit the plan PostgreSQL refuses: tried in a transaction that is always rolled back, half by half
 * down to the single row. A row that is accepted stays until the end of it, so that those that point to it find it and a
 * second one with the same value is the one that is refused. Rows whose foreign key misses something are asked once more
 * when all others are there: they may point to each other.
 * Holds the rows to be tried in memory.
 */
import { copyToTargetSql } from '../../copy/copy-to-target.sql.ts';
import { refusalOf } from '../../copy/isolate.ts';
import { type Reject, rejectOf } from '../../copy/map-stream.ts';
import { keepTriggersQuiet } from '../../copy/quiet-triggers.ts';
import { stagingSql } from '../../copy/settle.sql.ts';
import { textEncoder } from '../../copy/text-format.ts';
import { COPY_HEADER, COPY_TRAILER } from '../../db/binary/copy-format.ts';
import { copyIn } from '../../db/copy-in.ts';
import type { Session } from '../../db/database.ts';
import { quoteIdentifier } from '../../db/quote.ts';
import { classify, sqlstateOf } from '../../db/sqlstate.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import type { FittingRows } from './find-fitting.ts';
import { followChecks } from './follow-checks.ts';
import { mapKeys } from './map-keys.ts';
import { insertSql, insertStagedSql, stagingName } from './write-rows.sql.ts';

const FOREIGN_KEY = '23503';

interface Candidate {
  readonly place: number;
  readonly rows: FittingRows;
  readonly key: string;
  readonly bytes: Buffer;
}

/** By entity. Throws what is no refusal of a row. */
export async function findRefused(
  found: readonly FittingRows[],
  { source, target }: { readonly source: Session; readonly target: Session },
  plans: { readonly old: PlanFile; readonly now: PlanFile },
): Promise<Map<string, Reject[]>> {
  const due = found.filter(({ fits }) => fits.size > 0);
  const refused = new Map<string, Reject[]>();
  const waiting: Candidate[] = [];
  const refuse = ({ rows, key }: Candidate, error: unknown) => {
    const { name } = rows.load.compiled.plan;
    refused.set(name, [...(refused.get(name) ?? []), rejectOf(key, refusalOf(error))]);
  };
  await target.query('begin');
  try {
    if (due.some(({ load }) => load.silenced)) await keepTriggersQuiet(target);
    await followChecks(plans, target);
    for (const [place, rows] of due.entries()) {
      const { load } = rows;
      await target.query(stagingSql(stagingName(place), load.target, load.compiled.columns));
      const candidates = await mapped(place, rows, source);
      await halve(candidates, due, target, (candidate, error) => {
        if (sqlstateOf(error) === FOREIGN_KEY) waiting.push(candidate);
        else refuse(candidate, error);
      });
    }
    await halve(waiting, due, target, refuse);
  } finally {
    await target.query('rollback');
  }
  return refused;
}

async function mapped(place: number, rows: FittingRows, source: Session): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  await mapKeys(rows.load, [...rows.fits], source, {
    onRow({ ids }, out, start) {
      if (ids.isKept()) return;
      const bytes = Buffer.from(out.bytes.subarray(start, out.position));
      candidates.push({ place, rows, key: ids.keyText(), bytes });
    },
  });
  return candidates;
}

async function halve(
  candidates: readonly Candidate[],
  due: readonly FittingRows[],
  target: Session,
  refuse: (candidate: Candidate, error: unknown) => void,
): Promise<void> {
  if (candidates.length === 0) return;
  const error = await insert(candidates, due, target);
  if (error === null) return;
  if (candidates.length === 1) {
    refuse(candidates[0]!, error);
    return;
  }
  const middle = candidates.length >> 1;
  await halve(candidates.slice(0, middle), due, target, refuse);
  await halve(candidates.slice(middle), due, target, refuse);
}

/** Why the rows cannot be put in together; null where they are in. */
async function insert(
  candidates: readonly Candidate[],
  due: readonly FittingRows[],
  target: Session,
): Promise<unknown> {
  await target.query('savepoint tried');
  try {
    const places = [...new Set(candidates.map(({ place }) => place))];
    for (const place of places)
      await stage(
        place,
        candidates.filter((candidate) => candidate.place === place),
        target,
      );
    if (places.length === 1) await target.query(insertSql(due[places[0]!]!.load, places[0]!));
    else await target.query(insertStagedSql(due.map(({ load }) => load)));
    for (const place of places)
      await target.query(`delete from pg_temp.${quoteIdentifier(stagingName(place))}`);
    await target.query('release savepoint tried');
    return null;
  } catch (error) {
    if (!(error instanceof Error) || classify(error).severity !== 'minor') throw target.explain(error);
    await target.query('rollback to savepoint tried');
    return error;
  }
}

async function stage(place: number, candidates: readonly Candidate[], target: Session): Promise<void> {
  const { compiled } = candidates[0]!.rows.load;
  const stream = Buffer.concat([
    COPY_HEADER,
    ...candidates.map(({ bytes }) => bytes),
    COPY_TRAILER.subarray(0, 2),
  ]);
  const sink = copyIn(target, copyToTargetSql({ schema: 'pg_temp', name: stagingName(place) }, compiled));
  await sink.write(compiled.wire === 'text' ? textEncoder(compiled.columns.length)(stream) : stream);
  await sink.end();
}
