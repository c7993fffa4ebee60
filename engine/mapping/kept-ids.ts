/**
 * Rows of an entity that keep the id they have in the target, against all others, whose id follows from their key.
 *
 * An open-addressing table from the derived id to the kept one: 32 bytes a row at most two thirds full, and nothing at all
 * for entities that merge with nothing. A row that must not be moved, because it fits several, is held with the nil id.
 */
export interface KeptIds {
  readonly size: number;
  /** Fills `into` and returns true where the derived id has a kept one; `into` is nil where the row fits several. */
  find(derived: Int32Array, into: Int32Array): boolean;
}

export interface KeptIdsInMaking extends KeptIds {
  add(derived: Int32Array, kept: Int32Array): void;
}

export function createKeptIds(rows: number): KeptIdsInMaking {
  return new KeptIdTable(rows);
}

/** True for the id of a row that fits several. */
export function isNil(id: Int32Array): boolean {
  return (id[0]! | id[1]! | id[2]! | id[3]!) === 0;
}

const WORDS = 8;

class KeptIdTable implements KeptIdsInMaking {
  size = 0;
  private words: Int32Array;
  private mask: number;

  constructor(rows: number) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(16, rows * 1.5)));
    this.words = new Int32Array(slots * WORDS);
    this.mask = slots - 1;
  }

  add(derived: Int32Array, kept: Int32Array): void {
    if ((this.size + 1) * 3 > (this.mask + 1) * 2) this.grow();
    const at = this.slotOf(derived) * WORDS;
    if (this.words[at + 1] === 0) this.size++;
    this.words.set(derived, at);
    this.words.set(kept, at + 4);
  }

  find(derived: Int32Array, into: Int32Array): boolean {
    const { words } = this;
    const at = this.slotOf(derived) * WORDS;
    if (words[at + 1] === 0) return false;
    for (let i = 0; i < 4; i++) into[i] = words[at + 4 + i]!;
    return true;
  }

  /** Slot of a derived id, or the empty one where it belongs. Its second word is never 0: it holds the version. */
  private slotOf(id: Int32Array): number {
    const { words, mask } = this;
    let slot = id[0]! & mask;
    for (;;) {
      const at = slot * WORDS;
      if (words[at + 1] === 0) return slot;
      if (
        words[at] === id[0] &&
        words[at + 1] === id[1] &&
        words[at + 2] === id[2] &&
        words[at + 3] === id[3]
      )
        return slot;
      slot = (slot + 1) & mask;
    }
  }

  private grow(): void {
    const old = this.words;
    this.words = new Int32Array(old.length * 2);
    this.mask = this.mask * 2 + 1;
    this.size = 0;
    for (let at = 0; at < old.length; at += WORDS) {
      if (old[at + 1] !== 0) this.add(old.subarray(at, at + 4), old.subarray(at + 4, at + WORDS));
    }
  }
}
