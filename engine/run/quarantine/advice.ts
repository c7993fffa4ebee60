/** What would help rows that were set aside, where no change of the plan does. */
import type { QuarantineGroup } from '../../control/quarantine-store.ts';

export function adviceOf({ reason, sqlstate }: QuarantineGroup): string {
  const kind = reason === 'refused-by-target' ? (sqlstate ?? reason) : reason;
  return ADVICE[kind] ?? 'Correct the rows in the old database, or export them; then retry.';
}

const POINTS =
  'Each of these rows needs the record that it points to. Retry that one first if it is set aside too, or correct the link in the old database; then retry.';
const TWICE =
  'Decide in the old database which of the equal rows is right and change or remove the other; or leave it out with a filter. Then retry.';
const RULE =
  'A rule of the new database refuses these rows. Correct them in the old database, or change the rule there; then retry.';

const ADVICE: Readonly<Record<string, string>> = {
  'orphan-reference': POINTS,
  'dangling-reference': POINTS,
  'unknown-parent-type': POINTS,
  '23503': POINTS,
  'duplicate-key': TWICE,
  'duplicate-value': TWICE,
  '23505': TWICE,
  'kept-row-set-aside':
    'Each of these rows is the same record as one that was set aside. Retry that one first, then these; or export them.',
  'ambiguous-match':
    'Say which record is meant: make the values that they are matched by different, here or there; then retry.',
  'code-rejected': 'Correct the code of the plan, try it with towpath sandbox try, and retry.',
  'required-null':
    'Fill the value in in the old database, or write a standard value into the plan; then retry.',
  '23502': 'Fill the value in in the old database, or write a standard value into the plan; then retry.',
  '23514': RULE,
  '23P01': RULE,
};
