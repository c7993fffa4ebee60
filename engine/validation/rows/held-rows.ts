/** Reads the rows that a table of the target holds, in the mapper's order of columns and its wire form. */
import { RowReader, type RowView } from '../../db/binary/row-reader.ts';
import { copyOut } from '../../db/copy-out.ts';
import type { Session } from '../../db/database.ts';
import type { CompiledEntity } from '../../mapping/compiled-entity.ts';
import { copyHeldRowsSql } from './held-rows.sql.ts';
import { idField } from './row-id.ts';

export interface HeldSource {
  readonly compiled: CompiledEntity;
  readonly target: Session;
  /** The table as SQL, quoted. */
  readonly relation: string;
  /** Ranges of ids to read, inclusive; all rows where absent. */
  readonly ranges?: readonly { readonly low: string; readonly high: string }[] | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Calls `visit` for every row with the id as four words; gives the number of rows. Both hold only during the call. */
export async function readHeldRows(
  input: HeldSource,
  visit: (row: RowView, id: Int32Array) => void,
): Promise<number> {
  const { compiled, signal } = input;
  const id = new Int32Array(4);
  const field = idField(compiled);
  const textual = compiled.wire === 'text';
  const reader = new RowReader(compiled.columns.length, (row) => {
    const { bytes } = row;
    let at = row.offsets[field]!;
    if (textual) idFromText(bytes, at, id);
    else {
      for (let i = 0; i < 4; i++, at += 4) {
        id[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
      }
    }
    visit(row, id);
  });
  const sql = copyHeldRowsSql(compiled, input.relation, input.ranges);
  for await (const chunk of copyOut(input.target, sql)) {
    signal?.throwIfAborted();
    reader.push(chunk);
  }
  reader.end();
  return reader.rows;
}

function idFromText(bytes: Buffer, at: number, id: Int32Array): void {
  const digits = bytes.toString('latin1', at, at + 36).replaceAll('-', '');
  for (let i = 0; i < 4; i++) id[i] = Number.parseInt(digits.slice(i * 8, i * 8 + 8), 16);
}
