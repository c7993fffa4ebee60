/**
 * Events of one migration, kept for those who come back. Ids only grow, also from one process to the next: the first one is
 * made from the time. Kept are the newest; who missed more than that, or comes from a process whose ids are not known here,
 * begins anew. A reader has only a place in it: ten thousand events cost a slow reader nothing, and nobody waits for one.
 */
import type { Clock } from '../../engine/core/clock.ts';
import type { LiveEvent } from '../shapes/events.ts';
import { messageOf } from './message-of.ts';

export type NewLiveEvent = LiveEvent extends infer Event
  ? Event extends LiveEvent
    ? Omit<Event, 'id' | 'at'>
    : never
  : never;

export interface Told {
  readonly id: number;
  /** As every reader gets it: written once, however many read. */
  readonly message: Uint8Array;
}

export interface Feed {
  publish(event: NewLiveEvent): void;
  /** Id of the newest event, or of what came before the first. */
  newest(): number;
  /** The one after this id; undefined: there is none yet. `missed`: it is not kept any more, or was never ours. */
  after(id: number): Told | undefined | 'missed';
  /** Resolves at the next event. */
  next(): Promise<void>;
}

const MOST = 2000;
/** So many ids fit into a millisecond. */
const PER_MILLISECOND = 1000;

export function createFeed(clock: Pick<Clock, 'now'>, most = MOST): Feed {
  const start = clock.now().getTime() * PER_MILLISECOND;
  const kept: Told[] = [];
  let last = start;
  let wake = Promise.withResolvers<void>();
  return {
    publish(event) {
      last += 1;
      const told = { ...event, id: last, at: clock.now().toISOString() } as LiveEvent;
      kept.push({ id: last, message: messageOf(told) });
      if (kept.length > most) kept.shift();
      wake.resolve();
      wake = Promise.withResolvers<void>();
    },
    newest: () => last,
    after(id) {
      if (id === last) return undefined;
      const place = id - (last - kept.length);
      return kept[place] ?? 'missed';
    },
    next: () => wake.promise,
  };
}
