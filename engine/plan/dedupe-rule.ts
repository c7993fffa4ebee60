/**
 * When rows of one table that have different keys are the same record: their values agree in these source columns. One of
 * them is moved, the others lead to it. An empty value agrees with none, another empty one included.
 */
import { z } from 'zod';
import { identifier } from './plan-column.ts';

export const dedupeRule = z.strictObject({
  by: z.array(identifier).min(1),
  /** Which one is moved: the first or the last by `orderBy`, then by key. Rows without a value there come behind all others. */
  keep: z.enum(['first', 'last']).default('first'),
  orderBy: identifier.optional(),
  ignoreCase: z.boolean().default(false),
  /** Without blanks at both ends. */
  trim: z.boolean().default(false),
  /** Source columns whose amounts in rows that are not moved may be lost. Every column of money must be named. */
  loses: z.array(identifier).default([]),
});
export type DedupeRule = z.infer<typeof dedupeRule>;

/** Null where the entity has none; keeping one of several equal rows of a table without a key is none. */
export function dedupeRuleOf(entity: { readonly dedupe: boolean | DedupeRule }): DedupeRule | null {
  return typeof entity.dedupe === 'boolean' ? null : entity.dedupe;
}

/** `email and code, whatever the case; the first by created is kept` */
export function dedupeWords(dedupe: boolean | DedupeRule): string {
  if (typeof dedupe === 'boolean') return dedupe ? 'of equal rows one is kept' : 'every row is kept';
  const { by, keep, orderBy, ignoreCase, trim, loses } = dedupe;
  const how = [
    ...(ignoreCase ? ['whatever the case'] : []),
    ...(trim ? ['without blanks at both ends'] : []),
  ].join(' and ');
  const which = `the ${keep} by ${orderBy === undefined ? 'key' : `${orderBy}, then by key,`} is kept`;
  const lost = loses.length === 0 ? '' : `; what the others have in ${loses.join(', ')} is lost`;
  return `rows with the same ${by.join(' and ')}${how === '' ? '' : ` (${how})`} are one record; ${which}${lost}`;
}
