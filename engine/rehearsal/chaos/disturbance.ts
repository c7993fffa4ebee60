/**
 * The faults of one move, waiting for their moments. Places are counted over all processes of the move, so that a fault that
 * the first did not live to see can strike the second.
 */
import type { FaultKind } from '../../contract/chaos.ts';
import type { Clock } from '../../core/clock.ts';
import type { Failpoints } from '../../core/failpoints.ts';
import type { DisturbedConnections } from './disturbed-connections.ts';
import type { DrawnFault, Passings, Side } from './draw-faults.ts';
import { createInStream } from './in-stream.ts';
import { abandoned, strike } from './strike.ts';

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

export function createDisturbance(
  faults: readonly DrawnFault[],
  { clock, encrypted }: { readonly clock: Clock; readonly encrypted: Readonly<Record<Side, boolean>> },
): Disturbance {
  const waiting = new Set(faults);
  const passed = new Map<string, number>();
  const struck: DrawnFault[] = [];
  const inStream = createInStream(encrypted);

  async function strikeDue(name: string, connections: DisturbedConnections, pause: () => Promise<void>) {
    const passing = (passed.get(name) ?? 0) + 1;
    passed.set(name, passing);
    const due = [...waiting].find((fault) => fault.place === name && fault.passing <= passing);
    if (due === undefined) return;
    waiting.delete(due);
    if (due.kind === 'reset-in-copy') return inStream.leave(due, connections);
    struck.push(due);
    await strike(due, { connections, pause, clock });
  }

  return {
    struck,
    passings: passed,
    get latest() {
      return struck.at(-1)?.kind ?? null;
    },
    places(connections, pause) {
      inStream.leaveAgain(connections);
      return {
        async hit(name) {
          if (connections.isDead) throw abandoned();
          await strikeDue(name, connections, pause);
        },
      };
    },
    settle: (connections) => void struck.push(...inStream.settled(connections)),
  };
}
