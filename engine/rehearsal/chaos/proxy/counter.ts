/** What came through a proxy, and what was done to it. */
import type { Direction, NetworkFault, NetworkFaultKind, Struck } from './faults.ts';

export interface ProxyCounts {
  readonly connections: number;
  readonly bytes: Readonly<Record<Direction, number>>;
  /** Faults that struck, in their order. */
  readonly struck: readonly Struck[];
  readonly byKind: Readonly<Partial<Record<NetworkFaultKind, number>>>;
}

export interface Counter {
  connected(): void;
  carried(count: number, direction: Direction): void;
  struck(fault: NetworkFault, connections: number): void;
  counts(): ProxyCounts;
}

export function createCounter(): Counter {
  const all: Struck[] = [];
  const bytes = { 'to-server': 0, 'to-client': 0 };
  let connections = 0;
  return {
    connected() {
      connections++;
    },
    carried(count, direction) {
      bytes[direction] += count;
    },
    struck(fault, reached) {
      all.push({ fault, connections: reached });
    },
    counts: () => ({ connections, bytes: { ...bytes }, struck: [...all], byKind: countKinds(all) }),
  };
}

function countKinds(struck: readonly Struck[]): Partial<Record<NetworkFaultKind, number>> {
  const kinds: Partial<Record<NetworkFaultKind, number>> = {};
  for (const { fault } of struck) kinds[fault.kind] = (kinds[fault.kind] ?? 0) + 1;
  return kinds;
}
