/**
 * What is kept of each side of a comparison: per bucket a count and four sums of row hashes, 80 KiB whatever the table.
 *
 * A row's bucket is the first 12 bits of its id. Ids are spread evenly (version 5), and a bucket is one range of the
 * primary key, so a differing one is read again through the index. Sums do not depend on the order of rows.
 */
export const BUCKET_BITS = 12;
export const BUCKETS: number = 1 << BUCKET_BITS;
const SHIFT = 32 - BUCKET_BITS;

export interface BucketSums {
  readonly counts: Int32Array;
  /** Four sums a bucket, modulo 2^32. */
  readonly sums: Int32Array;
}

export function createBucketSums(): BucketSums {
  return { counts: new Int32Array(BUCKETS), sums: new Int32Array(BUCKETS * 4) };
}

/** Bucket of an id, by its first word. */
export function bucketOf(word: number): number {
  return word >>> SHIFT;
}

export function addRow({ counts, sums }: BucketSums, bucket: number, hash: Int32Array): void {
  counts[bucket]!++;
  const at = bucket << 2;
  sums[at]! += hash[0]!;
  sums[at + 1]! += hash[1]!;
  sums[at + 2]! += hash[2]!;
  sums[at + 3]! += hash[3]!;
}

/** Buckets in which the sides differ, ascending. */
export function differingBuckets(a: BucketSums, b: BucketSums): number[] {
  const differing: number[] = [];
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    let equal = a.counts[bucket] === b.counts[bucket];
    for (let i = bucket << 2; i < (bucket << 2) + 4; i++) equal &&= a.sums[i] === b.sums[i];
    if (!equal) differing.push(bucket);
  }
  return differing;
}

/** Smallest and largest id of a bucket, as uuid text. */
export function bucketRange(bucket: number): { readonly low: string; readonly high: string } {
  const prefix = bucket.toString(16).padStart(BUCKET_BITS / 4, '0');
  const id = (digit: string) =>
    prefix.padEnd(32, digit).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { low: id('0'), high: id('f') };
}
