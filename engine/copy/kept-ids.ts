/** Reads which rows of an entity keep the id they have in the target. */
import { copyKeptSql } from '../control/kept-store.sql.ts';
import { RowReader } from '../db/binary/row-reader.ts';
import { copyOut } from '../db/copy-out.ts';
import type { Session } from '../db/database.ts';
import { createKeptIds, type KeptIds } from '../mapping/kept-ids.ts';
import type { IdMaker } from '../mapping/uuid-v5.ts';

/** Null where there are none, so that nobody looks for one. `maker` derives the ids that the rows would have. */
export async function readKeptIds(
  target: Session,
  entityNo: number,
  rows: number,
  maker: IdMaker,
): Promise<KeptIds | null> {
  if (rows === 0) return null;
  const kept = createKeptIds(rows);
  const id = new Int32Array(4);
  const reader = new RowReader(2, ({ bytes, offsets, lengths }) => {
    const start = offsets[0]!;
    maker.fromBytes(bytes, start, start + lengths[0]!);
    for (let i = 0; i < 4; i++) id[i] = bytes.readInt32BE(offsets[1]! + i * 4);
    kept.add(maker.words, id);
  });
  for await (const chunk of copyOut(target, copyKeptSql(entityNo))) reader.push(chunk);
  reader.end();
  return kept;
}
