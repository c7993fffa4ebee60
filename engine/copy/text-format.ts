/**
 * The text fallback: rows in the binary frame whose fields are text become lines of COPY's text format.
 * Only the writing side needs it: what is read as `column::text` has no escapes to undo.
 */
import { ByteWriter } from '../db/binary/byte-writer.ts';
import { RowReader } from '../db/binary/row-reader.ts';

const TAB = 0x09;
const NEWLINE = 0x0a;
const BACKSLASH = 0x5c;
const NULL_MARK = Buffer.from('\\N');
const ESCAPES: Readonly<Record<number, number>> = {
  8: 0x62,
  9: 0x74,
  10: 0x6e,
  11: 0x76,
  12: 0x66,
  13: 0x72,
  92: 0x5c,
};

/** Re-frames successive pieces of one stream; a piece holds whole rows. The result is valid until the next call. */
export function textEncoder(fields: number): (bytes: Buffer) => Buffer {
  const out = new ByteWriter(1 << 18);
  const reader = new RowReader(fields, (row) => {
    for (let i = 0; i < fields; i++) {
      const length = row.lengths[i]!;
      const start = row.offsets[i]!;
      out.ensure(Math.max(2, length * 2) + 1);
      if (i > 0) out.bytes[out.position++] = TAB;
      if (length < 0) out.raw(NULL_MARK, 0, 2);
      else writeEscaped(row.bytes, start, start + length, out);
    }
    out.ensure(1);
    out.bytes[out.position++] = NEWLINE;
  });
  return (bytes) => {
    out.position = 0;
    reader.push(bytes);
    return out.bytes.subarray(0, out.position);
  };
}

function writeEscaped(bytes: Buffer, start: number, end: number, out: ByteWriter): void {
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    const escaped = byte <= BACKSLASH ? ESCAPES[byte] : undefined;
    if (escaped === undefined) out.bytes[out.position++] = byte;
    else {
      out.bytes[out.position++] = BACKSLASH;
      out.bytes[out.position++] = escaped;
    }
  }
}
