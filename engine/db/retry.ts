/**
 * Does work again where the table says so (recovery-table.ts). Bought alternatives decide by error type or message; here
 * only the code decides. Every attempt that failed is told to the watch, and how it ended.
 */
import type { Clock } from '../core/clock.ts';
import type { Decision, Recovery } from './recovery.ts';

/** What is being done, for log, events and ledger. */
export interface WorkPlace {
  /** A word such as `batch`, `plan`, `finish`. */
  readonly step: string;
  /** Null: the run as a whole. */
  readonly entity: string | null;
  readonly batchId?: number;
}

export interface FaultWatch {
  /** Before the wait for another attempt. */
  retrying(place: WorkPlace, decision: Decision, attempt: number): void;
  /** The attempt with this number succeeded; `decision` is the last one. */
  recovered(place: WorkPlace, decision: Decision, attempt: number): Promise<void>;
  /** A stop was asked for before another attempt: whoever takes the work up again sees how it ends. */
  interrupted(place: WorkPlace, error: unknown, attempt: number): Promise<void>;
  /** No further attempt follows. */
  gaveUp(place: WorkPlace, decision: Decision, error: unknown, attempt: number): Promise<void>;
}

export interface RetryOptions<T> {
  readonly recovery: Recovery;
  readonly clock: Pick<Clock, 'sleep'>;
  readonly place: WorkPlace;
  readonly watch?: FaultWatch;
  /** Ends the waiting for another attempt; the work itself must look at it too. */
  readonly signal?: AbortSignal;
  /** Before the wait: gives up connections, makes batches smaller. */
  readonly prepare?: (decision: Decision, error: unknown) => Promise<void> | void;
  /** Behind the wait: whether the work happened after all, as with a commit whose answer was lost. */
  readonly happened?: () => Promise<{ readonly result: T } | null>;
}

/** Rejects with the last error of the work, or, where the signal ended the waiting, with its reason. */
export async function withRetry<T>(
  work: (attempt: number) => Promise<T>,
  { recovery, clock, place, watch, signal, prepare, happened }: RetryOptions<T>,
): Promise<T> {
  let last: Decision | null = null;
  for (let attempt = 1; ; attempt++) {
    try {
      const earlier = last === null ? null : await happened?.();
      const result = earlier ? earlier.result : await work(attempt);
      if (last !== null) await watch?.recovered(place, last, attempt);
      return result;
    } catch (error) {
      const decision = recovery.decide(error, { attempt, entity: place.entity });
      await prepare?.(decision, error);
      if (!decision.again) {
        await watch?.gaveUp(place, decision, error, attempt);
        throw error;
      }
      last = decision;
      watch?.retrying(place, decision, attempt);
      await clock.sleep(decision.waitMilliseconds, signal).catch((cause: unknown) => {
        if (!signal?.aborted) throw cause;
      });
      if (!signal?.aborted) continue;
      await watch?.interrupted(place, error, attempt);
      throw signal.reason;
    }
  }
}

/** Whether an error of withRetry says that the signal ended the waiting, and nothing of the work itself. */
export function isInterruption(error: unknown, signal: AbortSignal): boolean {
  return signal.aborted && error === signal.reason;
}
