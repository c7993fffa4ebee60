/** Waits in the stream of bytes for the moment of a scheduled fault. */
import type { ByteRange } from './copy-watch.ts';
import type { Direction, Moment, NetworkFault, Reach } from './faults.ts';

export interface Waiting {
  readonly fault: NetworkFault;
  readonly reach: Reach;
  /** How many bytes of this chunk may still pass before it strikes; null while the moment is not in it. */
  reachedIn(chunk: Buffer, direction: Direction, copy: readonly ByteRange[]): number | null;
  /** True for the connection it strikes. */
  reachedByConnection(): boolean;
}

/** Null for moments of the clock, which do not wait in the stream. */
export function createWaiting(fault: NetworkFault, moment: Moment, reach: Reach): Waiting | null {
  if ('milliseconds' in moment) return null;
  const never = { fault, reach, reachedIn: () => null, reachedByConnection: () => false };
  if ('connections' in moment) {
    let left = moment.connections;
    return { ...never, reachedByConnection: () => --left === 0 };
  }
  let left = 'bytes' in moment ? moment.bytes : moment.copyBytes;
  return {
    ...never,
    reachedIn(chunk, direction, copy) {
      if (direction !== moment.direction) return null;
      const ranges = 'bytes' in moment ? [{ start: 0, end: chunk.length }] : copy;
      for (const { start, end } of ranges) {
        if (left < end - start) return start + left;
        left -= end - start;
      }
      return null;
    },
  };
}
