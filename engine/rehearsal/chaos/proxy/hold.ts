/** What holds the bytes of a link back for a time: a stall, or a trickle. */
import type { Clock } from '../../../core/clock.ts';

export interface Hold {
  stall(milliseconds: number): void;
  slow(bytesPerSecond: number, milliseconds: number): void;
  /** Until nothing stalls the link. */
  released(): Promise<void>;
  /** How many of these bytes may go out next. In a trickle that is a tenth of a second's share, after that tenth. */
  share(bytes: number): Promise<number>;
  /** Ends what holds now and wakes who waits. */
  free(): void;
}

const TENTH_OF_A_SECOND = 100;

export function createHold(clock: Clock): Hold {
  let held = new AbortController();
  let stalledUntil = 0;
  let trickle: { readonly bytesPerSecond: number; readonly until: number } | null = null;

  const wait = (milliseconds: number) => clock.sleep(milliseconds, held.signal).catch(() => {});

  return {
    stall(milliseconds) {
      stalledUntil = clock.monotonic() + milliseconds;
    },
    slow(bytesPerSecond, milliseconds) {
      trickle = { bytesPerSecond, until: clock.monotonic() + milliseconds };
    },
    async released() {
      for (;;) {
        const left = stalledUntil - clock.monotonic();
        if (left <= 0) return;
        await wait(left);
      }
    },
    async share(bytes) {
      if (trickle === null || trickle.until <= clock.monotonic()) return bytes;
      const share = Math.max(1, Math.floor(trickle.bytesPerSecond / 10));
      await wait(TENTH_OF_A_SECOND);
      return share;
    },
    free() {
      stalledUntil = 0;
      trickle = null;
      held.abort();
      held = new AbortController();
    },
  };
}
