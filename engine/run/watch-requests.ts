/**
 * Looks for requests to stop while a run loads: from another process (the ledger's requested action), from Ctrl-C (the
 * signal) and from the clock (a time limit). Keeps the run's heartbeat. The loader asks `reason()` before each batch; what waits for
 * another attempt is woken by `signal`.
 */
import type { Control } from '../control/control.ts';
import type { Clock } from '../core/clock.ts';
import type { Log } from '../core/log.ts';

export type StopReason = 'pause' | 'cancel' | 'interrupt' | 'timeout';

export interface RequestWatch {
  reason(): StopReason | null;
  /** Fires once there is a reason: with Ctrl-C at once, else within about a second. */
  readonly signal: AbortSignal;
  end(): void;
}

const EVERY_MILLISECONDS = 1000;

export function watchRequests(
  runId: string,
  control: Control,
  clock: Clock,
  log: Log,
  limits: { readonly signal: AbortSignal | undefined; readonly timeoutMinutes: number | null },
): RequestWatch {
  const started = clock.monotonic();
  let requested: StopReason | null = null;
  let asking = false;
  const stop = new AbortController();
  const reason = () => {
    if (limits.signal?.aborted) return 'interrupt';
    const limit = limits.timeoutMinutes;
    if (limit !== null && clock.monotonic() - started > limit * 60_000) return 'timeout';
    return requested;
  };
  const look = () => {
    if (reason() !== null) stop.abort();
  };
  look();
  limits.signal?.addEventListener('abort', look);
  const timer = setInterval(() => {
    look();
    if (asking) return;
    asking = true;
    control.runs
      .heartbeat(runId)
      .then((action) => {
        if (action !== null) requested = action;
        look();
      })
      .catch((error: unknown) => log.warn('run.heartbeat-failed', { error: String(error) }))
      .finally(() => {
        asking = false;
      });
  }, EVERY_MILLISECONDS);
  timer.unref();
  return {
    reason,
    signal: stop.signal,
    end() {
      clearInterval(timer);
      limits.signal?.removeEventListener('abort', look);
    },
  };
}
