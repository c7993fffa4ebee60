/** Reads a stream of events as a browser does. */
import { type LiveEvent, liveEvent } from '../../../server/shapes/events.ts';
import { settled } from './fake-desk.ts';

export interface EventReader {
  /** All so far; each has the promised shape, and its id stands in the stream, too. */
  seen(): Promise<LiveEvent[]>;
  /** Lines that are no events, such as heartbeats. */
  comments(): string[];
  leave(): Promise<void>;
  readonly ended: Promise<'closed' | 'broken'>;
}

export function readEvents(stream: ReadableStream<Uint8Array>): EventReader {
  const reader = stream.getReader();
  const decoder = new TextDecoder();
  let text = '';
  const read = async () => {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return 'closed' as const;
      text += decoder.decode(value, { stream: true });
    }
  };
  return {
    async seen() {
      await settled();
      return eventsIn(text);
    },
    comments: () => text.split('\n').filter((line) => line.startsWith(':')),
    leave: () => reader.cancel(),
    ended: read().catch(() => 'broken' as const),
  };
}

export function eventsIn(text: string): LiveEvent[] {
  const messages = text.split('\n\n').filter((message) => message.includes('data: '));
  return messages.map((message) => {
    const id = /^id: (\d+)$/m.exec(message)?.[1];
    const event = liveEvent.parse(JSON.parse(/^data: (.*)$/m.exec(message)![1]!));
    if (String(event.id) !== id) throw new Error(`The id ${id} of the stream is not ${event.id}.`);
    return event;
  });
}
