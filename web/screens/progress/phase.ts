/**
 * What a run is doing, as the page says it. Everything follows from the run's own figures; nothing here is kept.
 *
 * moving       rows are copied just now            checking     all is in, old and new are compared
 * paused       by a person; goes on when asked     copied       all is in, nothing is compared yet
 * gate         a gate is closed                    finished     all levels passed, the comparison is over
 * failed       it stopped for another reason       cancelled    given up for good
 * interrupted  its process is gone                 undoing      its rows are taken out again
 *                                                  undone       they are out
 */
import type { RunView } from '../../../server/shapes/runs.ts';

export type Phase =
  | 'moving'
  | 'paused'
  | 'gate'
  | 'failed'
  | 'interrupted'
  | 'checking'
  | 'copied'
  | 'finished'
  | 'cancelled'
  | 'undoing'
  | 'undone';

type Run = Pick<RunView['data'], 'state' | 'alive' | 'gateClosed' | 'error'>;

const phaseOfState: Readonly<Record<string, Phase>> = {
  copied: 'copied',
  completed: 'finished',
  cancelled: 'cancelled',
  'rolling-back': 'undoing',
  'rolled-back': 'undone',
};

export function phaseOf({ state, alive, gateClosed, error }: Run): Phase {
  const settled = phaseOfState[state];
  if (settled !== undefined && error === null) return settled;
  if (settled === 'undone' || settled === 'cancelled' || settled === 'undoing') return settled;
  if (alive) return state === 'validating' ? 'checking' : 'moving';
  if (gateClosed) return 'gate';
  if (error?.code === 'RUN_INTERRUPTED') return 'interrupted';
  if (error !== null || state === 'failed') return 'failed';
  return state === 'paused' ? 'paused' : 'interrupted';
}

/** It stands still, and a person can have it go on. */
export function canGoOn(phase: Phase): boolean {
  return phase === 'paused' || phase === 'failed' || phase === 'interrupted';
}

/** Something of it is in the new system, and nothing moves, so that it can be taken out. */
export function canBeUndone(phase: Phase, written: number): boolean {
  return written > 0 && phase !== 'undone' && phase !== 'undoing';
}

/** What was copied is out of the new system, or on its way out: nothing of it may be shown as copied. */
export function isTakenOut(phase: Phase): boolean {
  return phase === 'undoing' || phase === 'undone';
}
