/** One column of the plan: where its value comes from, what becomes of it, and what happens where it does not fit. */
import { z } from 'zod';
import { codeText, identifier, transform } from './plan-transform.ts';

export {
  entityName,
  identifier,
  orphanPolicy,
  type ReferenceMatch,
  type Transform,
  transform,
} from './plan-transform.ts';

/** What happens to a value that does not fit its column. */
export const misfitPolicy = z.enum(['quarantine', 'null', 'placeholder', 'default']);

/** Code that makes several columns of a row at once. Each of them is a column with the transform `{ kind: code }`. */
export const codeBlock = z.strictObject({
  ...codeText,
  /** Source columns, as text in the order they are handed over. */
  reads: z.array(identifier).min(1),
  /** Target columns. */
  writes: z.array(identifier).min(1),
});

export const personalKind = z.enum([
  'name',
  'email',
  'phone',
  'address',
  'birth-date',
  'national-id',
  'bank',
  'online',
  'free-text',
  'secret',
  'other',
]);

export const planColumn = z.strictObject({
  to: identifier,
  /** SQL type of the target column, as `format_type` prints it. */
  type: z.string().min(1),
  nullable: z.boolean(),
  /** Source column; absent for constants, the primary key and metadata. */
  from: identifier.optional(),
  transform: z.union([transform, z.array(transform).min(1)]).default({ kind: 'copy' }),
  onMisfit: misfitPolicy.default('quarantine'),
  /** Inclusive bounds as PostgreSQL text; a value outside does not fit. Compared by the type's own order. */
  range: z.strictObject({ min: z.string().optional(), max: z.string().optional() }).optional(),
  /** Used for `onMisfit: default` and for nulls in a column that must not be null. Text form of the value. */
  default: z.string().optional(),
  /** Used for `onMisfit: placeholder`; `{key}` is the row's legacy key. For text columns it may be left out: `legacy-{key}`. */
  placeholder: z.string().optional(),
  personal: personalKind.optional(),
  /** Money columns are summed exactly on both sides; `currency` and `month` name source columns to group by. */
  money: z.strictObject({ currency: identifier.optional(), month: identifier.optional() }).optional(),
  confidence: z.number().min(0).max(1),
  reason: z.string(),
});

export type CodeBlock = z.infer<typeof codeBlock>;
export type PlanColumn = z.infer<typeof planColumn>;
