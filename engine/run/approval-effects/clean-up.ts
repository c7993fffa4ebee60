/** Removing old notes of Towpath itself. Tied to no plan; none of the migrated rows is concerned. */
import { MigrationError } from '../../core/errors.ts';
import { countOf } from '../../report/words.ts';
import { oldRecordsSql } from './clean-up.sql.ts';
import type { Effect, EffectDependencies } from './effect.ts';

export async function cleanUpEffect(
  { target }: Pick<EffectDependencies, 'target'>,
  days: number,
): Promise<Effect> {
  if (!Number.isInteger(days) || days < 0) {
    throw new MigrationError({
      code: 'INVALID_DAYS',
      message: `“${days}” is not a number of days.`,
      hint: 'Give a whole number of days, 0 or more.',
      details: { days },
    });
  }
  const rows = await oldRecords(target, days);
  return {
    action: 'clean-up',
    title:
      days === 0
        ? 'Remove the notes about finished work.'
        : `Remove notes about finished work that are older than ${countOf(days, 'day')}.`,
    effect: [
      `At most ${countOf(rows, 'note')} about finished work are removed: summaries of progress, errors, intermediate results.`,
      'Not touched: the records in the new system, their old and new ids, rows set aside, validations, approvals and the record of who did what.',
      'Undoing a run stays possible.',
    ],
    rows,
    // some grow old enough while the approval holds
    maxRows: Math.max(rows, await oldRecords(target, Math.max(0, days - 1))),
    reversible: {
      answer: 'no',
      how: 'The notes are gone for good; nothing of the migration depends on them.',
    },
    inTarget: 'What is in the new system stays as it is.',
    needsReason: false,
    planHash: '',
    sourceFingerprint: null,
    targetFingerprint: null,
    runId: null,
    subject: `days=${days}`,
    basis: null,
  };
}

async function oldRecords(target: EffectDependencies['target'], days: number): Promise<number> {
  const [counted] = await target.query<{ rows: number }>(oldRecordsSql, [days]);
  return counted!.rows;
}
