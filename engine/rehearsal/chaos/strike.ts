/** How each kind of fault is done to a process of a move and its connections. */
import type { Clock } from '../../core/clock.ts';
import { MigrationError } from '../../core/errors.ts';
import type { DisturbedConnections } from './disturbed-connections.ts';
import type { DrawnFault } from './draw-faults.ts';

export interface Struck {
  readonly connections: DisturbedConnections;
  /** Asks the run to pause, as another process would. */
  readonly pause: () => Promise<void>;
  readonly clock: Clock;
}

/** A run looks for requests once a second. */
const UNTIL_PAUSE_IS_SEEN = 1300;

/** Throws what the engine is to see, where the fault is an error. A reset in COPY is left to the stream (in-stream.ts). */
export async function strike(fault: DrawnFault, { connections, pause, clock }: Struck): Promise<void> {
  const proxy = connections.proxies[fault.side];
  const { milliseconds, bytesPerSecond, dead, code, place } = fault;
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

/** Nothing it leads to can reach a server any more; it only ends the functions that still run. */
export function abandoned(): MigrationError {
  return new MigrationError({
    code: 'ABANDONED',
    message: 'This process of the rehearsal was made to die.',
    hint: 'The rehearsal goes on with another one.',
  });
}
