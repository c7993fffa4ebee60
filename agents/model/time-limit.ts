/** Ends work that says nothing for too long. */
import type { Clock } from '../../engine/index.ts';

/**
 * Runs `work` with a signal that fires after the limit or with the outer signal. After the limit it rejects with `late()`,
 * whether the work listens to its signal or not.
 */
export async function within<T>(
  clock: Pick<Clock, 'sleep'>,
  milliseconds: number,
  late: () => Error,
  work: () => Promise<T>,
  onLate: () => void = () => {},
): Promise<T> {
  const done = new AbortController();
  const limit = clock.sleep(milliseconds, done.signal).then(
    () => {
      onLate();
      throw late();
    },
    () => new Promise<never>(() => {}), // the work was first
  );
  try {
    return await Promise.race([work(), limit]);
  } finally {
    done.abort();
  }
}
