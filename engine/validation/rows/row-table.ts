/**
 * Rows of a few buckets by id, each with its hash: what the second pass keeps of the target. 33 bytes a slot, at most
 * two thirds full; ids are evenly spread, so their second word is a good place to start looking.
 */
export class RowTable {
  size = 0;
  private readonly words: Int32Array;
  /** 0: empty, 1: not seen on the other side, 2: seen. */
  private readonly marks: Uint8Array;
  private readonly mask: number;

  constructor(rows: number) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(16, rows * 1.5)));
    this.words = new Int32Array(slots * 8);
    this.marks = new Uint8Array(slots);
    this.mask = slots - 1;
  }

  add(id: Int32Array, hash: Int32Array): void {
    const slot = this.slotOf(id);
    this.words.set(id, slot * 8);
    this.words.set(hash, slot * 8 + 4);
    if (this.marks[slot] === 0) this.size++;
    this.marks[slot] = 1;
  }

  /** Compares a row of the other side and marks it as seen. */
  compare(id: Int32Array, hash: Int32Array): 'equal' | 'different' | 'absent' {
    const slot = this.slotOf(id);
    if (this.marks[slot] === 0) return 'absent';
    this.marks[slot] = 2;
    const at = slot * 8 + 4;
    for (let i = 0; i < 4; i++) if (this.words[at + i] !== hash[i]) return 'different';
    return 'equal';
  }

  /** Ids that the other side did not have; the array holds only during the call. */
  forEachUnseen(visit: (id: Int32Array) => void): void {
    for (let slot = 0; slot <= this.mask; slot++) {
      if (this.marks[slot] === 1) visit(this.words.subarray(slot * 8, slot * 8 + 4));
    }
  }

  /** Slot of an id, or the empty one where it belongs. */
  private slotOf(id: Int32Array): number {
    const { words, marks, mask } = this;
    let slot = id[1]! & mask;
    while (marks[slot] !== 0) {
      const at = slot * 8;
      if (
        words[at] === id[0] &&
        words[at + 1] === id[1] &&
        words[at + 2] === id[2] &&
        words[at + 3] === id[3]
      )
        break;
      slot = (slot + 1) & mask;
    }
    return slot;
  }
}
