/**
 * Removes from the control schema what is only of passing interest: checkpoint summaries, errors, artifacts. Log files are
 * the entry point’s business. Never mappings, approvals, validation reports, quarantine or the audit log, and never
 * what a run still needs: the last checkpoint of each run and the plans that runs and approvals name stay at any age.
 */
import type { Control } from '../control/control.ts';
import { MigrationError } from '../core/errors.ts';

export interface CleanUpInput {
  readonly control: Pick<Control, 'checkpoints' | 'errors' | 'artifacts' | 'audit'>;
  /** Whole, 0 or more. */
  readonly olderThanDays: number;
}

export interface CleanUpResult {
  /** Rows by what they were. */
  readonly removed: Readonly<Record<'checkpoints' | 'errors' | 'artifacts', number>>;
}

export async function cleanUp({ control, olderThanDays: days }: CleanUpInput): Promise<CleanUpResult> {
  if (!Number.isInteger(days) || days < 0) {
    throw new MigrationError({
      code: 'INVALID_DAYS',
      message: `Nothing was removed: “${days}” is not a number of days.`,
      hint: 'Give a whole number of days: towpath cleanup --days 30.',
      details: { days },
    });
  }
  const removed = {
    checkpoints: await control.checkpoints.deleteOlderThan(days),
    errors: await control.errors.deleteOlderThan(days),
    artifacts: await control.artifacts.deleteOlderThan(days),
  };
  await control.audit.add({ actor: 'towpath cleanup', action: 'cleanup', details: { days, removed } });
  return { removed };
}
