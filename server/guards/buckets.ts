/**
 * How often somebody may do something: a bucket each that holds `burst` and fills again by `perSecond`. A full bucket is
 * as good as none and is forgotten, so that callers without end do not become memory without end.
 */
import type { Clock } from '../../engine/core/clock.ts';

export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

export interface Buckets {
  /** Seconds to wait; 0: taken. */
  take(whose: string): number;
  /** Seconds to wait; 0: there is something left. Takes nothing. */
  look(whose: string): number;
}

const mostKept = 10_000;

export function createBuckets({ burst, perSecond }: Rate, clock: Pick<Clock, 'monotonic'>): Buckets {
  const buckets = new Map<string, { left: number; at: number }>();

  function now(whose: string): { left: number; at: number } {
    const at = clock.monotonic();
    const known = buckets.get(whose);
    if (known === undefined) return { left: burst, at };
    return { left: Math.min(burst, known.left + ((at - known.at) / 1000) * perSecond), at };
  }
  /** First those that have filled again, then the oldest. */
  function forget(): void {
    for (const whose of buckets.keys()) if (now(whose).left >= burst) buckets.delete(whose);
    for (const whose of buckets.keys()) if (buckets.size >= mostKept) buckets.delete(whose);
  }
  const wait = ({ left }: { readonly left: number }) => (left >= 1 ? 0 : Math.ceil((1 - left) / perSecond));

  return {
    look: (whose) => wait(now(whose)),
    take(whose) {
      const bucket = now(whose);
      const seconds = wait(bucket);
      if (buckets.size >= mostKept && !buckets.has(whose)) forget();
      buckets.set(whose, seconds > 0 ? bucket : { ...bucket, left: bucket.left - 1 });
      return seconds;
    },
  };
}
