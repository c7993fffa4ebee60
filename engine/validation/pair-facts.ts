/**
 * Reads an entity's mapping pairs once: for its children they are the keys that are there; for the check of the pairs
 * themselves every id is derived again from its legacy key, and all ids are summed, to be held against the rows' ids.
 */
import { RowReader } from '../db/binary/row-reader.ts';
import { copyOut } from '../db/copy-out.ts';
import type { Session } from '../db/database.ts';
import { quoteTable } from '../db/quote.ts';
import type { ParentKeys } from '../mapping/parent-keys.ts';
import { type IdMaker, idText } from '../mapping/uuid-v5.ts';
import type { TableName } from '../schema/catalog.ts';
import { addId, createIdSums, type IdSums } from './id-sums.ts';

const LISTED = 1000;

export interface PairFacts {
  /** Of pairs that have a row of their own. */
  readonly ids: IdSums;
  /** Pairs of rows that are the same record as another and lead to its row. */
  readonly duplicates: number;
  /** Pairs whose id is not the one that their key has. */
  readonly wrong: number;
  readonly wrongPairs: readonly { readonly key: string; readonly id: string; readonly expected: string }[];
}

/** Adds every key to `into`. */
export async function readPairs(
  target: Session,
  pairs: TableName,
  maker: IdMaker,
  into: ParentKeys,
): Promise<PairFacts> {
  const ids = createIdSums();
  const wrongPairs: { key: string; id: string; expected: string }[] = [];
  let wrong = 0;
  const id = new Int32Array(4);
  const { words } = maker;
  const byInteger = into.keys.byInteger;
  const readInto = (sums: IdSums) =>
    new RowReader(2, ({ bytes, offsets, lengths }) => {
      const start = offsets[0]!;
      const end = start + lengths[0]!;
      maker.fromBytes(bytes, start, end);
      let at = offsets[1]!;
      for (let i = 0; i < 4; i++, at += 4) {
        id[i] = (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;
      }
      if (byInteger) into.addBytes(bytes, start, end);
      else into.keys.addId(words);
      addId(sums, id);
      const own = maker.id;
      if (own[0] === id[0] && own[1] === id[1] && own[2] === id[2] && own[3] === id[3]) return;
      wrong++;
      if (wrongPairs.length < LISTED) {
        wrongPairs.push({ key: bytes.toString('utf8', start, end), id: idText(id), expected: idText(own) });
      }
    });
  await readAll(target, rowPairsSql(pairs), readInto(ids));
  const duplicates = createIdSums();
  // only where rows may lead to another's is the second question asked
  if (maker.keptIds !== null) await readAll(target, duplicatePairsSql(pairs), readInto(duplicates));
  return { ids, duplicates: duplicates.rows, wrong, wrongPairs };
}

async function readAll(target: Session, sql: string, reader: RowReader): Promise<void> {
  for await (const chunk of copyOut(target, sql)) reader.push(chunk);
  reader.end();
}

function rowPairsSql(pairs: TableName): string {
  return copyPairsSql(pairs, "merged is distinct from 'duplicate'");
}

function duplicatePairsSql(pairs: TableName): string {
  return copyPairsSql(pairs, "merged = 'duplicate'");
}

function copyPairsSql(pairs: TableName, where: string): string {
  return `copy (select legacy_id, new_id from ${quoteTable(pairs)} where ${where}) to stdout (format binary)`;
}
