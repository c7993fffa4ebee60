/** Faults that wait for their moments; each is given out once. */
import type { Clock } from '../../../core/clock.ts';
import type { ByteRange } from './copy-watch.ts';
import type { Direction, Moment, NetworkFault, Reach } from './faults.ts';
import { createWaiting, type Waiting } from './moments.ts';

export interface Schedule {
  add(fault: NetworkFault, moment: Moment, reach: Reach): void;
  /** Those whose moment is in this chunk, behind which of its bytes, in ascending order. */
  reachedIn(
    chunk: Buffer,
    direction: Direction,
    copy: readonly ByteRange[],
  ): { readonly at: number; readonly entry: Waiting }[];
  /** Those that strike the connection that is being opened. */
  reachedByConnection(): Waiting[];
  /** Forgets all that wait. */
  clear(): void;
}

/** `strike`: of what waited for the clock. */
export function createSchedule(clock: Clock, strike: (fault: NetworkFault) => void): Schedule {
  const waiting = new Set<Waiting>();
  let timers = new AbortController();
  return {
    add(fault, moment, reach) {
      const entry = createWaiting(fault, moment, reach);
      if (entry !== null) waiting.add(entry);
      else if ('milliseconds' in moment)
        void clock.sleep(moment.milliseconds, timers.signal).then(
          () => strike(fault),
          () => {},
        );
    },
    reachedIn(chunk, direction, copy) {
      const due = [...waiting].flatMap((entry) => {
        const at = entry.reachedIn(chunk, direction, copy);
        return at === null ? [] : [{ at, entry }];
      });
      for (const { entry } of due) waiting.delete(entry);
      return due.sort((a, b) => a.at - b.at);
    },
    reachedByConnection() {
      const due = [...waiting].filter((entry) => entry.reachedByConnection());
      for (const entry of due) waiting.delete(entry);
      return due;
    },
    clear() {
      waiting.clear();
      timers.abort();
      timers = new AbortController();
    },
  };
}
