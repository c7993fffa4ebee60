/** Who may work on the guided migration: one process at a time. */
import { setTimeout as sleep } from 'node:timers/promises';

export interface Lease {
  /**
   * Null while another process has it. In one process it can be taken several times; it is given back with the last
   * release. A process that dies gives it back by dying.
   */
  take(): (() => void) | null;
}

/** For a single process, as in a test. */
export const freeLease: Lease = { take: () => () => {} };

const ASK_AGAIN = 200;

/** Waits until the lease can be had. Rejects when the signal aborts. */
export async function underLease<Result>(
  { lease, signal }: { readonly lease: Lease; readonly signal: AbortSignal },
  work: () => Promise<Result>,
): Promise<Result> {
  let release = lease.take();
  while (release === null) {
    await sleep(ASK_AGAIN, undefined, { signal });
    release = lease.take();
  }
  try {
    return await work();
  } finally {
    release();
  }
}
