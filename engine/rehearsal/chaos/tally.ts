/** Counts, kind by kind, what struck, what it took to go on, and whether what was there afterwards held. */
import { type ChaosReport, type FaultKind, faultKinds } from '../../contract/chaos.ts';
import type { DrawnFault } from './draw-faults.ts';

export interface Tally {
  add(move: {
    readonly struck: readonly DrawnFault[];
    readonly retries: ReadonlyMap<FaultKind | null, number>;
    readonly resumes: ReadonlyMap<FaultKind | null, number>;
    readonly rowsCompared: number;
    readonly held: boolean;
  }): void;
  kinds(): ChaosReport['kinds'];
}

export function createTally(): Tally {
  const counts = new Map(
    faultKinds.map((kind) => [
      kind,
      { source: 0, target: 0, all: 0, retries: 0, resumes: 0, rowsCompared: 0, broken: false },
    ]),
  );
  return {
    add({ struck, retries, resumes, rowsCompared, held }) {
      for (const { kind, side } of struck) {
        const of = counts.get(kind)!;
        of.all++;
        if (isOfConnection(kind)) of[side]++;
      }
      for (const kind of new Set(struck.map((fault) => fault.kind))) {
        const of = counts.get(kind)!;
        of.retries += retries.get(kind) ?? 0;
        of.resumes += resumes.get(kind) ?? 0;
        of.rowsCompared += rowsCompared;
        of.broken ||= !held;
      }
    },
    kinds: () =>
      faultKinds.map((kind) => {
        const { source, target, all, retries, resumes, rowsCompared, broken } = counts.get(kind)!;
        return {
          kind,
          faults: { source, target, all },
          ...{ retries, resumes, rowsCompared },
          result: all === 0 ? 'not-struck' : broken ? 'broken' : 'held',
        };
      }),
  };
}

function isOfConnection(kind: FaultKind): boolean {
  return kind.startsWith('connection-') || kind === 'reset-in-copy' || kind === 'server-away';
}
