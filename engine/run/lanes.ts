/** Opens and closes the lanes of a run: a source session on the run's snapshot and a target session of its own. */
import { createLane, type Lane } from '../copy/batch.ts';
import type { Database } from '../db/database.ts';
import type { SourceSnapshot } from '../db/snapshot.ts';

export interface Lanes {
  open(): Promise<Lane>;
  close(lane: Lane, error?: Error): Promise<void>;
}

export function createLanes(target: Database, snapshot: SourceSnapshot): Lanes {
  return {
    async open() {
      const from = await snapshot.session('batch');
      try {
        const into = await target.session({ purpose: 'batch' });
        // The batch and its ledger entry are lost or kept together, so a crash of the server costs a repeat, never a row.
        await into.query('set synchronous_commit = off');
        return createLane(from, into);
      } catch (error) {
        await from.release(error instanceof Error ? error : undefined);
        throw error;
      }
    },
    async close(lane, error) {
      await Promise.allSettled([lane.source.release(error), lane.target.release(error)]);
    },
  };
}
