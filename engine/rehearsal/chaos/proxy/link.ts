/**
 * One connection through the proxy: two sockets, and in each direction a loop that takes what came, waits while the link is
 * stalled or slow, and writes it on or lets it vanish. A loop reads the next chunk only when the last one has been taken, so
 * the pressure of a slow reader reaches the writer as it would without the proxy.
 *
 * What one end does the other is told: an end with an end, a reset with a reset. A link is over when both sockets are closed.
 */
import type { Socket } from 'node:net';
import type { Clock } from '../../../core/clock.ts';
import { type ByteRange, createCopyWatch } from './copy-watch.ts';
import type { Direction, NetworkFault } from './faults.ts';
import { createHold, type Hold } from './hold.ts';

export interface Link {
  /** Returns false where the fault does not concern open connections. */
  strike(fault: NetworkFault): boolean;
  /** Ends a stall and slowness; what vanished stays lost, so a half-open link is reset. */
  heal(): void;
  /** Both sockets are closed when this settles. */
  close(): Promise<void>;
  readonly closed: Promise<void>;
}

export interface Strike {
  readonly at: number;
  readonly strike: () => void;
}

export interface LinkDependencies {
  readonly clock: Clock;
  /** Told of each chunk before it moves on; answers behind which of its bytes to strike, in ascending order. */
  readonly passing: (link: Link, chunk: Buffer, direction: Direction, copy: readonly ByteRange[]) => Strike[];
  readonly carried: (bytes: number, direction: Direction) => void;
}

export function createLink(client: Socket, server: Socket, deps: LinkDependencies): Link {
  const watch = createCopyWatch();
  const dead = new Set<Direction>();
  const hold = createHold(deps.clock);
  const both = (work: (socket: Socket) => void) => [client, server].forEach(work);
  const closed = Promise.all([client, server].map(whenClosed)).then(() => hold.free());

  const link: Link = {
    strike(fault) {
      if (fault.kind === 'cut') both((socket) => socket.destroy());
      else if (fault.kind === 'reset') both(resetSocket);
      else if (fault.kind === 'stall') hold.stall(fault.milliseconds);
      else if (fault.kind === 'slow') hold.slow(fault.bytesPerSecond, fault.milliseconds);
      else if (fault.kind === 'half-open') {
        if (fault.dead !== 'to-client') dead.add('to-server');
        if (fault.dead !== 'to-server') dead.add('to-client');
      } else return false;
      return true;
    },
    heal() {
      if (dead.size > 0) both(resetSocket);
      hold.free();
    },
    async close() {
      both((socket) => socket.destroy());
      link.heal();
      await closed;
    },
    closed,
  };
  const pipe = (from: Socket, to: Socket, direction: Direction) =>
    carry({
      ...{ from, to, hold },
      isDead: () => dead.has(direction),
      strikes: (chunk) => deps.passing(link, chunk, direction, watch.see(chunk, direction)),
      carried: (bytes) => deps.carried(bytes, direction),
    });
  both((socket) => socket.on('error', () => {}).setNoDelay(true));
  void pipe(client, server, 'to-server');
  void pipe(server, client, 'to-client');
  return link;
}

/** One direction of a link. */
interface Pipe {
  readonly from: Socket;
  readonly to: Socket;
  readonly hold: Hold;
  readonly isDead: () => boolean;
  readonly strikes: (chunk: Buffer) => readonly Strike[];
  readonly carried: (bytes: number) => void;
}

async function carry(pipe: Pipe): Promise<void> {
  const { from, to, hold, isDead } = pipe;
  try {
    for await (const chunk of from.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      let done = 0;
      for (const { at, strike } of pipe.strikes(chunk)) {
        await write(pipe, chunk.subarray(done, at));
        await flushed(to);
        done = at;
        strike();
      }
      await write(pipe, chunk.subarray(done));
    }
    await hold.released();
    if (!isDead()) to.end();
  } catch {
    await hold.released();
    if (!isDead()) resetSocket(to);
  }
}

async function write({ to, hold, isDead, carried }: Pipe, part: Buffer): Promise<void> {
  for (let done = 0; done < part.length; ) {
    await hold.released();
    const share = await hold.share(part.length);
    if (isDead() || to.destroyed) return;
    const piece = part.subarray(done, done + share);
    done += piece.length;
    carried(piece.length);
    if (!to.write(piece)) await roomIn(to);
  }
}

/** A Unix socket knows no reset: there the end comes as a close. */
function resetSocket(socket: Socket): void {
  if (socket.destroyed) return;
  try {
    socket.resetAndDestroy();
  } catch {
    socket.destroy();
  }
}

function whenClosed(socket: Socket): Promise<void> {
  return new Promise((resolve) => (socket.closed ? resolve() : socket.once('close', () => resolve())));
}

/** Settles too when the socket is closed, which ends what is still to be written. */
function roomIn(socket: Socket): Promise<void> {
  if (socket.destroyed || !socket.writableNeedDrain) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      socket.off('drain', done).off('close', done);
      resolve();
    };
    socket.on('drain', done).on('close', done);
  });
}

/** What was written has been handed to the operating system: a reset behind it must not swallow it. */
async function flushed(socket: Socket): Promise<void> {
  if (socket.destroyed || socket.writableLength === 0) return;
  await new Promise<void>((resolve) => socket.write(Buffer.alloc(0), () => resolve()));
}
