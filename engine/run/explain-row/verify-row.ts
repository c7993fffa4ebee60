/** Which validation covered the row since it came, and what it said; never more than that. */
import type { RowVerification } from '../../contract/explain.ts';
import type { Control } from '../../control/control.ts';
import { formatMoment } from '../../report/words.ts';
import { storedValidation } from '../../validation/stored-validation.ts';

const LOOKED_THROUGH = 50;
/** The check that compares every row and column. */
const WHOLE_ROWS = 'row-compare';

export async function verificationOf(
  control: Pick<Control, 'validations'>,
  of: {
    readonly runId: string;
    readonly entity: string;
    readonly legacyId: string;
    readonly since: string | null;
  },
): Promise<RowVerification> {
  for (const stored of await control.validations.list(of.runId, LOOKED_THROUGH)) {
    if (of.since !== null && stored.createdAt < of.since) break;
    const report = storedValidation(stored.report);
    const check = report?.checks.find(({ entity, type }) => entity === of.entity && type === WHOLE_ROWS);
    if (!report || !check) continue;
    const at = stored.createdAt;
    const when = `The comparison of all rows of ${of.entity} at ${formatMoment(at)}`;
    const own = report.issues.filter(({ entity, key }) => entity === of.entity && key === of.legacyId);
    if (own.length > 0)
      return { state: 'differences', at, words: `${when} found this row otherwise than the plan says.` };
    if (check.status === 'pass')
      return { state: 'verified', at, words: `${when} found nothing that differs.` };
    if (check.status === 'fail')
      return {
        state: 'incomplete',
        at,
        words: `${when} found differences; this row is not among those that it lists.`,
      };
    return { state: 'incomplete', at, words: `${when} could not be finished: ${check.message}` };
  }
  return { state: 'not-yet', at: null, words: 'It has not been compared since it was moved.' };
}
