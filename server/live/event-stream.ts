/**
 * Events as server-sent events for one reader. Who comes back with the id of the last event gets what was missed, or `reset`
 * where that is not kept. Events are handed over when the connection takes them; a reader that takes none for a while is
 * dropped and comes back by itself. A heartbeat tells both sides that the other is there.
 */
import type { Clock } from '../../engine/core/clock.ts';
import type { Feed } from './feed.ts';
import { messageOf } from './message-of.ts';

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
/** Events that are handed over in one piece. */
const mostAtOnce = 100;

export function openEventStream(
  feed: Feed,
  clock: Pick<Clock, 'now' | 'monotonic'>,
  { lastId, onEnd }: EventReader,
  { beatMilliseconds, patienceMilliseconds }: EventStreamSettings = usualEventStream,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  const ofStream = (type: 'hello' | 'reset', id: number) =>
    messageOf({ type, id, at: clock.now().toISOString() });
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
  function following(): Uint8Array | null {
    if (greeting) {
      greeting = false;
      return ofStream('hello', place);
    }
    const told = feed.after(place);
    if (told === undefined) return null;
    if (told !== 'missed') {
      place = told.id;
      return told.message;
    }
    place = feed.newest();
    return ofStream('reset', place);
  }

  function allThatFollows(): Uint8Array | null {
    const messages: Uint8Array[] = [];
    for (let next = following(); next !== null; next = following()) {
      messages.push(next);
      if (messages.length === mostAtOnce) break;
    }
    return messages.length === 0 ? null : Buffer.concat(messages);
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
        const told = allThatFollows();
        if (told !== null) {
          controller.enqueue(told);
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
