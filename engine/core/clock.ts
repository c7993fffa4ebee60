/** Time, handed down so that tests own it. */
import { setTimeout as wait } from 'node:timers/promises';

export interface Clock {
  now(): Date;
  /** Milliseconds since an arbitrary moment; never goes back. For durations. */
  monotonic(): number;
  /** Rejects with an AbortError when the signal fires. */
  sleep(milliseconds: number, signal?: AbortSignal): Promise<void>;
}

/** `ahead`: by how many milliseconds the clock on the wall differs from the machine's; only tests turn it. */
export function createClock(ahead: () => number = () => 0): Clock {
  return {
    now: () => new Date(Date.now() + ahead()),
    monotonic: () => performance.now(),
    sleep: async (milliseconds, signal) => {
      await wait(milliseconds, undefined, signal ? { signal } : {});
    },
  };
}
