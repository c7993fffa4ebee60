/** Decides what follows an error: the table, changed by handlers, within the attempts that the configuration allows. */
import { type ErrorHandler, type Fault, ruleFor } from './error-handlers.ts';
import type { Backoff, FaultKind, RecoveryRule, Strategy } from './recovery-table.ts';
import { triesAgain } from './recovery-table.ts';
import { classify } from './sqlstate.ts';

export interface Decision {
  readonly kind: FaultKind;
  readonly code: string;
  readonly strategy: Strategy;
  /** True: the same work is to be done once more after `waitMilliseconds`. */
  readonly again: boolean;
  readonly waitMilliseconds: number;
  readonly freshConnection: boolean;
  readonly smallerBatch: boolean;
  readonly afterwards: RecoveryRule['afterwards'];
}

export interface Recovery {
  /** `attempt` counts from 1: the one that failed. */
  decide(error: unknown, place: { readonly attempt: number; readonly entity: string | null }): Decision;
}

export interface RecoveryOptions {
  /** Attempts where the table names no number, the first included. At least 1. */
  readonly maxAttempts: number;
  /** False: nothing is tried again. */
  readonly enabled?: boolean;
  readonly handlers?: readonly ErrorHandler[];
  /** In [0, 1). */
  readonly random?: () => number;
  /** Hears of a handler that failed or wanted what no handler may. */
  readonly told?: (problem: string, fault: Fault) => void;
}

export function createRecovery(options: RecoveryOptions): Recovery {
  const { maxAttempts, enabled = true, handlers = [], random = Math.random, told = () => {} } = options;
  return {
    decide(error, { attempt, entity }) {
      const { kind, code, severity } = classify(error);
      const rule = ruleFor({ kind, code, severity, entity, attempt }, handlers, told);
      const { strategy, afterwards } = rule;
      const again = enabled && triesAgain(strategy) && attempt < (rule.attempts ?? maxAttempts);
      const wait = rule.waitMilliseconds ?? (rule.backoff ? backoff(rule.backoff, attempt, random) : 0);
      return {
        kind,
        code,
        strategy,
        again,
        waitMilliseconds: again ? wait : 0,
        freshConnection: strategy === 'reconnect' || strategy === 'smaller-batch',
        smallerBatch: strategy === 'smaller-batch',
        afterwards,
      };
    },
  };
}

/**
 * Milliseconds to wait after the given attempt, counted from 1: exponential with full jitter between half the step and the
 * step (AWS architecture blog, “Exponential Backoff And Jitter”: equal jitter), so that lanes do not come back as one.
 */
export function backoff(
  { first, longest, factor }: Backoff,
  attempt: number,
  random: () => number = Math.random,
): number {
  const step = Math.min(longest, first * factor ** Math.min(attempt - 1, 20));
  return Math.round(step / 2 + (step / 2) * random());
}
