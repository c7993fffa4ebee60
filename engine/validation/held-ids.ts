/** The ids of a table's rows as sums, for the check of the pairs where no comparison of rows reads them anyway. */
import { RowReader } from '../db/binary/row-reader.ts';
import { copyOut } from '../db/copy-out.ts';
import type { Session } from '../db/database.ts';
import { quoteIdentifier } from '../db/quote.ts';
import { addId, createIdSums, type IdSums } from './id-sums.ts';

/** `from`: SQL behind `from`. */
export async function readHeldIds(target: Session, from: string, idColumn: string): Promise<IdSums> {
  const sums = createIdSums();
  const id = new Int32Array(4);
  const reader = new RowReader(1, ({ bytes, offsets }) => {
    for (let i = 0; i < 4; i++) id[i] = bytes.readInt32BE(offsets[0]! + i * 4);
    addId(sums, id);
  });
  const sql = `copy (select ${quoteIdentifier(idColumn)} from ${from}) to stdout (format binary)`;
  for await (const chunk of copyOut(target, sql)) reader.push(chunk);
  reader.end();
  return sums;
}
