/**
 * Finds the rows and field boundaries in a binary COPY stream without copying a value.
 *
 * Promise: `onRow` is called once a row with the fields' positions in `row.bytes`; they hold only during the call.
 * Every byte is copied once, into a buffer that is reused; a row is looked at again only when all of it is here, so a
 * 50 MB cell costs no more.
 */
import { COPY_HEADER } from './copy-format.ts';

export interface RowView {
  bytes: Buffer;
  /** Where the row starts (its field count) and ends in `bytes`. */
  start: number;
  end: number;
  /** Position of each field's first byte, behind its length. */
  readonly offsets: Int32Array;
  /** Length of each field, -1 for null. */
  readonly lengths: Int32Array;
}

export class RowReader {
  readonly row: RowView;
  rows = 0;
  private readonly fields: number;
  private readonly onRow: (row: RowView) => void;
  private started = false;
  private finished = false;
  /** Bytes of rows not yet read, at the front of a buffer that is reused: chunks become no garbage of their own. */
  private work = Buffer.allocUnsafeSlow(1 << 17);
  private filled = 0;
  private needed = 0;

  constructor(fields: number, onRow: (row: RowView) => void) {
    this.fields = fields;
    this.onRow = onRow;
    this.row = {
      bytes: COPY_HEADER,
      start: 0,
      end: 0,
      offsets: new Int32Array(fields),
      lengths: new Int32Array(fields),
    };
  }

  push(chunk: Buffer): void {
    this.append(chunk);
    if (this.filled < this.needed) return;
    const rest = this.read(this.work, this.filled);
    this.work.copyWithin(0, rest, this.filled);
    this.filled -= rest;
  }

  /** Throws when the stream stopped in the middle of a row. */
  end(): void {
    if (!this.finished || this.filled > 0) throw new Error('the COPY stream ended in the middle of a row');
  }

  private append(chunk: Buffer): void {
    const size = this.filled + chunk.length;
    if (size > this.work.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(size, this.needed, this.work.length * 2));
      this.work.copy(larger, 0, 0, this.filled);
      this.work = larger;
    }
    chunk.copy(this.work, this.filled);
    this.filled = size;
  }

  /** Reads whole rows; returns the position of the first byte not read and leaves in `needed` how many bytes it wants. */
  private read(bytes: Buffer, size: number): number {
    const { row, fields } = this;
    const { offsets, lengths } = row;
    let position = 0;
    if (!this.started) {
      if (size < COPY_HEADER.length) {
        this.needed = COPY_HEADER.length;
        return 0;
      }
      this.started = true;
      position = COPY_HEADER.length;
    }
    row.bytes = bytes;
    this.needed = 0;
    while (position + 2 <= size) {
      const count = (((bytes[position]! << 8) | bytes[position + 1]!) << 16) >> 16;
      if (count === -1) {
        this.finished = true;
        return size;
      }
      if (count !== fields) throw new Error(`a row has ${count} fields, expected ${fields}`);
      let q = position + 2;
      for (let i = 0; i < fields; i++) {
        if (q + 4 > size) {
          this.needed = q + 4 - position;
          return position;
        }
        const length = (bytes[q]! << 24) | (bytes[q + 1]! << 16) | (bytes[q + 2]! << 8) | bytes[q + 3]!;
        q += 4;
        offsets[i] = q;
        lengths[i] = length;
        if (length > 0) q += length;
        if (q > size) {
          this.needed = q - position;
          return position;
        }
      }
      row.start = position;
      row.end = q;
      position = q;
      this.rows++;
      this.onRow(row);
    }
    if (position < size) this.needed = size - position + 1;
    return position;
  }
}
