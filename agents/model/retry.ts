/**
 * Tries again what may work the next time (`retryable`): after a second, two, four, each shortened by chance so that
 * several conversations do not come back together; or when the server said (Retry-After), if that is soon. The library's
 * own retries are off, so that every try is recorded and counted.
 */
import { type Clock, isAbort, MigrationError } from '../../engine/index.ts';

const RETRIES = 3;
const FIRST_WAIT = 1000;
const LONGEST_WAIT = 60_000;

export interface RetryOptions {
  readonly clock: Pick<Clock, 'sleep'>;
  readonly signal: AbortSignal | undefined;
  /** 0 to 1. */
  readonly random: () => number;
  readonly onRetry: (error: MigrationError, attempt: number, milliseconds: number) => void;
}

/** `attempt` counts from 1. */
export async function withRetries<T>(
  { clock, signal, random, onRetry }: RetryOptions,
  attempt: (attempt: number) => Promise<T>,
): Promise<T> {
  for (let number = 1; ; number++) {
    try {
      return await attempt(number);
    } catch (error) {
      if (isAbort(error) || !(error instanceof MigrationError) || !error.retryable) throw error;
      const wait = waitBefore(error, number, random());
      if (number > RETRIES || wait > LONGEST_WAIT) throw error;
      onRetry(error, number, wait);
      await clock.sleep(wait, signal);
    }
  }
}

function waitBefore(error: MigrationError, attempt: number, chance: number): number {
  const asked = error.details.waitMilliseconds;
  const backoff = FIRST_WAIT * 2 ** (attempt - 1) * (0.5 + chance / 2);
  return typeof asked === 'number' ? Math.max(asked, backoff) : backoff;
}
