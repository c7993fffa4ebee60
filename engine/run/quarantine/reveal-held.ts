/**
 * A few rows of one card as they are, for a person who decides what to do about them. Who looked and why is committed to
 * the audit log before a value is read. Only the value that did not fit is told, the whole row only where there is none.
 */
import type { RevealedRows, RevealHeld } from '../../contract/quarantine.ts';
import type { Control } from '../../control/control.ts';
import type { HeldRow } from '../../control/quarantine-store.ts';
import { MigrationError } from '../../core/errors.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { needsName } from '../approval-mistakes.ts';
import { cardId, chooseGroups, SAMPLES } from './cards.ts';
import { misfitValue } from './misfit-value.ts';

/** @throws MigrationError UNKNOWN_CARD, NAME_REQUIRED or REASON_REQUIRED */
export async function revealHeld(
  control: Pick<Control, 'quarantine' | 'audit'>,
  { runId, plan }: { readonly runId: string; readonly plan: PlanFile },
  { card, by, reason }: RevealHeld,
): Promise<RevealedRows> {
  if (by.trim() === '') throw needsName();
  if (reason.trim() === '') throw withoutReason();
  const [group] = await chooseGroups(control, runId, [card]);
  const { entity, column } = group!;
  const id = cardId(group!);
  const details = { runId, card: id, entity, column, rows: Math.min(SAMPLES, group!.rows), reason };
  await control.audit.add({ actor: by, action: 'values.revealed', details });
  const planned = plan.entities.find(({ name }) => name === entity);
  const rows = await control.quarantine.rowsOf(runId, group!, { limit: SAMPLES });
  return {
    card: id,
    entity,
    column,
    rows: rows.map((row) => {
      const value = misfitValue(row, planned);
      return { legacyId: row.legacyId, value, row: value === null ? wholeRow(row) : null };
    }),
  };
}

function wholeRow({ sourceRow }: HeldRow): Record<string, string | null> | null {
  if (sourceRow === null || typeof sourceRow !== 'object') return null;
  return Object.fromEntries(
    Object.entries(sourceRow).map(([column, value]) => [column, value === null ? null : String(value)]),
  );
}

function withoutReason(): MigrationError {
  return new MigrationError({
    code: 'REASON_REQUIRED',
    message: 'To see values as they are needs a reason, which stands in the audit log.',
    hint: 'Say why, in a few words. No value was shown.',
  });
}
