/**
 * Asks a run to stop, from another process. The one that works on it looks about once a second. Where nobody works on it any
 * more, it is cancelled here and now; there is nothing to pause then.
 */
import type { Control } from '../control/control.ts';
import type { RequestedAction } from '../control/run-store.ts';
import { MigrationError } from '../core/errors.ts';

export interface StopRequest {
  readonly action: RequestedAction;
  /** Who asks, for the audit log. */
  readonly by: string | undefined;
}

/** Throws NO_RUN, UNKNOWN_RUN, RUN_IS_OVER and NOT_RUNNING. */
export async function requestStop(
  control: Control,
  runId: string,
  { action, by }: StopRequest,
): Promise<void> {
  if ((await control.state()) === 'absent') throw noRun();
  await control.runs.request(runId, action, by);
  if ((await control.lock.holder())?.runId === runId) return;
  if (action === 'cancel') await cancelDead(control, runId);
  else throw await notRunning(control, runId);
}

/** The lock makes sure that no other process takes the run up meanwhile. */
async function cancelDead(control: Control, runId: string): Promise<void> {
  const lock = await control.lock.acquire(runId);
  try {
    await control.runs.move(runId, 'cancelled');
  } finally {
    await lock.release();
  }
}

async function notRunning(control: Control, runId: string): Promise<MigrationError> {
  await control.runs.clearRequest(runId);
  const { state } = await control.runs.get(runId);
  return new MigrationError({
    code: 'NOT_RUNNING',
    message: `No process works on run ${runId} (${state.replace('-', ' ')}), so there is nothing to pause.`,
    hint: `Continue it with towpath resume ${runId}, or give it up with towpath cancel ${runId}.`,
    details: { runId, currentState: state },
  });
}

export function noRun(): MigrationError {
  return new MigrationError({
    code: 'NO_RUN',
    message: 'Nothing has been moved into this target yet.',
    hint: 'Start with: towpath preflight, then towpath analyze, towpath plan and towpath migrate',
  });
}
