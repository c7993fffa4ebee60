/**
 * A TCP proxy before one PostgreSQL server that does what networks do: cut, reset, stall, lose one direction, slow down, refuse,
 * accept and never answer; on command or at a moment counted in bytes, bytes of COPY, connections or time.
 *
 * Promises: without a fault every byte arrives, in order, with the pressure of a slow reader; a fault of the moment “after n bytes”
 * strikes between byte n and the next, with the first n handed on (a reset may still swallow the last of them, as real ones do);
 * `counts()` says what was done; after `close()` nothing is open.
 * A server that is down shows as a connection that is reset, since the proxy itself had accepted it.
 */
import type { Socket } from 'node:net';
import type { Clock } from '../../core/clock.ts';
import { createCounter, type ProxyCounts } from './proxy/counter.ts';
import { createDoor } from './proxy/door.ts';
import type { Moment, NetworkFault, Reach } from './proxy/faults.ts';
import type { Link } from './proxy/link.ts';
import { createLinks } from './proxy/links.ts';
import type { Waiting } from './proxy/moments.ts';
import { createSchedule } from './proxy/schedule.ts';

export type { Direction, Moment, NetworkFault, NetworkFaultKind } from './proxy/faults.ts';

/** The server: its address, or the path of its Unix socket. */
export type ProxiedServer = { readonly host: string; readonly port: number } | { readonly socket: string };

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
  const counter = createCounter();
  const schedule = createSchedule(clock, (fault) => strike(fault));
  const links = createLinks(addressOf(server), {
    clock,
    passing: (link, chunk, direction, copy) =>
      schedule
        .reachedIn(chunk, direction, copy)
        .map(({ at, entry }) => ({ at, strike: () => fire(entry, link) })),
    carried: counter.carried,
  });
  let unansweredUntil = 0;
  const door = createDoor(clock, accept);
  const port = await door.open();

  function accept(client: Socket): void {
    counter.connected();
    const due = schedule.reachedByConnection();
    for (const entry of due) if (isOfTheDoor(entry.fault)) fire(entry, null);
    if (clock.monotonic() < unansweredUntil) {
      links.leaveUnanswered(client);
      return;
    }
    const link = links.open(client);
    for (const entry of due) if (!isOfTheDoor(entry.fault)) fire(entry, link);
  }

  function fire({ fault, reach }: Waiting, link: Link | null): void {
    strike(fault, reach === 'all' || link === null ? links.all() : [link]);
  }

  function strike(fault: NetworkFault, reached: readonly Link[] = links.all()): void {
    if (fault.kind === 'refuse') door.shut(fault.milliseconds);
    if (fault.kind === 'unanswered') unansweredUntil = clock.monotonic() + fault.milliseconds;
    counter.struck(fault, reached.filter((link) => link.strike(fault)).length);
  }

  function heal(): void {
    schedule.clear();
    unansweredUntil = 0;
    door.reopen();
    links.heal();
  }

  return {
    host: '127.0.0.1',
    port,
    inject: (fault) => strike(fault),
    schedule: (fault, moment, reach = 'one') => schedule.add(fault, moment, reach),
    heal,
    counts: counter.counts,
    async close() {
      heal();
      await door.close();
      await links.close();
    },
  };
}

function addressOf(
  server: ProxiedServer,
): { readonly path: string } | { readonly host: string; readonly port: number } {
  return 'socket' in server ? { path: server.socket } : { host: server.host, port: server.port };
}

function isOfTheDoor({ kind }: NetworkFault): boolean {
  return kind === 'refuse' || kind === 'unanswered';
}
