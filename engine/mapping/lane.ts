/**
 * A lane carries one column (or a run of columns) of a row from the source's bytes to the target's.
 * A mapper is a list of lanes; calling them through an array costs about 5 ns a lane, which measured too little to
 * generate code for.
 */
import type { ByteWriter } from '../db/binary/byte-writer.ts';
import type { RowView } from '../db/binary/row-reader.ts';
import type { Misfit, Repair } from './misfit.ts';
import type { IdMaker } from './uuid-v5.ts';

/** What lanes of one row share. */
export interface RowState {
  /** Id and key of the row in hand. */
  readonly ids: IdMaker;
  /** What was changed in the row in hand; emptied before each row. */
  readonly repairs: Repair[];
  /** True once all parents are in the target: references that were written on trust are then checked too. */
  readonly settled: boolean;
}

/**
 * Writes its field or fields with lengths, making its own room, and returns null; or returns why the value does not
 * fit, in which case what it wrote is dropped.
 */
export type Lane = (row: RowView, out: ByteWriter, state: RowState) => Misfit | null;

/** Asks for a field of the source's select list by its SQL; gives its index. The same SQL is read once. */
export type FieldRequest = (sql: string) => number;
