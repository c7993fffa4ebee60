/** What a cause is called: a sentence of the texts by the engine's reason; an unknown one is told by its explanation. */
const titles = {
  'required-null': 'requiredNull',
  'too-long': 'tooLong',
  'out-of-range': 'outOfRange',
  'unknown-choice': 'unknownChoice',
  'orphan-reference': 'orphan',
  'dangling-reference': 'dangling',
  'unknown-parent-type': 'orphan',
  'excess-scale': 'excessScale',
  'not-a-number': 'notANumber',
  'numeric-overflow': 'tooLarge',
  'malformed-value': 'malformed',
  'no-match': 'malformed',
  'missing-part': 'malformed',
  'required-part': 'requiredNull',
  'lookup-missing': 'orphan',
  'duplicate-value': 'duplicate',
  'duplicate-key': 'duplicate',
  'refused-by-target': 'refused',
} as const;

type TitleKey = (typeof titles)[keyof typeof titles] | 'other';

export function titleKeyOf(reason: string): TitleKey {
  return Object.hasOwn(titles, reason) ? titles[reason as keyof typeof titles] : 'other';
}

/** `birth_date` → `birth date`; a link is called by what it points to. */
export function fieldOf(column: string): string {
  return column.replace(/_id$/, '').replaceAll('_', ' ').trim();
}
