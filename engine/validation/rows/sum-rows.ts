/** First pass of the comparison: both sides of one entity as bucket sums, read at the same time, nothing kept. */
import type { ReadRows } from '../../copy/entity-load.ts';
import type { Session } from '../../db/database.ts';
import type { CompiledEntity } from '../../mapping/compiled-entity.ts';
import type { KeySet } from '../../mapping/key-set.ts';
import type { TableName } from '../../schema/catalog.ts';
import { addRow, type BucketSums, bucketOf, createBucketSums } from './bucket-sums.ts';
import { type ExpectedRows, readExpectedRows } from './expected-rows.ts';
import { readHeldRows } from './held-rows.ts';
import type { RowHash } from './row-hash.ts';
import { dropStaged, STAGED, stageExpected } from './staged-rows.ts';

export interface ComparedEntity {
  readonly compiled: CompiledEntity;
  readonly read: ReadRows;
  readonly table: TableName;
  /** Ids of the rows set aside. */
  readonly setAside: KeySet;
  readonly leftAlone?: KeySet;
  /** Ids of rows that were there before and got the old system's values. */
  readonly updated?: KeySet;
  /** The rows that were written, as SQL to be given an alias. */
  readonly relation: string;
  readonly source: Session;
  /** Inside a transaction that may create temporary tables. */
  readonly target: Session;
  readonly hash: RowHash;
  readonly signal?: AbortSignal | undefined;
  /** Called with the id of every row of the target in the first pass. */
  readonly onHeldId?: (id: Int32Array) => void;
}

export interface SummedEntity {
  readonly expected: BucketSums;
  readonly actual: BucketSums;
  readonly rows: ExpectedRows;
  readonly actualRows: number;
}

export async function sumRows(entity: ComparedEntity): Promise<SummedEntity> {
  const actual = createBucketSums();
  if (entity.compiled.wire === 'text') {
    const { expected, rows } = await sumStaged(entity);
    return {
      expected,
      actual,
      rows,
      actualRows: await sumHeld(entity, entity.relation, actual, entity.onHeldId),
    };
  }
  const [{ expected, rows }, actualRows] = await bothOrNeither(
    sumExpected(entity),
    sumHeld(entity, entity.relation, actual, entity.onHeldId),
  );
  return { expected, actual, rows, actualRows };
}

/** Waits for both even where one fails, so that no stream is left behind on a session. */
async function bothOrNeither<A, B>(a: Promise<A>, b: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([a, b]);
  return Promise.all([a, b]);
}

async function sumExpected(entity: ComparedEntity): Promise<{ expected: BucketSums; rows: ExpectedRows }> {
  const expected = createBucketSums();
  const words = new Int32Array(4);
  const { hash } = entity;
  const rows = await readExpectedRows(entity, (bytes, start, end, ids) => {
    hash(bytes, start, end, words);
    addRow(expected, bucketOf(ids.id[0]!), words);
  });
  return { expected, rows };
}

/** As text, what the mapper wrote is what the target's types make of it only once they have read it. */
async function sumStaged(entity: ComparedEntity): Promise<{ expected: BucketSums; rows: ExpectedRows }> {
  const expected = createBucketSums();
  const rows = await stageExpected(entity);
  await sumHeld(entity, STAGED, expected);
  await dropStaged(entity.target);
  return { expected, rows };
}

async function sumHeld(
  entity: ComparedEntity,
  relation: string,
  sums: BucketSums,
  onId: (id: Int32Array) => void = () => {},
): Promise<number> {
  const words = new Int32Array(4);
  const { hash } = entity;
  return await readHeldRows({ ...entity, relation }, (row, id) => {
    hash(row.bytes, row.start, row.end, words);
    addRow(sums, bucketOf(id[0]!), words);
    onId(id);
  });
}
