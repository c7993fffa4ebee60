/** Why a retry that went through is no success all the same; the exit code follows from it. */
import type { RetryReport } from '../../engine/contract/quarantine.ts';
import { MigrationError } from '../../engine/core/errors.ts';
import { countOf } from '../../engine/report/words.ts';
import type { Context } from '../command.ts';

/** Null where there is none. */
export function problemOf(
  context: Context,
  { runId, rows, entities, validation }: RetryReport,
): MigrationError | null {
  const moved = 'What was moved is in the target; comparing changed nothing.';
  if (validation === 'differences')
    return new MigrationError({
      code: 'VALIDATION_FAILED',
      message: 'Everything was compared again, and there are differences between the old and the new system.',
      hint: `${moved} Read them with “${context.again(`report ${runId} --detailed`)}” before anybody uses the new system.`,
      details: { runId },
    });
  if (validation === 'incomplete')
    return new MigrationError({
      code: 'VALIDATION_INCOMPLETE',
      message: 'Everything was to be compared again, and not all of it could be.',
      hint: `${moved} Compare again with: ${context.again(`validate all ${runId}`)}`,
      details: { runId },
    });
  const settled = entities.some(
    ({ moved: came, duplicates, gone, leftOut }) => came + duplicates + gone + leftOut > 0,
  );
  if (rows === 0 || settled) return null;
  return new MigrationError({
    code: 'NOTHING_FITS',
    message: `${countOf(rows, 'row')} ${rows === 1 ? 'was' : 'were'} tried again, and none of them fits.`,
    hint: `The target is as it was. What each cause needs is shown by: ${context.again('quarantine list')}`,
    details: { runId, rows },
  });
}
