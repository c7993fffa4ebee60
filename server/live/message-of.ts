/** An event as server-sent events write it. */
import type { LiveEvent } from '../shapes/events.ts';

const encoder = new TextEncoder();

/** JSON holds no line break, so that nothing in it can end the message. */
export function messageOf(event: LiveEvent): Uint8Array {
  return encoder.encode(`id: ${event.id}\ndata: ${JSON.stringify(event)}\n\n`);
}
