/**
 * Tries again what a later moment may allow: exponential backoff with full jitter between half the step and the step
 * (AWS architecture blog, "Exponential Backoff And Jitter": equal jitter), so that lanes do not come back as one.
 * Bought alternatives decide by error type or message; here only `classify` decides.
 */
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';
import { classify } from './sqlstate.ts';

const FIRST_MILLISECONDS = 200;
const LONGEST_MILLISECONDS = 30_000;

/** Milliseconds to wait after the given attempt, counted from 1. `random` is in [0, 1). */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const step = Math.min(LONGEST_MILLISECONDS, FIRST_MILLISECONDS * 2 ** Math.min(attempt - 1, 20));
  return Math.round(step / 2 + (step / 2) * random());
}

export interface RetryOptions {
  /** How often at most, the first time included. At least 1. */
  readonly attempts: number;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly log?: Pick<Log, 'warn'>;
  /** Ends the waiting; the work itself must look at it too. */
  readonly signal?: AbortSignal;
  /** Default: what `classify` calls retryable. */
  readonly shouldRetry?: (error: unknown) => boolean;
  /** Names the work in the log. */
  readonly action?: string;
  readonly random?: () => number;
}

/** Rejects with the last error of the work, or with an AbortError. */
export async function withRetry<T>(work: (attempt: number) => Promise<T>, options: RetryOptions): Promise<T> {
  const { attempts, clock, log, signal, action = 'retry', random = Math.random } = options;
  const shouldRetry = options.shouldRetry ?? ((error: unknown) => classify(error).retryable);
  for (let attempt = 1; ; attempt++) {
    signal?.throwIfAborted();
    try {
      return await work(attempt);
    } catch (error) {
      if (attempt >= attempts || !shouldRetry(error)) throw error;
      const milliseconds = backoff(attempt, random);
      log?.warn(action, { code: classify(error).code, attempt, attempts, milliseconds });
      await clock.sleep(milliseconds, signal);
    }
  }
}
