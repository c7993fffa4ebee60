/**
 * Rows to be tried, as the plan makes them, in a temporary table beside the target's, each with a number: so they can be put
 * in and taken out in any company without being read or held again. What the table's types refuse (a length, a domain) is
 * found out here, half by half of what one buffer holds.
 */
import { copyToTargetSql } from '../../copy/copy-to-target.sql.ts';
import { stagingSql } from '../../copy/settle.sql.ts';
import { textEncoder } from '../../copy/text-format.ts';
import { COPY_HEADER, COPY_TRAILER } from '../../db/binary/copy-format.ts';
import { fillByCopy } from '../../db/copy-in.ts';
import type { Session } from '../../db/database.ts';
import { classify } from '../../db/sqlstate.ts';
import type { FittingRows } from './find-fitting.ts';
import { mapKeys } from './map-keys.ts';
import { nextNumberSql, numberStagedSql, stagingName } from './write-rows.sql.ts';

export interface Candidate {
  readonly place: number;
  readonly rows: FittingRows;
  readonly key: string;
  /** Of the row in the temporary table, from 1. */
  readonly n: number;
}

interface MappedBytes {
  readonly key: string;
  readonly bytes: Buffer;
}

interface Staging {
  readonly place: number;
  readonly rows: FittingRows;
  readonly target: Session;
  readonly staged: Candidate[];
  readonly refuse: (candidate: Candidate, error: unknown) => void;
  /** Number of the row that was staged last. */
  last: number;
}

/** Returns those that are staged; those that cannot be are refused. */
export async function stageCandidates(
  place: number,
  rows: FittingRows,
  { source, target }: { readonly source: Session; readonly target: Session },
  refuse: Staging['refuse'],
): Promise<readonly Candidate[]> {
  const { load, fits } = rows;
  await target.query(stagingSql(stagingName(place), load.target, load.compiled.columns));
  await target.query(numberStagedSql(place));
  const staging: Staging = { place, rows, target, refuse, staged: [], last: 0 };
  let mapped: MappedBytes[] = [];
  await mapKeys(load, [...fits], source, {
    onRow({ ids }, out, start) {
      if (ids.isKept()) return;
      mapped.push({ key: ids.keyText(), bytes: Buffer.from(out.bytes.subarray(start, out.position)) });
    },
    async write() {
      const part = mapped;
      mapped = [];
      await stageHalves(part, staging);
    },
  });
  return staging.staged;
}

async function stageHalves(part: readonly MappedBytes[], staging: Staging): Promise<void> {
  if (part.length === 0) return;
  const { place, rows, staged, refuse } = staging;
  const first = staging.last + 1;
  const error = await attempted(staging.target, () => copy(part, first, staging));
  if (error === null) {
    staging.last += part.length;
    staged.push(...part.map(({ key }, i) => ({ place, rows, key, n: first + i })));
    return;
  }
  if (part.length === 1) {
    refuse({ place, rows, key: part[0]!.key, n: first }, error);
    return;
  }
  const middle = part.length >> 1;
  await stageHalves(part.slice(0, middle), staging);
  await stageHalves(part.slice(middle), staging);
}

/** Numbers of an attempt that failed were used up by it, so they are set each time. */
async function copy(
  part: readonly MappedBytes[],
  first: number,
  { place, rows, target }: Staging,
): Promise<void> {
  const { compiled } = rows.load;
  await target.query(nextNumberSql(place), [first]);
  const stream = Buffer.concat([COPY_HEADER, ...part.map(({ bytes }) => bytes), COPY_TRAILER]);
  await fillByCopy(
    target,
    copyToTargetSql({ schema: 'pg_temp', name: stagingName(place) }, compiled),
    (write) => write(compiled.wire === 'text' ? textEncoder(compiled.columns.length)(stream) : stream),
  );
}

/** What the server refuses ends the attempt alone and is returned; throws everything else. */
export async function attempted(target: Session, work: () => Promise<void>): Promise<unknown> {
  await target.query('savepoint tried');
  try {
    await work();
    await target.query('release savepoint tried');
    return null;
  } catch (error) {
    if (!(error instanceof Error) || classify(error).severity !== 'minor') throw target.explain(error);
    await target.query('rollback to savepoint tried');
    return error;
  }
}
