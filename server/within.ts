/** Waits for work, but not longer than a while; the work itself goes on. No timer is left behind. */
import type { Clock } from '../engine/core/clock.ts';

export async function within<Value, Late>(
  clock: Pick<Clock, 'sleep'>,
  { milliseconds, late }: { readonly milliseconds: number; readonly late: Late },
  work: Promise<Value>,
): Promise<Value | Late> {
  const done = new AbortController();
  const tooLate = clock.sleep(milliseconds, done.signal).then(
    () => late,
    () => late,
  );
  try {
    return await Promise.race([work, tooLate]);
  } finally {
    done.abort();
  }
}
