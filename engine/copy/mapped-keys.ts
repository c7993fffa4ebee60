/** Reads the keys of an entity that is in the target already, from its mapping pairs. */
import { RowReader } from '../db/binary/row-reader.ts';
import { copyOut } from '../db/copy-out.ts';
import type { Session } from '../db/database.ts';
import { quoteTable } from '../db/quote.ts';
import type { ParentKeys } from '../mapping/parent-keys.ts';
import type { TableName } from '../schema/catalog.ts';

export async function readMappedKeys(target: Session, pairs: TableName, into: ParentKeys): Promise<void> {
  const reader = new RowReader(1, (row) => {
    const start = row.offsets[0]!;
    into.addBytes(row.bytes, start, start + row.lengths[0]!);
  });
  const sql = `copy (select legacy_id from ${quoteTable(pairs)}) to stdout (format binary)`;
  for await (const chunk of copyOut(target, sql)) reader.push(chunk);
  reader.end();
}
