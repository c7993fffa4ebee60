/**
 * The hash of one row's bytes, for comparing rows without keeping them.
 *
 * Two 32-bit states, each changed by every four bytes in a way that can be undone, so a single changed word always
 * changes both; the four results are different mixtures of them. Seeds are drawn anew for every comparison, so that no
 * pair of rows collides twice. Not a cryptographic hash: it finds accidents, not forgers who know the seeds.
 * Measured (Node 24, rows of 250 bytes): 0.14 µs; the same with bytes put together by shifts instead of a DataView
 * 0.48 µs; `crypto.hash('sha1', …)` with decoding its text 0.8 µs, in the same minute on the same busy machine.
 */
import { randomInt } from 'node:crypto';

/** Hashes bytes[start..end) into four words. */
export type RowHash = (bytes: Uint8Array, start: number, end: number, into: Int32Array) => void;

export function createRowHash(seeds: readonly [number, number] = [seed(), seed()]): RowHash {
  const [first, second] = seeds;
  // Rows come out of few buffers, each reused for many rows.
  let viewed: Uint8Array = new Uint8Array(0);
  let view = new DataView(viewed.buffer);
  return (bytes, start, end, into) => {
    if (bytes !== viewed) {
      viewed = bytes;
      view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    }
    let x = (first ^ (end - start)) | 0;
    let y = second | 0;
    let at = start;
    for (const last = end - 7; at < last; at += 8) {
      const one = view.getInt32(at, true);
      const two = view.getInt32(at + 4, true);
      x = (Math.imul(x ^ one, 0x2c1b3c6d) + two) | 0;
      x ^= x >>> 15;
      y = (Math.imul(y ^ two, 0x297a2d39) + one) | 0;
      y = (y << 13) | (y >>> 19);
    }
    let rest = 0;
    if (at < end - 3) {
      rest = view.getInt32(at, true);
      at += 4;
    }
    x = Math.imul(x ^ rest, 0x2c1b3c6d);
    x ^= x >>> 15;
    y = Math.imul(y + rest, 0x297a2d39);
    rest = 1;
    for (; at < end; at++) rest = (rest << 8) | bytes[at]!;
    x = Math.imul(x ^ rest, 0x2c1b3c6d);
    y = Math.imul(y + rest, 0x297a2d39);
    x ^= x >>> 16;
    x = Math.imul(x ^ y, 0x85ebca6b);
    x ^= x >>> 13;
    y ^= y >>> 15;
    y = Math.imul(y ^ x, 0xc2b2ae35);
    y ^= y >>> 16;
    into[0] = x;
    into[1] = y;
    into[2] = Math.imul(x ^ (y >>> 7), 0x27d4eb2f);
    into[3] = Math.imul(y ^ (x >>> 9), 0x165667b1);
  };
}

function seed(): number {
  return randomInt(2 ** 32) | 0;
}
