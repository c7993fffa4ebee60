/**
 * One look for everybody who asks within a moment: fifty viewers who ask at once cost as much as one. Whoever knows that
 * something has changed says so, and the next one who asks gets a look that began after that.
 */
import type { Clock } from '../../engine/core/clock.ts';

export interface SharedLook<Key, Seen> {
  of(key: Key): Promise<Seen>;
  forget(): void;
}

/** A look is good for so many milliseconds. */
const GOOD_FOR = 800;

/** A look that failed is shared by those who wait for it already, and by nobody after them. */
export function createSharedLook<Key, Seen>(
  look: (key: Key) => Promise<Seen>,
  clock: Pick<Clock, 'monotonic'>,
): SharedLook<Key, Seen> {
  const recent = new Map<Key, { readonly at: number; readonly seen: Promise<Seen> }>();
  return {
    of(key) {
      const last = recent.get(key);
      if (last !== undefined && clock.monotonic() - last.at < GOOD_FOR) return last.seen;
      const mine = { at: clock.monotonic(), seen: look(key) };
      recent.set(key, mine);
      mine.seen.catch(() => {
        if (recent.get(key) === mine) recent.delete(key);
      });
      return mine.seen;
    },
    forget: () => recent.clear(),
  };
}
