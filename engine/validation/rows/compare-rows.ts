/**
 * The full comparison of one entity: every row and every column, across the change of key, in bounded memory.
 *
 *   1. both sides are summed bucket by bucket          (sum-rows.ts; equal everywhere: proved, done)
 *   2. rows of differing buckets are read again         (differing-ids.ts)
 *   3. differing rows are looked at as they are now     (explain-rows.ts)
 *
 * Steps 1 and 2 see one moment of each side; step 3 sees the present, so that a source in use is not called different.
 * Rejected: hashing in SQL on both sides, which cannot follow the change of keys; sorting both sides by key, which needs
 * the source sorted by an id that it does not have.
 */
import type { Session } from '../../db/database.ts';
import type { TableName } from '../../schema/catalog.ts';
import { addId, createIdSums, type IdSums } from '../id-sums.ts';
import { differingBuckets } from './bucket-sums.ts';
import { rowHashFor } from './comparable-form.ts';
import { findDifferingIds } from './differing-ids.ts';
import type { ExpectedRows } from './expected-rows.ts';
import { type ExplainedRows, explainRows } from './explain-rows.ts';
import { createRowHash } from './row-hash.ts';
import { type ComparedEntity, sumRows } from './sum-rows.ts';
import { hashOfWritten } from './written-values.ts';

export interface ComparisonInput extends Omit<ComparedEntity, 'hash' | 'onHeldId'> {
  readonly pairs: TableName;
  /** A session that sees the source's present; opened only where rows differ. */
  openPresent(): Promise<Session>;
}

export interface RowComparison extends ExplainedRows {
  readonly rows: ExpectedRows;
  readonly actualRows: number;
  /** Rows that differ, also those beyond the ones that are listed. */
  readonly differing: number;
  readonly listed: number;
  readonly heldIds: IdSums;
}

export async function compareRows(input: ComparisonInput): Promise<RowComparison> {
  const { target } = input;
  const heldIds = createIdSums();
  const hash = hashOfWritten(input.compiled, rowHashFor(input.compiled, createRowHash()), input.updated);
  const entity: ComparedEntity = { ...input, hash, onHeldId: (id) => addId(heldIds, id) };
  await target.query('begin isolation level repeatable read');
  try {
    const sums = await sumRows(entity);
    const result = { rows: sums.rows, actualRows: sums.actualRows, heldIds };
    if (differingBuckets(sums.expected, sums.actual).length === 0) {
      return { ...result, differing: 0, listed: 0, mismatching: [], missing: [], extraneous: [], agreed: 0 };
    }
    const found = await findDifferingIds(entity, sums);
    await target.query('rollback');
    await target.query('begin');
    const source = await input.openPresent();
    try {
      const explained = await explainRows({ ...entity, source }, input.pairs, found);
      const lists = [found.missing, found.mismatching, found.extraneous];
      const differing = lists.reduce((sum, list) => sum + list.rows, 0);
      const listed = lists.reduce((sum, list) => sum + list.ids.length, 0);
      return { ...result, ...explained, differing, listed };
    } finally {
      await source.release();
    }
  } finally {
    await target.query('rollback').catch(() => undefined);
  }
}
