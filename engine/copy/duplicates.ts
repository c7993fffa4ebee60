/**
 * Which rows of a table are the same record, by the plan's `dedupe`? Decided once, before the first batch of the run, as the rows
 * that the target holds already are (match-existing.ts), and kept in the same place: ids are computed, so the id that a
 * reference leads to must be known before the first of them is written. A run that dies later reads the answer back.
 *
 * The source compares and sorts, which costs no memory here; what comes over is the rows that are not moved, and only those.
 */
import type { Control } from '../control/control.ts';
import { ByteWriter } from '../db/binary/byte-writer.ts';
import { COPY_HEADER, COPY_TRAILER } from '../db/binary/copy-format.ts';
import { RowReader, type RowView } from '../db/binary/row-reader.ts';
import { fillByCopy } from '../db/copy-in.ts';
import { copyOut } from '../db/copy-out.ts';
import type { Session } from '../db/database.ts';
import { createKeptIds, type KeptIds } from '../mapping/kept-ids.ts';
import type { IdMaker } from '../mapping/uuid-v5.ts';

/** How the duplicates of an entity are found. */
export interface DuplicateSearch {
  readonly entityNo: number;
  /** A select of two texts: the old key of a row that is not moved, and that of the row it leads to. */
  readonly sql: string;
  /** Ids as they follow from keys. */
  readonly ids: IdMaker;
}

interface Deciding {
  readonly control: Control;
  /** On the run's snapshot. */
  readonly source: Session;
  readonly target: Session;
}

const FLUSH_BYTES = 1 << 17;

/** Returns the rows found; null where they were found before. */
export async function decideDuplicates(
  search: DuplicateSearch,
  { control, source, target }: Deciding,
): Promise<number | null> {
  const { entityNo, ids } = search;
  if (await control.kept.isMatched(entityNo, target)) return null;
  const out = new ByteWriter(FLUSH_BYTES);
  out.raw(COPY_HEADER, 0, COPY_HEADER.length);
  await target.query('begin');
  try {
    const rows = await fillByCopy(target, control.kept.copyDuplicatesSql, async (write) => {
      const flush = async () => {
        await write(out.bytes.subarray(0, out.position));
        out.position = 0;
      };
      const found = await readDuplicates(
        search,
        source,
        (row) => writeDuplicate(out, entityNo, row, ids),
        async () => {
          if (out.position >= FLUSH_BYTES) await flush();
        },
      );
      out.ensure(2);
      out.raw(COPY_TRAILER, 0, 2);
      await flush();
      return found;
    });
    await control.kept.markMatched(target, entityNo);
    await target.query('commit');
    return rows;
  } catch (error) {
    await target.query('rollback').catch(() => undefined);
    throw error;
  }
}

/** The same for whoever writes nothing; null where there are none. */
export async function holdDuplicates(search: DuplicateSearch, source: Session): Promise<KeptIds | null> {
  const { ids } = search;
  const held = createKeptIds(0);
  const kept = new Int32Array(4);
  await readDuplicates(search, source, (row) => {
    makeId(ids, row, 1);
    kept.set(ids.words);
    makeId(ids, row, 0);
    held.add(ids.words, kept);
  });
  return held.size === 0 ? null : held;
}

async function readDuplicates(
  { sql }: DuplicateSearch,
  source: Session,
  visit: (row: RowView) => void,
  afterChunk: () => Promise<void> = async () => {},
): Promise<number> {
  const reader = new RowReader(2, visit);
  for await (const chunk of copyOut(source, `copy (${sql}) to stdout (format binary)`)) {
    reader.push(chunk);
    await afterChunk();
  }
  reader.end();
  return reader.rows;
}

/** Number of the entity, old key, id of the kept row, its old key. */
function writeDuplicate(out: ByteWriter, entityNo: number, row: RowView, ids: IdMaker): void {
  const { bytes, lengths, offsets } = row;
  makeId(ids, row, 1);
  out.ensure(8);
  out.int16(4);
  out.int32(2);
  out.int16(entityNo);
  out.field(bytes, offsets[0]!, offsets[0]! + lengths[0]!);
  out.ensure(20);
  out.int32(16);
  ids.write(out);
  out.field(bytes, offsets[1]!, offsets[1]! + lengths[1]!);
}

function makeId(ids: IdMaker, { bytes, lengths, offsets }: RowView, field: number): void {
  ids.fromBytes(bytes, offsets[field]!, offsets[field]! + lengths[field]!);
}
