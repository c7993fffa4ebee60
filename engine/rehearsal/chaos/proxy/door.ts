/** The listening port, which can be shut for a time: connections are then refused by the operating system itself. */
import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import type { Clock } from '../../../core/clock.ts';

export interface Door {
  /** Listens on a free port of 127.0.0.1 and says which. */
  open(): Promise<number>;
  /** Connections that are open live on. */
  shut(milliseconds: number): void;
  /** Before its time. */
  reopen(): void;
  close(): Promise<void>;
}

export function createDoor(clock: Clock, accept: (client: Socket) => void): Door {
  const listener = createServer({ allowHalfOpen: true, noDelay: true }, accept);
  let port = 0;
  let shut: AbortController | null = null;
  let closed = false;
  /** One change after the other, so that a door is never opened twice. */
  let last: Promise<void> = Promise.resolve();

  async function listen(): Promise<void> {
    for (;;) {
      if (closed || listener.listening) return;
      listener.listen(port, '127.0.0.1');
      const failed = await once(listener, 'listening').then(
        () => null,
        (error: NodeJS.ErrnoException) => error,
      );
      if (failed === null) port = (listener.address() as AddressInfo).port;
      else if (failed.code !== 'EADDRINUSE') throw failed;
      else await clock.sleep(50);
    }
  }

  return {
    async open(): Promise<number> {
      await listen();
      return port;
    },
    shut(milliseconds: number): void {
      shut?.abort();
      const mine = new AbortController();
      shut = mine;
      listener.close();
      last = last.then(() => clock.sleep(milliseconds, mine.signal).catch(() => {})).then(listen);
    },
    reopen(): void {
      shut?.abort();
    },
    async close(): Promise<void> {
      closed = true;
      shut?.abort();
      await last;
      listener.close();
    },
  };
}
