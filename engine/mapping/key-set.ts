/**
 * Which parent rows are in the target: asked once for every reference of every row, so it has to be small and fast.
 *
 * Integer keys that lie close together: one bit a key, in chunks that exist only where a key does.
 * All other keys: the first 64 bits of their id in an open-addressing table, 8 bytes a key at 60 % load. Two keys of one
 * entity share them with probability 2^-62; the foreign key in the target would then still refuse the orphan.
 */
export interface KeySet {
  readonly size: number;
  addInteger(key: number): void;
  hasInteger(key: number): boolean;
  addId(words: Int32Array): void;
  hasId(words: Int32Array): boolean;
  /** Forgets a key whose row left the target again. */
  deleteInteger(key: number): void;
  deleteId(words: Int32Array): void;
  /** True where the set answers by integer, false where it answers by id. */
  readonly byInteger: boolean;
}

const CHUNK_BITS = 15;
const CHUNK_WORDS = 1 << (CHUNK_BITS - 5);
const CHUNK_SIZE = 2 ** CHUNK_BITS;
/** A bitmap may take this many bytes a key before the hashed set is smaller. */
const BITMAP_BYTES_A_KEY = 13;

/** Chooses the representation from what the source says of the keys. Bounds are inclusive. */
export function createKeySet(keys: { kind: string; min: number; max: number; rows: number }): KeySet {
  const safe = Number.isSafeInteger(keys.min) && Number.isSafeInteger(keys.max);
  if (keys.kind !== 'integer' || !safe) return new IdSet(keys.rows);
  const chunks = Math.floor(keys.max / CHUNK_SIZE) - Math.floor(keys.min / CHUNK_SIZE) + 1;
  const bytes = chunks * CHUNK_WORDS * 4;
  return bytes <= Math.max(1 << 20, keys.rows * BITMAP_BYTES_A_KEY) ? new IntegerSet() : new IdSet(keys.rows);
}

class IntegerSet implements KeySet {
  readonly byInteger = true;
  size = 0;
  private readonly chunks = new Map<number, Int32Array>();
  private lastIndex = -1;
  private lastChunk: Int32Array | undefined;

  addInteger(key: number): void {
    const index = Math.floor(key / CHUNK_SIZE);
    let chunk = this.chunk(index);
    if (!chunk) {
      chunk = new Int32Array(CHUNK_WORDS);
      this.chunks.set(index, chunk);
      this.lastChunk = chunk;
    }
    const bit = key - index * CHUNK_SIZE;
    const mask = 1 << (bit & 31);
    if ((chunk[bit >>> 5]! & mask) === 0) this.size++;
    chunk[bit >>> 5]! |= mask;
  }

  hasInteger(key: number): boolean {
    const index = Math.floor(key / CHUNK_SIZE);
    const chunk = this.chunk(index);
    if (!chunk) return false;
    const bit = key - index * CHUNK_SIZE;
    return (chunk[bit >>> 5]! & (1 << (bit & 31))) !== 0;
  }

  deleteInteger(key: number): void {
    if (!this.hasInteger(key)) return;
    const index = Math.floor(key / CHUNK_SIZE);
    const bit = key - index * CHUNK_SIZE;
    this.chunk(index)![bit >>> 5]! &= ~(1 << (bit & 31));
    this.size--;
  }

  addId(): never {
    throw new TypeError('this set holds integers');
  }

  hasId(): never {
    throw new TypeError('this set holds integers');
  }

  deleteId(): never {
    throw new TypeError('this set holds integers');
  }

  private chunk(index: number): Int32Array | undefined {
    if (index !== this.lastIndex) {
      this.lastIndex = index;
      this.lastChunk = this.chunks.get(index);
    }
    return this.lastChunk;
  }
}

/** A deleted slot: distinct from an empty one so that later probes go on. No v5 id has this second word (version bits are 5). */
const TOMBSTONE = -1;

class IdSet implements KeySet {
  readonly byInteger = false;
  size = 0;
  private slots: Int32Array;
  private used = 0;

  constructor(expected: number) {
    this.slots = new Int32Array(2 * 2 ** Math.ceil(Math.log2(Math.max(16, expected * 1.7))));
  }

  addId(words: Int32Array): void {
    if (this.used * 5 >= (this.slots.length / 2) * 4) this.grow();
    this.insert(words[0]!, words[1]!);
  }

  hasId(words: Int32Array): boolean {
    return this.find(words[0]!, words[1]!) >= 0;
  }

  deleteId(words: Int32Array): void {
    const at = this.find(words[0]!, words[1]!);
    if (at < 0) return;
    this.slots[at] = 0;
    this.slots[at + 1] = TOMBSTONE;
    this.size--;
  }

  addInteger(): never {
    throw new TypeError('this set holds ids');
  }

  hasInteger(): never {
    throw new TypeError('this set holds ids');
  }

  deleteInteger(): never {
    throw new TypeError('this set holds ids');
  }

  /** Slot of a pair, or -1. A slot is empty when its second word is 0, which no v5 id has. */
  private find(high: number, low: number): number {
    const { slots } = this;
    const mask = slots.length - 1;
    let at = (high << 1) & mask;
    while (slots[at + 1] !== 0) {
      if (slots[at] === high && slots[at + 1] === low) return at;
      at = (at + 2) & mask;
    }
    return -1;
  }

  private insert(high: number, low: number): void {
    const { slots } = this;
    const mask = slots.length - 1;
    let at = (high << 1) & mask;
    while (slots[at + 1] !== 0) {
      if (slots[at] === high && slots[at + 1] === low) return;
      at = (at + 2) & mask;
    }
    slots[at] = high;
    slots[at + 1] = low;
    this.size++;
    this.used++;
  }

  private grow(): void {
    const old = this.slots;
    this.slots = new Int32Array(old.length * 2);
    this.size = 0;
    this.used = 0;
    for (let i = 0; i < old.length; i += 2) {
      if (old[i + 1] !== 0 && old[i + 1] !== TOMBSTONE) this.insert(old[i]!, old[i + 1]!);
    }
  }
}
