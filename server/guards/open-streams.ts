/**
 * Answers that go on for hours: events and the chat. A person has a number of them, all together have another. They end
 * when the session does, and with the server; whoever listened connects again and is told what was missed.
 */
import type { MiddlewareHandler } from 'hono';
import { MigrationError } from '../../engine/core/errors.ts';
import type { ServerEnv } from '../server-env.ts';

export interface StreamLimits {
  readonly perPerson: number;
  readonly inAll: number;
  /** How often is asked whether the person is still known. */
  readonly lookMilliseconds: number;
}

export const usualStreams: StreamLimits = { perPerson: 60, inAll: 300, lookMilliseconds: 15_000 };

export interface OpenStreams {
  readonly guard: MiddlewareHandler<ServerEnv>;
  count(): number;
  endAll(): void;
}

interface Stream {
  readonly who: string;
  end(): void;
}

const goesOn = /\/(events|chat)$/;

export function createOpenStreams({ perPerson, inAll, lookMilliseconds }: StreamLimits): OpenStreams {
  const open = new Set<Stream>();
  const guard: MiddlewareHandler<ServerEnv> = async (c, next) => {
    if (!goesOn.test(c.req.path)) return next();
    const who = c.get('visitor').name;
    const own = [...open].filter((stream) => stream.who === who).length;
    if (own >= perPerson || open.size >= inAll) throw tooMany();
    const held: Stream = { who, end() {} };
    open.add(held); // before it opens: of many at once, none slips by
    try {
      await next();
    } finally {
      open.delete(held);
    }
    const { body } = c.res;
    if (body === null || !/^text\/event-stream/.test(c.res.headers.get('content-type') ?? '')) return;
    if (c.req.method === 'HEAD') {
      // nobody reads what it would send, so nobody would see it end either
      await body.cancel();
      c.res = new Response(null, c.res);
      return;
    }
    const stillIn = c.get('stillIn');
    const looking = setInterval(async () => {
      if (!(await stillIn().catch(() => false))) stream.end();
    }, lookMilliseconds).unref();
    const { readable, end } = endable(body, () => {
      clearInterval(looking);
      open.delete(stream);
    });
    const stream: Stream = { who, end };
    open.add(stream);
    c.res = new Response(readable, c.res);
  };
  return {
    guard,
    count: () => open.size,
    endAll: () => [...open].forEach(({ end }) => void end()),
  };
}

/** The same stream, which can be ended from here as if its source had. */
function endable(
  body: ReadableStream<Uint8Array>,
  onEnd: () => void,
): { readonly readable: ReadableStream<Uint8Array>; end(): void } {
  const reader = body.getReader();
  let controller: ReadableStreamDefaultController<Uint8Array>;
  let ended = false;
  const finish = (): boolean => {
    if (ended) return false;
    ended = true;
    onEnd();
    return true;
  };
  // an error of the source would be written into the answer, words and all
  const close = () => {
    if (finish()) controller.close();
  };
  let asking = false;
  let broken = false;
  const readable = new ReadableStream<Uint8Array>({
    start(given) {
      controller = given;
      // the source may give up a reader that takes nothing, and so asks for nothing
      reader.closed.catch(() => {
        broken = true;
        if (!asking) close();
      });
    },
    async pull() {
      asking = true;
      try {
        const { done, value } = await reader.read();
        if (ended) return;
        if (!done) controller.enqueue(value);
        if (done || broken) close();
      } catch {
        close();
      } finally {
        asking = false;
      }
    },
    async cancel(reason) {
      finish();
      await reader.cancel(reason);
    },
  });
  return {
    readable,
    end() {
      if (!finish()) return;
      controller.close();
      void reader.cancel().catch(() => {});
    },
  };
}

function tooMany(): MigrationError {
  return new MigrationError({
    code: 'TOO_MANY_STREAMS',
    message: 'Too many pages of this person, or of all people, follow along already.',
    hint: 'Close some of them. What they show goes on by itself.',
  });
}
