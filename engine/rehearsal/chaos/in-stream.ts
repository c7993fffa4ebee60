/** Faults left to a proxy, which strikes at a byte: whether they have struck is seen from its counts. */
import type { DisturbedConnections } from './disturbed-connections.ts';
import type { DrawnFault, Side } from './draw-faults.ts';
import type { FaultProxy } from './fault-proxy.ts';

export interface InStream {
  leave(fault: DrawnFault, connections: DisturbedConnections): void;
  /** To the connections of the next process: what the one before did not live to see. */
  leaveAgain(connections: DisturbedConnections): void;
  /** Those that have struck since it was asked last. */
  settled(connections: DisturbedConnections): DrawnFault[];
}

export function createInStream(encrypted: Readonly<Record<Side, boolean>>): InStream {
  const left = new Set<DrawnFault>();
  const counted = new Map<FaultProxy, number>();

  function leave(fault: DrawnFault, { proxies }: DisturbedConnections): void {
    const direction = fault.side === 'source' ? 'to-client' : 'to-server';
    // under TLS nobody in between can tell which bytes are rows
    const moment = encrypted[fault.side]
      ? { bytes: fault.bytes, direction }
      : { copyBytes: fault.bytes, direction };
    proxies[fault.side].schedule({ kind: 'reset' }, moment as { bytes: number; direction: typeof direction });
    left.add(fault);
  }

  return {
    leave,
    leaveAgain(connections) {
      for (const fault of left) leave(fault, connections);
    },
    settled({ proxies }) {
      return [...left].filter((fault) => {
        const proxy = proxies[fault.side];
        const used = counted.get(proxy) ?? 0;
        if ((proxy.counts().byKind.reset ?? 0) <= used) return false;
        counted.set(proxy, used + 1);
        return left.delete(fault);
      });
    },
  };
}
