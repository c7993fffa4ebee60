/** Each reason in words that need no engineer. `{column}` stands for the column’s name, in words. */
import type { Cause } from '../contract/quarantine.ts';
import type { MisfitReason, Repair } from '../mapping/misfit.ts';

const setAside: Readonly<Record<MisfitReason, string>> = {
  'required-null': 'The old row has no value for {column}, and the new system requires one.',
  'too-long': 'The text in {column} is longer than the new system allows; it was not cut.',
  'out-of-range': 'The value in {column} is outside the range that the plan holds possible for it.',
  'unknown-choice': 'The code in {column} is not one of the known choices, so its meaning is not clear.',
  'orphan-reference':
    'The row points, in {column}, to a record that does not exist in the old system or was set aside itself.',
  'unknown-parent-type': 'The row points, in {column}, to a kind of record that the plan does not know.',
  'excess-scale':
    'The number in {column} has more decimal places than the new system keeps; amounts are never rounded.',
  'not-a-number': 'The amount in {column} is “not a number”, which the new system does not accept.',
  'numeric-overflow': 'The number in {column} is too large for the new system.',
  'malformed-value': 'The value in {column} could not be read as what it should be.',
  'required-part': 'One of the old fields that {column} is put together from is empty.',
  'missing-part': 'The text in {column} has fewer parts than the plan expects.',
  'no-match': 'The text in {column} is not of the form that the plan expects.',
  'lookup-missing': 'The row that {column} is to be taken from does not exist in the old system.',
  'duplicate-value': 'An earlier row has the same value in {column}, where each value may occur once.',
  'code-rejected': 'The code that works out {column} did not accept the row.',
  'refused-by-target': 'The new database refused the row.',
  'duplicate-key': 'Another row has the same value in {column}, where each value may occur once.',
  'dangling-reference': 'The row points, in {column}, to a record that was itself set aside.',
  'ambiguous-match':
    'More than one record is the same by {column}, here or there, so nobody can say which belongs to which.',
  'kept-row-set-aside':
    'The row is the same record as another by {column}, and that one, which was to move for both, was set aside.',
};

const repaired: Readonly<Record<Repair['rule'], string>> = {
  'orphan-reference':
    'The record that the field {column} pointed to does not exist; the field was left empty, and the old number kept in the notes of the row.',
  'malformed-email':
    'The e-mail address could not be valid; a placeholder that never receives mail took its place, and the old text was kept in the notes of the row.',
  'duplicate-email':
    'Another person has the same e-mail address; a placeholder that never receives mail took its place, and the old address was kept in the notes of the row.',
  'misfit-to-null':
    'The value in {column} did not fit; the field was left empty, as the plan says, and the old value kept in the notes of the row.',
  'misfit-to-default':
    'The value in {column} did not fit; the plan’s standard value took its place, and the old value was kept in the notes of the row.',
  'misfit-to-placeholder':
    'The value in {column} was missing or did not fit; a placeholder took its place, as the plan says, and the old value was kept in the notes of the row.',
  'null-to-default': '{column} was empty where a value is required; the plan’s standard value was filled in.',
};

/** What only the server sees, by SQLSTATE (PostgreSQL documentation, appendix A). */
const refusals: Readonly<Record<string, string>> = {
  '22001': setAside['too-long'],
  '22003': setAside['numeric-overflow'],
  '22007': 'The date or time in {column} could not be read.',
  '22008': 'The date or time in {column} is outside what the new system can keep.',
  '22021': 'The text in {column} holds bytes that are not valid in the new system’s encoding.',
  '22P02': setAside['malformed-value'],
  '22P03': setAside['malformed-value'],
  '22P05': 'The text in {column} holds a character that the new system cannot store.',
  '23502': setAside['required-null'],
  '23503': setAside['orphan-reference'],
  '23505': setAside['duplicate-key'],
  '23514': 'A rule of the new system (a check) does not allow the row’s values.',
  '23P01': 'The row overlaps another one where the new system forbids it.',
};

export function explainCause(cause: Pick<Cause, 'outcome' | 'reason' | 'sqlstate' | 'column'>): string {
  const words =
    cause.column === null || cause.column === '' ? 'one of its fields' : cause.column.replaceAll('_', ' ');
  const text = textOf(cause).replaceAll('{column}', words);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function textOf({ outcome, reason, sqlstate }: Pick<Cause, 'outcome' | 'reason' | 'sqlstate'>): string {
  const table: Readonly<Record<string, string>> = outcome === 'quarantined' ? setAside : repaired;
  const refusal = reason === 'refused-by-target' && sqlstate !== null ? refusals[sqlstate] : undefined;
  const known = refusal ?? table[reason];
  if (known !== undefined) return known;
  return outcome === 'quarantined'
    ? `The row was set aside: ${reason}.`
    : `The row was changed to fit: ${reason}.`;
}
