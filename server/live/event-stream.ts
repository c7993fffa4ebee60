/**
 * Events as server-sent events for one reader. Who comes back with the id of the last event gets what was missed, or `reset`
 * where that is not kept. Events are handed over when the connection takes them; a reader that takes none for a while is
 * dropped and comes back by itself. A heartbeat tells both sides that the other is there.
 */
import type { Clock } from '../../engine/core/clock.ts';
import type { LiveEvent } from '../shapes/events.ts';
import type { Feed } from './feed.ts';

export interface EventReader {
  /** Of the last event that the reader has seen; null: it begins. */
  readonly lastId: number | null;
  readonly onEnd: () => void;
}

export interface EventStreamSettings {
  readonly beatMilliseconds: number;
  /** A reader that takes nothing for so long is dropped. */
  readonly patienceMilliseconds: number;
}

export const usualEventStream: EventStreamSettings = {
  beatMilliseconds: 15_000,
  patienceMilliseconds: 45_000,
};

const comesBackAfter = 2000;

export function openEventStream(
  feed: Feed,
  clock: Pick<Clock, 'now' | 'monotonic'>,
  { lastId, onEnd }: EventReader,
  { beatMilliseconds, patienceMilliseconds }: EventStreamSettings = usualEventStream,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const ofStream = (type: 'hello' | 'reset', id: number): LiveEvent => ({
    type,
    id,
    at: clock.now().toISOString(),
  });
  let place = lastId ?? feed.newest();
  let greeting = lastId === null;
  let taken = clock.monotonic();
  let beats = 0;
  let isOver = false;
  let stop = Promise.withResolvers<void>();

  function end(): void {
    if (isOver) return;
    isOver = true;
    clearInterval(beating);
    stop.resolve();
    onEnd();
  }

  const beating = setInterval(() => {
    beats += 1;
    stop.resolve();
    stop = Promise.withResolvers<void>();
    if (clock.monotonic() - taken < patienceMilliseconds) return;
    end();
    source?.error(new Error('The reader does not read.'));
  }, beatMilliseconds).unref();

  /** Null: nothing to say but that we are here. */
  function following(): LiveEvent | null {
    if (greeting) {
      greeting = false;
      return ofStream('hello', place);
    }
    const event = feed.after(place);
    if (event === undefined) return null;
    if (event !== 'missed') {
      place = event.id;
      return event;
    }
    place = feed.newest();
    return ofStream('reset', place);
  }

  let source: ReadableStreamDefaultController<Uint8Array> | null = null;
  return new ReadableStream<Uint8Array>({
    start(controller) {
      source = controller;
      controller.enqueue(encoder.encode(`retry: ${comesBackAfter}\n\n`));
    },
    async pull(controller) {
      taken = clock.monotonic();
      const beat = beats;
      for (;;) {
        const event = following();
        if (event !== null) {
          controller.enqueue(encoder.encode(`id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`));
          return;
        }
        if (beat !== beats) {
          controller.enqueue(encoder.encode(': still here\n\n'));
          return;
        }
        await Promise.race([feed.next(), stop.promise]);
        if (isOver) return;
        taken = clock.monotonic();
      }
    },
    cancel: end,
  });
}
