/**
 * Deterministic ids: RFC 9562 version 5 over (namespace of the entity, legacy key).
 *
 * Promise: `uuid_generate_v5(uuid_generate_v5(<migration namespace>, '<entity>'), '<legacy key>')` in any PostgreSQL
 * gives the same id. The migration namespace is random and secret, so ids cannot be guessed from old ones.
 * Keys up to 39 bytes take the compiled one-block SHA-1, the hottest code of a load; longer ones the library.
 */
import { createHash } from 'node:crypto';
import type { ByteWriter } from '../db/binary/byte-writer.ts';
import type { KeptIds } from './kept-ids.ts';
import { compileSha1Block, type Sha1Block } from './sha1-block.ts';

/** Longest key that fits one SHA-1 block behind the 16 bytes of the namespace. */
const ONE_BLOCK_KEY_BYTES = 64 - 9 - 16;

/** Parses `xxxxxxxx-xxxx-…` into 16 bytes. */
export function uuidBytes(text: string): Buffer {
  const bytes = Buffer.from(text.replaceAll('-', ''), 'hex');
  if (bytes.length !== 16) throw new TypeError('not a UUID');
  return bytes;
}

export function uuidText(bytes: Uint8Array, at = 0): string {
  const hex = Buffer.from(bytes.buffer, bytes.byteOffset + at, 16).toString('hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** Of an id as four big-endian words. */
export function idText(words: Int32Array): string {
  const bytes = Buffer.alloc(16);
  for (let i = 0; i < 4; i++) bytes.writeInt32BE(words[i]!, i * 4);
  return uuidText(bytes);
}

/** Version 5 of one name, by the library; for namespaces and tests. */
export function uuidV5(namespace: Uint8Array, name: string | Uint8Array): Buffer {
  const digest = createHash('sha1').update(namespace).update(name).digest().subarray(0, 16);
  digest[6] = (digest[6]! & 0x0f) | 0x50;
  digest[8] = (digest[8]! & 0x3f) | 0x80;
  return Buffer.from(digest);
}

/** Computes ids of one entity; the last one stays in `words`, and in `id` what the row is called in the target. */
export class IdMaker {
  /** The last id as four big-endian words. */
  readonly words = new Int32Array(4);
  /** The id of the last key in the target: `words`, or the one that the row had there before. */
  id: Int32Array = this.words;
  readonly namespace: Buffer;
  /** The last key as text: `keyBytes[keyStart..keyEnd)`, valid until the next call. */
  keyBytes: Uint8Array = new Uint8Array(0);
  keyStart = 0;
  keyEnd = 0;
  private readonly prefix = new Int32Array(4);
  private readonly block = new Int32Array(16);
  private readonly sha1: Sha1Block;
  private readonly digits = new Uint8Array(ONE_BLOCK_KEY_BYTES);
  readonly keptIds: KeptIds | null;
  private readonly kept = new Int32Array(4);

  constructor(
    migrationNamespace: Uint8Array,
    entity: string,
    sha1: Sha1Block = compileSha1Block(),
    keptIds: KeptIds | null = null,
  ) {
    this.keptIds = keptIds;
    this.sha1 = sha1;
    this.namespace = uuidV5(migrationNamespace, entity);
    for (let i = 0; i < 4; i++) this.prefix[i] = this.namespace.readInt32BE(i * 4);
  }

  /** Id of an integer key; `key` must be a safe integer. */
  fromInteger(key: number): void {
    const { digits } = this;
    let rest = key < 0 ? -key : key;
    let at = digits.length;
    do {
      const next = Math.floor(rest / 10);
      digits[--at] = 48 + (rest - next * 10);
      rest = next;
    } while (rest > 0);
    if (key < 0) digits[--at] = 45;
    this.fromBytes(digits, at, digits.length);
  }

  /** Id of a key given as its UTF-8 text. */
  fromBytes(bytes: Uint8Array, start: number, end: number): void {
    this.keyBytes = bytes;
    this.keyStart = start;
    this.keyEnd = end;
    if (end - start <= ONE_BLOCK_KEY_BYTES) this.oneBlock(bytes, start, end);
    else {
      const id = uuidV5(this.namespace, bytes.subarray(start, end));
      for (let i = 0; i < 4; i++) this.words[i] = id.readInt32BE(i * 4);
    }
    if (this.keptIds !== null) this.id = this.keptIds.find(this.words, this.kept) ? this.kept : this.words;
  }

  /** True where the last id is one that was in the target before. */
  isKept(): boolean {
    return this.id !== this.words;
  }

  /** The last key as a string. */
  keyText(): string {
    return Buffer.from(this.keyBytes.subarray(this.keyStart, this.keyEnd)).toString('utf8');
  }

  /** Writes the last id as 16 raw bytes; the caller made room. */
  write(out: ByteWriter): void {
    const words = this.id;
    out.int32(words[0]!);
    out.int32(words[1]!);
    out.int32(words[2]!);
    out.int32(words[3]!);
  }

  /** SHA-1 of namespace + bytes[start..end), at most 55 bytes in all (FIPS 180-4, section 6.1.2). */
  private oneBlock(bytes: Uint8Array, start: number, end: number): void {
    const w = this.block;
    const { prefix, words } = this;
    w[0] = prefix[0]!;
    w[1] = prefix[1]!;
    w[2] = prefix[2]!;
    w[3] = prefix[3]!;
    const length = end - start;
    let word = 4;
    let q = start;
    for (; q + 4 <= end; q += 4) {
      w[word++] = (bytes[q]! << 24) | (bytes[q + 1]! << 16) | (bytes[q + 2]! << 8) | bytes[q + 3]!;
    }
    let last = 0x80 << (24 - ((length & 3) << 3));
    for (let shift = 24; q < end; q++, shift -= 8) last |= bytes[q]! << shift;
    w[word++] = last;
    while (word < 15) w[word++] = 0;
    w[15] = (length + 16) << 3;
    this.sha1(w, words);
    words[1] = (words[1]! & 0xffff0fff) | 0x5000;
    words[2] = (words[2]! & 0x3fffffff) | 0x80000000;
  }
}
