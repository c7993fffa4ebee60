/**
 * One answer under way. It belongs to nobody's request: it goes on to its end when every browser is closed, so that a tool is
 * never cut off in the middle of what it does. Whoever comes while it lasts sees it from its beginning. Its chunks are kept
 * once; a reader has only a place in them, so that a slow one costs nothing.
 */
import type { ChatChunk } from './answer-chunks.ts';

export interface Turn {
  /** Never rejects. */
  readonly ended: Promise<void>;
  follow(): ReadableStream<ChatChunk>;
  /** Asks the guide to stop. What a tool has begun, it ends. */
  stop(): void;
}

export function beginTurn(answer: (signal: AbortSignal) => AsyncIterable<ChatChunk>): Turn {
  const stopping = new AbortController();
  const kept: ChatChunk[] = [];
  let isOver = false;
  let wake = Promise.withResolvers<void>();

  function tell(): void {
    wake.resolve();
    wake = Promise.withResolvers<void>();
  }

  async function run(): Promise<void> {
    try {
      for await (const chunk of answer(stopping.signal)) {
        kept.push(chunk);
        tell();
      }
    } catch {
      kept.push({ type: 'error', errorText: 'The answer broke off.' });
    } finally {
      isOver = true;
      tell();
    }
  }

  return {
    ended: run(),
    stop: () => stopping.abort(),
    follow() {
      let next = 0;
      return new ReadableStream<ChatChunk>({
        async pull(controller) {
          while (next === kept.length && !isOver) await wake.promise;
          const chunk = kept[next];
          if (chunk === undefined) return controller.close();
          next += 1;
          controller.enqueue(chunk);
        },
      });
    },
  };
}
