/**
 * Second pass: which rows of the differing buckets differ. Reads both sides again, some buckets at a time, so that no
 * more than `ROWS_AT_ONCE` rows are kept (35 MB) whatever the table. Few buckets are read through the key's index.
 */
import { idText } from '../../mapping/uuid-v5.ts';
import { BUCKETS, bucketOf, bucketRange, differingBuckets } from './bucket-sums.ts';
import { readExpectedRows } from './expected-rows.ts';
import { readHeldRows } from './held-rows.ts';
import { RowTable } from './row-table.ts';
import { dropStaged, STAGED, stageExpected } from './staged-rows.ts';
import type { ComparedEntity, SummedEntity } from './sum-rows.ts';

const ROWS_AT_ONCE = 500_000;
/** Ids of one kind that are listed; more are counted. */
export const LISTED_ROWS = 20_000;

export interface DifferingIds {
  readonly missing: IdList;
  readonly mismatching: IdList;
  readonly extraneous: IdList;
}

export interface IdList {
  /** New ids as text, at most `LISTED_ROWS`. */
  readonly ids: string[];
  rows: number;
}

export async function findDifferingIds(entity: ComparedEntity, sums: SummedEntity): Promise<DifferingIds> {
  const found: DifferingIds = { missing: list(), mismatching: list(), extraneous: list() };
  const buckets = differingBuckets(sums.expected, sums.actual);
  for (const group of groups(buckets, sums.actual.counts)) await compareGroup(entity, group, found);
  return found;
}

function list(): IdList {
  return { ids: [], rows: 0 };
}

function add(to: IdList, id: Int32Array): void {
  to.rows++;
  if (to.ids.length < LISTED_ROWS) to.ids.push(idText(id));
}

interface Group {
  readonly buckets: readonly number[];
  readonly rows: number;
}

function groups(buckets: readonly number[], counts: Int32Array): Group[] {
  const result: { buckets: number[]; rows: number }[] = [];
  for (const bucket of buckets) {
    const last = result.at(-1);
    const rows = counts[bucket]!;
    if (last && last.rows + rows <= ROWS_AT_ONCE) {
      last.buckets.push(bucket);
      last.rows += rows;
    } else result.push({ buckets: [bucket], rows });
  }
  return result;
}

async function compareGroup(entity: ComparedEntity, group: Group, found: DifferingIds): Promise<void> {
  const { compiled, hash } = entity;
  const chosen = new Uint8Array(BUCKETS);
  for (const bucket of group.buckets) chosen[bucket] = 1;
  const table = new RowTable(group.rows);
  const words = new Int32Array(4);
  const ranges = group.buckets.map(bucketRange);
  await readHeldRows({ ...entity, ranges }, (row, id) => {
    if (chosen[bucketOf(id[0]!)] === 0) return;
    hash(row.bytes, row.start, row.end, words);
    table.add(id, words);
  });
  const compare = (id: Int32Array) => {
    const result = table.compare(id, words);
    if (result === 'absent') add(found.missing, id);
    else if (result === 'different') add(found.mismatching, id);
  };
  if (compiled.wire === 'text') {
    await stageExpected(entity);
    await readHeldRows({ ...entity, relation: STAGED, ranges }, (row, id) => {
      if (chosen[bucketOf(id[0]!)] === 0) return;
      hash(row.bytes, row.start, row.end, words);
      compare(id);
    });
    await dropStaged(entity.target);
  } else {
    await readExpectedRows(entity, (bytes, start, end, ids) => {
      if (chosen[bucketOf(ids.id[0]!)] === 0) return;
      hash(bytes, start, end, words);
      compare(ids.id);
    });
  }
  table.forEachUnseen((id) => add(found.extraneous, id));
}
