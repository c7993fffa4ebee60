/**
 * The mapping pairs of one batch as bytes of a binary COPY, written while mapping: an object per pair would triple the
 * memory of a load. Fields: entity number (int2), legacy id (text), new id (uuid), batch (int4), and for rows that were
 * not inserted what happened to them (text).
 */
import { ByteWriter } from '../db/binary/byte-writer.ts';
import { COPY_HEADER, COPY_TRAILER } from '../db/binary/copy-format.ts';
import { writeKeyText } from '../mapping/lanes/identity.ts';
import type { IdMaker } from '../mapping/uuid-v5.ts';

/** Bytes of a pair before the key: field count, length and entity number. */
const BEFORE_KEY = 2 + 6;
/** Bytes of a pair behind the key: id and batch with lengths. */
const BEHIND_KEY = 20 + 8;

export class PairBuffer {
  rows = 0;
  private readonly out: ByteWriter;
  private readonly entityNo: number;
  private readonly batchId: number;
  /** The fifth field with its length. */
  private readonly mark: Buffer | null;

  constructor(
    entityNo: number,
    batchId: number,
    out: ByteWriter = new ByteWriter(1 << 16),
    merged: 'kept' | 'updated' | 'duplicate' | null = null,
  ) {
    this.entityNo = entityNo;
    this.batchId = batchId;
    this.out = out;
    this.mark = merged === null ? null : Buffer.from(merged);
    out.position = 0;
    out.raw(COPY_HEADER, 0, COPY_HEADER.length);
  }

  /** Adds the row whose id was made last. */
  add(ids: IdMaker, batchId: number = this.batchId): void {
    const { out } = this;
    out.ensure(BEFORE_KEY + BEHIND_KEY + 4);
    out.int16(this.mark === null ? 4 : 5);
    out.int32(2);
    out.int16(this.entityNo);
    writeKeyText(ids, out);
    out.ensure(BEHIND_KEY);
    out.int32(16);
    ids.write(out);
    out.int32(4);
    out.int32(batchId);
    if (this.mark !== null) out.field(this.mark);
    this.rows++;
  }

  /** Columns of the pairs table, in the order of the fields. */
  columns(): readonly string[] {
    const columns = ['entity_no', 'legacy_id', 'new_id', 'batch_id'];
    return this.mark === null ? columns : [...columns, 'merged'];
  }

  /** All bytes with the trailer; valid until the buffer is reused. */
  finish(): Buffer {
    this.out.ensure(2);
    this.out.raw(COPY_TRAILER, 0, 2);
    return this.out.bytes.subarray(0, this.out.position);
  }

  /** Legacy key of the n-th row added, counted from 1; null where there is none. */
  keyAt(line: number): string | null {
    let found: string | null = null;
    let n = 0;
    this.forEachKey((bytes, start, end) => {
      if (++n === line) found = bytes.toString('utf8', start, end);
    });
    return found;
  }

  forEachKey(visit: (bytes: Buffer, start: number, end: number) => void): void {
    const { bytes } = this.out;
    const behind = BEHIND_KEY + (this.mark === null ? 0 : 4 + this.mark.length);
    let at = COPY_HEADER.length;
    for (let i = 0; i < this.rows; i++) {
      at += BEFORE_KEY;
      const length = bytes.readInt32BE(at);
      at += 4;
      visit(bytes, at, at + length);
      at += length + behind;
    }
  }
}
