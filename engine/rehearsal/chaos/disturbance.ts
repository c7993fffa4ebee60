/**
 * The faults of one move, waiting for their moments. Places are counted over all processes of the move, so that a fault that
 * the first did not live to see can strike the second.
 */
import type { FaultKind } from '../../contract/chaos.ts';
import type { Clock } from '../../core/clock.ts';
import { MigrationError } from '../../core/errors.ts';
import type { Failpoints } from '../../core/failpoints.ts';
import type { DisturbedConnections } from './disturbed-connections.ts';
import type { DrawnFault, Passings, Side } from './draw-faults.ts';

export interface Disturbance {
  /** For one process of the move, over these connections. `pause` asks the run to pause, as another process would. */
  places(connections: DisturbedConnections, pause: () => Promise<void>): Failpoints;
  /** Takes note of faults that struck by themselves, at a byte of COPY; called when a process has ended. */
  settle(connections: DisturbedConnections): void;
  /** In their order. */
  readonly struck: readonly DrawnFault[];
  /** The one that struck last. */
  readonly latest: FaultKind | null;
  /** Places that the move came past, and how often. */
  readonly passings: Passings;
}

/** A run looks for requests once a second. */
const UNTIL_PAUSE_IS_SEEN = 1300;

export function createDisturbance(
  faults: readonly DrawnFault[],
  { clock, encrypted }: { readonly clock: Clock; readonly encrypted: Readonly<Record<Side, boolean>> },
): Disturbance {
  const waiting = new Set(faults);
  const passed = new Map<string, number>();
  const struck: DrawnFault[] = [];
  /** Left to a proxy, which strikes at a byte. */
  const inStream = new Set<DrawnFault>();
  const counted = new Map<unknown, number>();

  function leaveToProxy(fault: DrawnFault, { proxies }: DisturbedConnections): void {
    const direction = fault.side === 'source' ? 'to-client' : 'to-server';
    // under TLS nobody in between can tell which bytes are rows
    const moment = encrypted[fault.side]
      ? { bytes: fault.bytes, direction }
      : { copyBytes: fault.bytes, direction };
    proxies[fault.side].schedule({ kind: 'reset' }, moment as { bytes: number; direction: typeof direction });
    inStream.add(fault);
  }

  async function strike(
    fault: DrawnFault,
    connections: DisturbedConnections,
    pause: () => Promise<void>,
  ): Promise<void> {
    const proxy = connections.proxies[fault.side];
    const { milliseconds, bytesPerSecond, dead, code, place } = fault;
    if (fault.kind === 'reset-in-copy') return leaveToProxy(fault, connections);
    struck.push(fault);
    switch (fault.kind) {
      case 'connection-cut':
        return proxy.inject({ kind: 'cut' });
      case 'connection-stalled':
        return proxy.inject({ kind: 'stall', milliseconds });
      case 'connection-slow':
        return proxy.inject({ kind: 'slow', bytesPerSecond, milliseconds });
      case 'connection-half-open':
        proxy.inject({ kind: 'half-open', dead });
        // in a real network it is the keep-alive of either end that notices; here a second is as good as its minutes
        void clock.sleep(milliseconds).then(() => proxy.heal());
        return;
      case 'server-away':
        proxy.inject({ kind: 'refuse', milliseconds });
        return proxy.inject({ kind: 'cut' });
      case 'paused':
        await pause();
        return clock.sleep(UNTIL_PAUSE_IS_SEEN);
      case 'process-killed':
        await connections.die();
        throw abandoned();
      default:
        throw Object.assign(new Error(`failed on purpose at ${place}`), { code });
    }
  }

  return {
    struck,
    passings: passed,
    get latest() {
      return struck.at(-1)?.kind ?? null;
    },
    places(connections, pause) {
      for (const fault of inStream) leaveToProxy(fault, connections);
      return {
        async hit(name) {
          if (connections.isDead) throw abandoned();
          const passing = (passed.get(name) ?? 0) + 1;
          passed.set(name, passing);
          const due = [...waiting].find((fault) => fault.place === name && fault.passing <= passing);
          if (due === undefined) return;
          waiting.delete(due);
          await strike(due, connections, pause);
        },
      };
    },
    settle({ proxies }) {
      for (const fault of inStream) {
        const proxy = proxies[fault.side];
        const used = counted.get(proxy) ?? 0;
        if ((proxy.counts().byKind.reset ?? 0) <= used) continue;
        counted.set(proxy, used + 1);
        inStream.delete(fault);
        struck.push(fault);
      }
    },
  };
}

/** Nothing it leads to can reach a server any more; it only ends the functions that still run. */
function abandoned(): MigrationError {
  return new MigrationError({
    code: 'ABANDONED',
    message: 'This process of the rehearsal was made to die.',
    hint: 'The rehearsal goes on with another one.',
  });
}
