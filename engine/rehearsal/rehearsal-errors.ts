/** Errors of a rehearsal, with the next step that is right for one: it is not resumed but begun again, and leaves nothing or is cleared away. */
import type { RunResult } from '../contract/run.ts';
import type { Control } from '../control/control.ts';
import { isAbort, MigrationError } from '../core/errors.ts';

/** Whether the scratch schemas were seen to be gone when the error was told. */
export type Cleared = { readonly cleared: boolean };

/** Codes whose own next step is right for a rehearsal, too. */
const WITH_OWN_NEXT_STEP = new Set(['RUN_IN_PROGRESS', 'CHAOS_NOT_BEGUN', 'APPROVAL_EXCEEDED']);

/** The engine's errors say how to resume the run; a rehearsal is not resumed but begun again. */
export function ofRehearsal(error: unknown, { cleared }: Cleared): unknown {
  if (isAbort(error)) return stopped({ cleared });
  if (!(error instanceof MigrationError)) return error;
  const { code, message, details, severity, retryable, cause } = error;
  const next = WITH_OWN_NEXT_STEP.has(code)
    ? error.hint
    : 'Put the cause right, in the plan or on the servers, then: towpath rehearse';
  // what did not begin left nothing, and says so itself
  const hint = code === 'RUN_IN_PROGRESS' ? next : `${leftWords({ cleared })} ${next}`;
  return new MigrationError({ code, message, hint, details, severity, retryable, cause });
}

/** Where some kinds of records went through, what stopped the first other one. */
export function whatStopped({ entities, error }: RunResult): unknown {
  const broken = entities.find((entity) => entity.error !== null)?.error ?? error;
  return broken === null ? new DOMException('stopped', 'AbortError') : new MigrationError(broken);
}

export async function refuseBesideRun(control: Control): Promise<void> {
  const holder = await control.lock.holder();
  if (holder === null) return;
  throw new MigrationError({
    code: 'RUN_IN_PROGRESS',
    message: `${holder.runId ? `Run ${holder.runId}` : 'A rehearsal or another step of Towpath'} is working on this target, so nothing can be rehearsed beside it.`,
    hint: holder.runId ? `Watch it with: towpath watch ${holder.runId}` : 'Wait until it has ended.',
  });
}

function stopped({ cleared }: Cleared): MigrationError {
  return new MigrationError({
    code: 'REHEARSAL_STOPPED',
    message: 'The rehearsal was stopped before it was checked.',
    hint: `${leftWords({ cleared })} Begin again: towpath rehearse`,
  });
}

function leftWords({ cleared }: Cleared): string {
  return cleared
    ? 'Nothing of the rehearsal is left in the target.'
    : 'Scratch schemas of the rehearsal (towpath_rehearsal_…) may still be in the target; the next rehearsal removes them.';
}
