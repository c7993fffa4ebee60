/**
 * When a row of a table that exists already is the same as an old one: known by equal values of these target columns. Such a row
 * keeps its id, and either everything else too (`keep`) or gets the old system's values (`update`).
 */
import { z } from 'zod';
import { identifier } from './plan-column.ts';

export const mergeRule = z.strictObject({
  by: z.array(identifier).min(1),
  onMatch: z.enum(['keep', 'update']).default('keep'),
});
