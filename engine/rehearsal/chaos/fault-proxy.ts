/**
 * A TCP proxy before one PostgreSQL server that does what networks do: cut, reset, stall, lose one direction, slow down, refuse,
 * accept and never answer; on command or at a moment counted in bytes, bytes of COPY, connections or time.
 *
 * Promises: without a fault every byte arrives, in order, with the pressure of a slow reader; a fault of the moment “after n bytes”
 * strikes between byte n and the next, with the first n handed on (a reset may still swallow the last of them, as real ones do);
 * `counts()` says what was done; after `close()` nothing is open.
 * A server that is down shows as a connection that is reset, since the proxy itself had accepted it.
 */
import { connect as openSocket, type Socket } from 'node:net';
import type { Clock } from '../../core/clock.ts';
import { createDoor } from './proxy/door.ts';
import type { Direction, Moment, NetworkFault, NetworkFaultKind, Reach, Struck } from './proxy/faults.ts';
import { createLink, type Link } from './proxy/link.ts';
import { createWaiting, type Waiting } from './proxy/moments.ts';

export type { Direction, Moment, NetworkFault, NetworkFaultKind } from './proxy/faults.ts';

/** The server: its address, or the path of its Unix socket. */
export type ProxiedServer = { readonly host: string; readonly port: number } | { readonly socket: string };

export interface ProxyCounts {
  readonly connections: number;
  readonly bytes: Readonly<Record<Direction, number>>;
  /** Faults that struck, in their order. */
  readonly struck: readonly Struck[];
  readonly byKind: Readonly<Partial<Record<NetworkFaultKind, number>>>;
}

export interface FaultProxy {
  readonly host: '127.0.0.1';
  readonly port: number;
  /** Strikes all open connections now. */
  inject(fault: NetworkFault): void;
  /** Strikes when the moment comes: the connection that reached it, or all. A moment of time always strikes all. */
  schedule(fault: NetworkFault, moment: Moment, reach?: Reach): void;
  /** Ends what lasts and forgets what is scheduled: stalls and slowness end, lost and unanswered connections are reset. */
  heal(): void;
  counts(): ProxyCounts;
  close(): Promise<void>;
}

/** Listens on a free port of 127.0.0.1. */
export async function createFaultProxy(
  server: ProxiedServer,
  { clock }: { readonly clock: Clock },
): Promise<FaultProxy> {
  const links = new Set<Link>();
  const unanswered = new Set<Socket>();
  const waiting = new Set<Waiting>();
  const struck: Struck[] = [];
  const bytes = { 'to-server': 0, 'to-client': 0 };
  let connections = 0;
  let unansweredUntil = 0;
  let timers = new AbortController();
  const door = createDoor(clock, accept);
  const port = await door.open();

  function accept(client: Socket): void {
    connections++;
    const due = [...waiting].filter((entry) => entry.reachedByConnection());
    for (const entry of due) if (isOfTheDoor(entry.fault)) fire(entry, null);
    if (clock.monotonic() < unansweredUntil) {
      keepUnanswered(client);
      return;
    }
    const upstream = 'socket' in server ? { path: server.socket } : { host: server.host, port: server.port };
    const link = createLink(client, openSocket({ ...upstream, allowHalfOpen: true }), {
      clock,
      passing,
      carried,
    });
    links.add(link);
    void link.closed.then(() => links.delete(link));
    for (const entry of due) if (!isOfTheDoor(entry.fault)) fire(entry, link);
  }

  function keepUnanswered(client: Socket): void {
    unanswered.add(client.on('error', () => {}).resume());
    client.once('close', () => unanswered.delete(client));
  }

  function carried(count: number, direction: Direction): void {
    bytes[direction] += count;
  }

  function passing(
    link: Link,
    chunk: Buffer,
    direction: Direction,
    copy: Parameters<Waiting['reachedIn']>[2],
  ) {
    return [...waiting]
      .flatMap((entry) => {
        const at = entry.reachedIn(chunk, direction, copy);
        if (at === null) return [];
        waiting.delete(entry);
        return [{ at, strike: () => fire(entry, link) }];
      })
      .sort((a, b) => a.at - b.at);
  }

  function fire(entry: Waiting, link: Link | null): void {
    waiting.delete(entry);
    strike(entry.fault, entry.reach === 'all' || link === null ? links : [link]);
  }

  function strike(fault: NetworkFault, reached: Iterable<Link>): void {
    if (fault.kind === 'refuse') door.shut(fault.milliseconds);
    if (fault.kind === 'unanswered') unansweredUntil = clock.monotonic() + fault.milliseconds;
    const hit = [...reached].filter((link) => link.strike(fault));
    struck.push({ fault, connections: hit.length });
  }

  function heal(): void {
    waiting.clear();
    timers.abort();
    timers = new AbortController();
    unansweredUntil = 0;
    door.reopen();
    for (const link of links) link.heal();
    for (const socket of unanswered) socket.resetAndDestroy();
  }

  return {
    host: '127.0.0.1',
    port,
    inject: (fault) => strike(fault, links),
    schedule(fault, moment, reach = 'one') {
      const entry = createWaiting(fault, moment, reach);
      if (entry !== null) waiting.add(entry);
      else if ('milliseconds' in moment)
        void clock.sleep(moment.milliseconds, timers.signal).then(
          () => strike(fault, links),
          () => {},
        );
    },
    heal,
    counts: () => ({
      connections,
      bytes: { ...bytes },
      struck: [...struck],
      byKind: countKinds(struck),
    }),
    async close() {
      heal();
      await door.close();
      await Promise.all([...links].map((link) => link.close()));
    },
  };
}

function isOfTheDoor({ kind }: NetworkFault): boolean {
  return kind === 'refuse' || kind === 'unanswered';
}

function countKinds(struck: readonly Struck[]): Partial<Record<NetworkFaultKind, number>> {
  const kinds: Partial<Record<NetworkFaultKind, number>> = {};
  for (const { fault } of struck) kinds[fault.kind] = (kinds[fault.kind] ?? 0) + 1;
  return kinds;
}
