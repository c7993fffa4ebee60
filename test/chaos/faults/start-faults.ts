/**
 * Arms the faults of one command before it starts, and ends what is left of them behind it.
 * Each fault has an actor: it waits for its moment, strikes, and puts right in time what lasts, as an administrator would.
 * Nothing an actor did outlives `end()`: servers run, proxies carry, locks are free, the disk has room.
 */
import { setTimeout as wait } from 'node:timers/promises';
import type { Place } from '../lane.ts';
import type { Fault, FaultKind, Progress } from '../schedule.ts';
import { cancelStatements, holdLock, makeDeadlock, terminate, turnReadOnly } from './databases.ts';
import { fillDisk } from './disk.ts';
import { watchNetwork } from './network.ts';
import { restartServer, reviveKilled } from './servers.ts';
import type { SourceChanges } from './source-changes.ts';

export interface Armed {
  /** For TOWPATH_FAILPOINT. */
  readonly failpoints: string;
  /** Waits until nothing of the faults is left. Says which struck; of those at failpoints and of a full disk the log tells. */
  end(log: () => string): Promise<readonly Fault[]>;
}

export interface Actor {
  readonly place: Place;
  /** Fires when the command has ended. */
  readonly over: AbortSignal;
  /** False where the command ended before it came to that. */
  reached(progress: Progress): Promise<boolean>;
  /** Ends early when the command is over. */
  sleep(milliseconds: number): Promise<void>;
  readonly changes: SourceChanges;
}

/** Answers whether it struck; null where the log tells. */
export type Act<F extends Fault = Fault> = (fault: F, actor: Actor) => Promise<boolean | null>;

const acts: { readonly [K in FaultKind]: Act<Extract<Fault, { kind: K }>> } = {
  network: watchNetwork,
  'kill-process': async () => null,
  'server-error': async () => null,
  clock: async () => null,
  'kill-server': reviveKilled,
  'restart-server': restartServer,
  'disk-full': fillDisk,
  'read-only': turnReadOnly,
  'statement-timeout': cancelStatements,
  deadlock: makeDeadlock,
  lock: holdLock,
  terminate,
  'source-changes': async (fault, actor) => (await actor.reached(fault)) && actor.changes.make(fault.rows),
};

export function armFaults(place: Place, faults: readonly Fault[], changes: SourceChanges): Armed {
  const over = new AbortController();
  const counted = () => place.proxies.target.counts().bytes['to-server'];
  const start = counted();
  const sleep = (milliseconds: number) =>
    wait(milliseconds, undefined, { signal: over.signal }).then(
      () => {},
      () => {},
    );
  const actor: Actor = {
    place,
    over: over.signal,
    sleep,
    changes,
    async reached({ bytes }) {
      while (!over.signal.aborted && counted() - start < bytes) await sleep(4);
      return counted() - start >= bytes;
    },
  };
  const acting = faults.map((fault) => (acts[fault.kind] as Act)(fault, actor).catch(ignoreLostConnection));
  return {
    failpoints: faults.flatMap((fault) => specOf(fault, place)).join(','),
    async end(log) {
      over.abort();
      const struck = await Promise.all(acting);
      for (const proxy of Object.values(place.proxies)) proxy.heal();
      await Promise.all(Object.values(place.lane.servers).map((server) => server.revive()));
      const written = log();
      return faults.filter((fault, i) => struck[i] ?? wasLogged(fault, written));
    },
  };
}

function specOf(fault: Fault, place: Place): string[] {
  const at = 'failpoint' in fault ? `${fault.failpoint}:${fault.hit}` : '';
  if (fault.kind === 'kill-process') return [`${at}=kill`];
  if (fault.kind === 'kill-server') return [`${at}=kill:${place.lane.servers[fault.side].pid}`];
  if (fault.kind === 'server-error') return [`${at}=error:${fault.code}`];
  return fault.kind === 'clock' ? [`${at}=clock:${fault.milliseconds}`] : [];
}

function wasLogged(fault: Fault, log: string): boolean {
  if (fault.kind === 'disk-full') return /"(53100|DISK_FULL|disk-full)"/.test(log);
  if (!('failpoint' in fault)) return false;
  return log.split('\n').some((line) => {
    if (!line.includes('"failpoint"')) return false;
    const { details } = JSON.parse(line);
    return details.name === fault.failpoint && details.hit === fault.hit;
  });
}

/** The server that an actor talked to died of another fault. Anything else is a fault of this suite. */
function ignoreLostConnection(error: unknown): false {
  const { code, message } = error as { code?: string; message?: string };
  const lost = [
    '57P01',
    '57P02',
    '57P03',
    'ECONNRESET',
    'ECONNREFUSED',
    'EPIPE',
    '08006',
    '40P01',
    '57014',
    '53100',
    '25006',
  ];
  if (lost.includes(code ?? '') || /Connection terminated|not queryable/.test(message ?? '')) return false;
  throw error;
}
