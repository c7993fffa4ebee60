/**
 * Source bytes → mapped rows: reads a COPY stream, maps row by row and hands full buffers on.
 * Used by everything that carries rows: a batch, a replay of single rows, a rehearsal.
 */
import type { ByteWriter } from '../db/binary/byte-writer.ts';
import { COPY_HEADER, COPY_TRAILER } from '../db/binary/copy-format.ts';
import { RowReader } from '../db/binary/row-reader.ts';
import type { CompiledEntity } from '../mapping/compiled-entity.ts';
import { Misfit, type Repair } from '../mapping/misfit.ts';
import type { RowMapper } from '../mapping/row-mapper.ts';
import type { Refusal } from './entity-load.ts';

/** Buffers are handed on when they hold this much: large enough that the socket drains before they are reused. */
const FLUSH_BYTES = 1 << 17;

export interface Reject {
  readonly key: string;
  readonly misfit: Misfit;
  readonly sqlstate: string | null;
  /** Of the target, where one of its constraints refused the row. */
  readonly constraint?: string | null;
}

export interface RepairedRow {
  readonly key: string;
  readonly repair: Repair;
}

export interface MapStream {
  readonly compiled: CompiledEntity;
  readonly mapper: RowMapper;
  readonly out: ByteWriter;
  /** Rows to put aside without trying, by legacy key. */
  readonly refused: ReadonlyMap<string, Refusal>;
  /** Called behind each mapped row, duplicates included, with the mapper's id and key still in place; the row begins at `start` of `out`. */
  readonly onRow: (start: number) => void;
  /** Where rows stay as the target holds them. */
  readonly left?: LeftRows;
}

/** What does not fit or was repaired in such a row is not written, so it is no reason to set the row aside. */
export interface LeftRows {
  /** Of the row mapped last. */
  isLeft(): boolean;
  /** Called in place of `onRow` where the row could not be written if it had to be. */
  onUnfit(reject: Reject): void;
}

export interface MapResult {
  readonly rowsRead: number;
  readonly rowsWritten: number;
  readonly rowsRepaired: number;
  /** Rows that are the same record as another; nothing of them was written. */
  readonly rowsDuplicate: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  readonly rejects: readonly Reject[];
  readonly repairs: readonly RepairedRow[];
}

/** Runs the stream to its end. `write` gets bytes that stay valid until its promise resolves. */
export async function mapStream(
  stream: MapStream,
  source: AsyncIterable<Buffer>,
  write: (bytes: Buffer) => Promise<void>,
): Promise<MapResult> {
  const { mapper, out, refused, left } = stream;
  const rejects: Reject[] = [];
  const repairs: RepairedRow[] = [];
  let repairedRows = 0;
  let duplicates = 0;
  let bytesRead = 0;
  let bytesWritten = 0;
  const reader = new RowReader(stream.compiled.fields, (row) => {
    const start = out.position;
    const misfit = mapper.map(row, out);
    if (left?.isLeft()) {
      const key = mapper.ids.keyText();
      const refusal = refused.get(key);
      if (refusal) out.position = start;
      if (misfit !== null) left.onUnfit({ key, misfit, sqlstate: null });
      else if (refusal) left.onUnfit(rejectOf(key, refusal));
      else stream.onRow(start);
      return;
    }
    if (misfit !== null) {
      rejects.push({ key: mapper.ids.keyText(), misfit, sqlstate: null });
      return;
    }
    if (mapper.isDuplicate()) duplicates++;
    if (refused.size > 0) {
      const key = mapper.ids.keyText();
      const refusal = refused.get(key);
      if (refusal) {
        out.position = start;
        rejects.push(rejectOf(key, refusal));
        return;
      }
    }
    if (mapper.repairs.length > 0) {
      const key = mapper.ids.keyText();
      repairedRows++;
      for (const repair of mapper.repairs) repairs.push({ key, repair });
    }
    stream.onRow(start);
  });
  out.position = 0;
  out.raw(COPY_HEADER, 0, COPY_HEADER.length);
  for await (const chunk of source) {
    bytesRead += chunk.length;
    reader.push(chunk);
    if (out.position < FLUSH_BYTES) continue;
    bytesWritten += out.position;
    await write(out.bytes.subarray(0, out.position));
    out.position = 0;
  }
  reader.end();
  out.ensure(2);
  out.raw(COPY_TRAILER, 0, 2);
  bytesWritten += out.position;
  await write(out.bytes.subarray(0, out.position));
  const rowsWritten = reader.rows - rejects.length - duplicates;
  return {
    rowsRead: reader.rows,
    rowsWritten,
    rowsRepaired: repairedRows,
    rowsDuplicate: duplicates,
    bytesRead,
    bytesWritten,
    rejects,
    repairs,
  };
}

export function rejectOf(key: string, { message, column, sqlstate, constraint }: Refusal): Reject {
  const misfit = new Misfit('refused-by-target', message);
  misfit.column = column ?? '';
  return { key, misfit, sqlstate, constraint };
}
