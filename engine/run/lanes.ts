/**
 * Opens and closes the lanes of a run: a source session on the run's snapshot and a target session of its own.
 * Commits stay synchronous. Without that a crash of the server takes back batches that it had said were committed: a process that
 * lives on does not do them again, and the level's gate closes on rows that are missing until the run is resumed (found by chaos).
 */
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
