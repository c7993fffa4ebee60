/**
 * The conversation as the server keeps it, joined with what this page has streamed. A message that the page has already
 * shown stays the same object under the same id, so that nothing jumps and nothing is read out twice.
 */
import type { ChatMessage } from '../../../server/shapes/chat.ts';

/** `kept` is the whole conversation; where the two part, it is right. */
export function mergeHistory(shown: readonly ChatMessage[], kept: readonly ChatMessage[]): ChatMessage[] {
  const byId = new Map(shown.map((message) => [message.id, message]));
  const start = overlap(shown, kept);
  return kept.map((message, index) => {
    const same = byId.get(message.id) ?? shown[start + index];
    return same !== undefined && sameWords(same, message) ? withMetadata(same, message) : message;
  });
}

/** Where in `shown` the kept ones begin: the oldest of them may no longer be sent. */
function overlap(shown: readonly ChatMessage[], kept: readonly ChatMessage[]): number {
  const [first] = kept;
  const at = first === undefined ? -1 : shown.findIndex((message) => sameWords(message, first));
  return Math.max(0, at);
}

function sameWords(a: ChatMessage, b: ChatMessage): boolean {
  return a.role === b.role && wordsOf(a) === wordsOf(b) && cardsOf(a) === cardsOf(b);
}

export function wordsOf({ parts }: ChatMessage): string {
  return parts
    .flatMap((part) => (part.type === 'text' ? [part.text] : []))
    .join('\n')
    .trim();
}

function cardsOf({ parts }: ChatMessage): string {
  return JSON.stringify(
    // what the guide was busy with while it answered is not kept
    parts.flatMap((part) =>
      part.type.startsWith('data-') && part.type !== 'data-busy' && 'data' in part ? [part.data] : [],
    ),
  );
}

/** What was typed here has no name and time until the server has said them. */
function withMetadata(shown: ChatMessage, kept: ChatMessage): ChatMessage {
  return shown.metadata?.at === undefined && kept.metadata !== undefined
    ? { ...shown, metadata: kept.metadata }
    : shown;
}
