/** What kind of trouble a row was that did not fit as it is, for events and for the report: by reason, rule or SQLSTATE. */
import type { FaultKind } from '../db/recovery-table.ts';
import { kindOfSqlstate } from '../db/sqlstate.ts';
import type { MisfitReason, Repair } from './misfit.ts';

const kinds: Readonly<Record<MisfitReason | Repair['rule'], FaultKind>> = {
  'required-null': 'wrong-length-or-type',
  'too-long': 'wrong-length-or-type',
  'out-of-range': 'wrong-length-or-type',
  'unknown-choice': 'wrong-length-or-type',
  'excess-scale': 'wrong-length-or-type',
  'not-a-number': 'wrong-length-or-type',
  'numeric-overflow': 'wrong-length-or-type',
  'malformed-value': 'wrong-length-or-type',
  'required-part': 'wrong-length-or-type',
  'missing-part': 'wrong-length-or-type',
  'no-match': 'wrong-length-or-type',
  'misfit-to-null': 'wrong-length-or-type',
  'misfit-to-default': 'wrong-length-or-type',
  'misfit-to-placeholder': 'wrong-length-or-type',
  'null-to-default': 'wrong-length-or-type',
  'malformed-email': 'malformed-email',
  'duplicate-email': 'malformed-email',
  'duplicate-value': 'duplicate-key',
  'duplicate-key': 'duplicate-key',
  'ambiguous-match': 'duplicate-key',
  'kept-row-set-aside': 'duplicate-key',
  'orphan-reference': 'missing-parent',
  'unknown-parent-type': 'missing-parent',
  'lookup-missing': 'missing-parent',
  'dangling-reference': 'missing-parent',
  'code-rejected': 'refused-by-code',
  'refused-by-target': 'rule-of-target',
};

/** A SQLSTATE says more than the reason where the target refused the row. */
export function kindOfRow(reason: string, sqlstate: string | null): FaultKind {
  if (reason === 'refused-by-target' && sqlstate !== null) return kindOfSqlstate(sqlstate);
  return kinds[reason as keyof typeof kinds] ?? 'rule-of-target';
}
