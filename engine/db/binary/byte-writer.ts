/**
 * A growing output buffer for the binary COPY format, written by index because that is what V8 makes fast:
 * no Buffer object per field, no string per value. One writer serves one stream at a time.
 */
export class ByteWriter {
  bytes: Buffer;
  position = 0;

  constructor(capacity = 1 << 16) {
    this.bytes = Buffer.allocUnsafeSlow(capacity);
  }

  /** Makes room for `count` more bytes. */
  ensure(count: number): void {
    const needed = this.position + count;
    if (needed <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(larger, 0, 0, this.position);
    this.bytes = larger;
  }

  int16(value: number): void {
    const { bytes } = this;
    let p = this.position;
    bytes[p++] = value >>> 8;
    bytes[p++] = value;
    this.position = p;
  }

  int32(value: number): void {
    const { bytes } = this;
    let p = this.position;
    bytes[p++] = value >>> 24;
    bytes[p++] = value >>> 16;
    bytes[p++] = value >>> 8;
    bytes[p++] = value;
    this.position = p;
  }

  /** A field that is null: length -1. */
  null(): void {
    this.int32(-1);
  }

  /** Copies bytes without a length. Short runs by loop, long ones by memcpy: measured, the call costs more than 24 bytes do. */
  raw(source: Buffer, start: number, end: number): void {
    const { bytes } = this;
    let p = this.position;
    if (end - start < 24) {
      for (let i = start; i < end; i++) bytes[p++] = source[i]!;
      this.position = p;
      return;
    }
    source.copy(bytes, p, start, end);
    this.position = p + end - start;
  }

  /** A field: length and bytes. Makes its own room. */
  field(source: Buffer, start = 0, end = source.length): void {
    this.ensure(end - start + 4);
    this.int32(end - start);
    this.raw(source, start, end);
  }

  /** A field holding text as UTF-8. Makes its own room. */
  text(value: string): void {
    this.ensure(value.length * 3 + 4);
    const at = this.position;
    const length = this.bytes.write(value, at + 4, 'utf8');
    this.int32(length);
    this.position = at + 4 + length;
  }

  /** What was written since the last take, in memory of its own; the writer starts anew with the same capacity. */
  take(): Buffer {
    const taken = this.bytes.subarray(0, this.position);
    this.bytes = Buffer.allocUnsafeSlow(this.bytes.length);
    this.position = 0;
    return taken;
  }
}
