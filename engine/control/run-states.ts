/**
 * The states of a run and what leads from one to the next.
 *
 *   created       entered, nothing done                        → analysed, planned, approved, failed, cancelled, rolling-back
 *   analysed      the source's catalog is stored               → planned, failed, cancelled, rolling-back
 *   planned       a plan is stored                             → approved, failed, cancelled, rolling-back
 *   approved      a person said yes to this plan's hash        → rehearsed, copying, failed, cancelled, rolling-back
 *   rehearsed     a sample went through                        → approved, copying, failed, cancelled, rolling-back
 *   copying       a process holds the lock and moves batches   → paused, copied, failed, cancelled, rolling-back
 *   paused        asked to stop; everything begun is settled   → copying, cancelled, failed, rolling-back
 *   copied        every level loaded, every gate passed        → validating, completed, copying, failed, rolling-back
 *   validating    source and target are being compared         → completed, copied, failed, rolling-back
 *   completed     done                                         → validating, rolling-back
 *   failed        stopped by an error or a closed gate         → copying, copied, validating, cancelled, rolling-back
 *   cancelled     given up; what was moved stays               → rolling-back
 *   rolling-back  what was moved is being taken out            → rolled-back, failed
 *   rolled-back   nothing of the run is left in the target     (end)
 *
 * A state may also follow itself: a process that died leaves its state behind, and the next takes over from there.
 * created … rehearsed → rolling-back: its process died before it moved anything, and nobody wants it to go on.
 * completed → validating: validation can be repeated. copied → copying: entities were added to the run.
 */
export const RUN_STATES = [
  'created',
  'analysed',
  'planned',
  'approved',
  'rehearsed',
  'copying',
  'paused',
  'copied',
  'validating',
  'completed',
  'failed',
  'rolling-back',
  'rolled-back',
  'cancelled',
] as const;

export type RunState = (typeof RUN_STATES)[number];

const next: Readonly<Record<RunState, readonly RunState[]>> = {
  created: ['analysed', 'planned', 'approved', 'failed', 'cancelled', 'rolling-back'],
  analysed: ['planned', 'failed', 'cancelled', 'rolling-back'],
  planned: ['approved', 'failed', 'cancelled', 'rolling-back'],
  approved: ['rehearsed', 'copying', 'failed', 'cancelled', 'rolling-back'],
  rehearsed: ['approved', 'copying', 'failed', 'cancelled', 'rolling-back'],
  copying: ['paused', 'copied', 'failed', 'cancelled', 'rolling-back'],
  paused: ['copying', 'cancelled', 'failed', 'rolling-back'],
  copied: ['validating', 'completed', 'copying', 'failed', 'rolling-back'],
  validating: ['completed', 'copied', 'failed', 'rolling-back'],
  completed: ['validating', 'rolling-back'],
  failed: ['copying', 'copied', 'validating', 'cancelled', 'rolling-back'],
  cancelled: ['rolling-back'],
  'rolling-back': ['rolled-back', 'failed'],
  'rolled-back': [],
};

/** States that lead to the given one, itself included. */
export function statesBefore(state: RunState): RunState[] {
  return RUN_STATES.filter((candidate) => candidate === state || next[candidate].includes(state));
}

/** Nothing is left to do in these. */
export const FINAL_STATES: readonly RunState[] = ['completed', 'cancelled', 'rolled-back'];
