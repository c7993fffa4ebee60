/** The keys of one migrated entity, as its children see them: is the parent there, and what is its id? */
import type { ByteWriter } from '../db/binary/byte-writer.ts';
import type { KeySet } from './key-set.ts';
import { type IdMaker, idText } from './uuid-v5.ts';

const CACHE_SLOTS = 1 << 14;

/** Longest decimal text that surely is a safe integer. */
const SAFE_DIGITS = 15;
const INTEGER_TEXT = /^(0|-?[1-9]\d*)$/;

export class ParentKeys {
  readonly entity: string;
  readonly kind: 'integer' | 'text';
  readonly keys: KeySet;
  /** False while rows of the entity are still to come: a reference to it cannot be called missing yet. */
  complete = true;
  /** Makes the ids of this entity, kept ones included. */
  readonly ids: IdMaker;
  /** Made when the first child asks: of a thousand tables, most are nobody's parent. */
  private cachedKeys: Float64Array | null = null;
  private cachedWords = new Int32Array(0);

  constructor(entity: string, kind: 'integer' | 'text', keys: KeySet, ids: IdMaker) {
    this.entity = entity;
    this.kind = kind;
    this.keys = keys;
    this.ids = ids;
  }

  hasInteger(key: number): boolean {
    if (this.keys.byInteger) return this.keys.hasInteger(key);
    this.ids.fromInteger(key);
    return this.keys.hasId(this.ids.words);
  }

  hasText(bytes: Uint8Array, start: number, end: number): boolean {
    const integer = this.safeInteger(bytes, start, end);
    if (integer !== null) return this.hasInteger(integer);
    if (this.keys.byInteger) return false;
    this.ids.fromBytes(bytes, start, end);
    return this.keys.hasId(this.ids.words);
  }

  /** Whether a key given as text is there. */
  has(key: string): boolean {
    const bytes = Buffer.from(key);
    return this.hasText(bytes, 0, bytes.length);
  }

  /** Adds a key given as text. */
  add(key: string): void {
    const bytes = Buffer.from(key);
    this.addBytes(bytes, 0, bytes.length);
  }

  addBytes(bytes: Uint8Array, start: number, end: number): void {
    if (this.keys.byInteger) {
      this.keys.addInteger(parseInteger(bytes, start, end));
      return;
    }
    this.ids.fromBytes(bytes, start, end);
    this.keys.addId(this.ids.words);
  }

  delete(key: string): void {
    if (this.keys.byInteger) this.keys.deleteInteger(Number(key));
    else {
      const bytes = Buffer.from(key);
      this.ids.fromBytes(bytes, 0, bytes.length);
      this.keys.deleteId(this.ids.words);
    }
  }

  /** Writes the parent's id as 16 bytes; the caller made room. Ids of few parents of many children come from a cache. */
  writeInteger(key: number, out: ByteWriter): void {
    const slot = key & (CACHE_SLOTS - 1);
    const cachedKeys = this.cachedKeys ?? this.makeCache();
    const { cachedWords } = this;
    const at = slot << 2;
    if (cachedKeys[slot] !== key) {
      this.ids.fromInteger(key);
      cachedWords.set(this.ids.id, at);
      cachedKeys[slot] = key;
    }
    out.int32(cachedWords[at]!);
    out.int32(cachedWords[at + 1]!);
    out.int32(cachedWords[at + 2]!);
    out.int32(cachedWords[at + 3]!);
  }

  private makeCache(): Float64Array {
    this.cachedWords = new Int32Array(CACHE_SLOTS * 4);
    this.cachedKeys = new Float64Array(CACHE_SLOTS).fill(Number.NaN);
    return this.cachedKeys;
  }

  writeText(bytes: Uint8Array, start: number, end: number, out: ByteWriter): void {
    this.ids.fromBytes(bytes, start, end);
    this.ids.write(out);
  }

  /** Id of a key given as text. */
  idOf(key: string): string {
    const bytes = Buffer.from(key);
    this.ids.fromBytes(bytes, 0, bytes.length);
    return idText(this.ids.id);
  }

  private safeInteger(bytes: Uint8Array, start: number, end: number): number | null {
    if (this.kind !== 'integer' || end - start > SAFE_DIGITS || end === start) return null;
    const text = Buffer.from(bytes.buffer, bytes.byteOffset + start, end - start).toString('latin1');
    return INTEGER_TEXT.test(text) ? Number(text) : null;
  }
}

/** Decimal digits to a number; the caller knows that they are a safe integer. */
function parseInteger(bytes: Uint8Array, start: number, end: number): number {
  const negative = bytes[start] === 45;
  let value = 0;
  for (let i = negative ? start + 1 : start; i < end; i++) value = value * 10 + bytes[i]! - 48;
  return negative ? -value : value;
}
