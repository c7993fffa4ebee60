/** A rehearsal under faults that held. */
import { type ChaosReport, faultKinds } from '../../../engine/contract/chaos.ts';

const none = {
  faults: { source: 0, target: 0, all: 0 },
  retries: 0,
  resumes: 0,
  rowsCompared: 0,
  result: 'not-struck' as const,
};
export const held: ChaosReport = {
  status: 'passed',
  seed: 42,
  faults: { drawn: 9, struck: 9 },
  planHash: 'abc',
  sample: 50,
  entities: [],
  moves: { made: 4, leftOut: 0 },
  rows: { moved: 1200, setAside: 34 },
  rowsCompared: 4936,
  kinds: faultKinds.map((kind) => {
    if (kind === 'connection-cut')
      return {
        kind,
        faults: { source: 6, target: 1, all: 7 },
        retries: 3,
        resumes: 2,
        rowsCompared: 3702,
        result: 'held',
      };
    if (kind === 'process-killed')
      return {
        kind,
        faults: { source: 0, target: 0, all: 2 },
        retries: 0,
        resumes: 2,
        rowsCompared: 2468,
        result: 'held',
      };
    return { kind, ...none };
  }),
  violations: [],
  notProven: [],
  damage: [
    { kind: 'row-lost', entity: 'orders', outcome: 'noticed', mended: true },
    { kind: 'row-doubled', entity: 'orders', outcome: 'noticed', mended: true },
  ],
  outside: { target: 'unchanged', source: 'unchanged', changes: [], notLookedAt: [] },
  notCompared: [],
  removed: true,
  again: 'rehearse --chaos --faults 9 --seed 42 --sample 50',
  at: '2026-11-21T10:00:00.000Z',
  milliseconds: 61_000,
};
