/**
 * One look for everybody who asks within a moment: fifty viewers who ask at once cost as much as one. Whoever knows that
 * something has changed says so, and the next one who asks gets a look that began after that.
 */
import type { Clock } from '../../engine/core/clock.ts';

export interface SharedLook<Key> {
  /** The same key always stands for the same kind of look. */
  of<Seen>(key: Key, look: () => Promise<Seen>): Promise<Seen>;
  forget(): void;
}

/** A look is good for so many milliseconds. */
const GOOD_FOR = 800;
/** Kept at once; what is old goes first. */
const MOST = 50;

/** A look that failed is shared by those who wait for it already, and by nobody after them. */
export function createSharedLook<Key>(clock: Pick<Clock, 'monotonic'>): SharedLook<Key> {
  const recent = new Map<Key, { readonly at: number; readonly seen: Promise<unknown> }>();

  function makeRoom(): void {
    const [oldest] = recent.keys();
    if (recent.size > MOST && oldest !== undefined) recent.delete(oldest);
  }

  return {
    of<Seen>(key: Key, look: () => Promise<Seen>): Promise<Seen> {
      const last = recent.get(key);
      if (last !== undefined && clock.monotonic() - last.at < GOOD_FOR) return last.seen as Promise<Seen>;
      const seen = look();
      const mine = { at: clock.monotonic(), seen };
      recent.delete(key);
      recent.set(key, mine);
      makeRoom();
      seen.catch(() => {
        if (recent.get(key) === mine) recent.delete(key);
      });
      return seen;
    },
    forget: () => recent.clear(),
  };
}
