/** A set of ids as one count and four sums: two sets are equal where these are, but for a chance of 2^-128. */
export interface IdSums {
  rows: number;
  readonly words: Int32Array;
}

export function createIdSums(): IdSums {
  return { rows: 0, words: new Int32Array(4) };
}

export function addId(sums: IdSums, id: Int32Array): void {
  const { words } = sums;
  sums.rows++;
  words[0]! += id[0]!;
  words[1]! += id[1]!;
  words[2]! += id[2]!;
  words[3]! += id[3]!;
}

export function sameIds(a: IdSums, b: IdSums): boolean {
  return a.rows === b.rows && a.words.every((word, i) => word === b.words[i]);
}
