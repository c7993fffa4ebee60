/** One column of the plan and what may happen to its values. The list of transforms is closed: docs/plan-reference.md has each. */
import { z } from 'zod';

export const identifier = z.string().min(1).max(63);
export const entityName = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, 'an entity name is lower case letters, digits and underscores')
  .max(63);

/** What happens to a value that does not fit its column. */
export const misfitPolicy = z.enum(['quarantine', 'null', 'placeholder', 'default']);

/** What happens to a reference whose parent row is not in the new system. */
export const orphanPolicy = z.enum(['quarantine', 'null']);

const referenceMatch = z.strictObject({
  columns: z.array(identifier).min(1),
  parentColumns: z.array(identifier).min(1),
});

/**
 * TypeScript that runs in the sandbox and nowhere else: `export default function transform(row: Row): Result`. It stands in
 * a file beside the plan or in `source`; of a file, `source` is filled in when the plan is read, so that the hash that
 * approvals name covers it and a run keeps the code that was approved.
 */
const codeText = {
  file: z
    .string()
    .regex(
      /^(?!.*\.\.)[A-Za-z0-9_][A-Za-z0-9_./-]*\.ts$/,
      'a code file is a path below the plan that ends in .ts',
    )
    .max(200)
    .optional(),
  source: z.string().min(1).max(100_000).optional(),
};

/** Code that makes several columns of a row at once. Each of them is a column with the transform `{ kind: code }`. */
export const codeBlock = z.strictObject({
  ...codeText,
  /** Source columns, as text in the order they are handed over. */
  reads: z.array(identifier).min(1),
  /** Target columns. */
  writes: z.array(identifier).min(1),
});

/** One transform of one column. The list is closed: what is not here needs the `code` transform. */
export const transform = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('copy') }),
  z.strictObject({ kind: z.literal('cast') }),
  z.strictObject({ kind: z.literal('trim') }),
  z.strictObject({ kind: z.literal('lower') }),
  z.strictObject({ kind: z.literal('upper') }),
  z.strictObject({ kind: z.literal('empty-to-null') }),
  z.strictObject({ kind: z.literal('default'), value: z.string() }),
  z.strictObject({ kind: z.literal('constant'), value: z.string().nullable() }),
  z.strictObject({
    kind: z.literal('choice'),
    map: z.record(z.string(), z.string()),
    unknown: z.enum(['quarantine', 'null', 'keep']).default('quarantine'),
  }),
  z.strictObject({ kind: z.literal('boolean'), true: z.array(z.string()), false: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('time-zone'), zone: z.string() }),
  z.strictObject({ kind: z.literal('epoch'), unit: z.enum(['seconds', 'milliseconds']).default('seconds') }),
  z.strictObject({ kind: z.literal('json') }),
  z.strictObject({ kind: z.literal('money'), scale: z.int().min(0).max(20) }),
  z.strictObject({
    kind: z.literal('email'),
    /** Domain of addresses derived from the legacy id; `.invalid` never delivers. */
    placeholderDomain: z.string().default('placeholder.invalid'),
    unique: z.boolean().default(false),
  }),
  z.strictObject({ kind: z.literal('uuid') }),
  z.strictObject({
    kind: z.literal('reference'),
    entity: entityName,
    onMissing: orphanPolicy.default('quarantine'),
    /** Where the parent is not found by its key's own text: columns of this table, and the parent's that they equal. */
    match: referenceMatch.optional(),
  }),
  z.strictObject({
    kind: z.literal('polymorphic'),
    typeColumn: identifier,
    /** Value of the type column, as text → entity. */
    entities: z.record(z.string(), entityName),
    onMissing: orphanPolicy.default('quarantine'),
  }),
  /** The rest as jsonb: every source column named here, and what was repaired on the way. */
  z.strictObject({ kind: z.literal('metadata'), columns: z.array(identifier) }),
  /**
   * Code of this column alone, reading `reads` (by default `from`); without code of its own the column is written by a
   * block of the entity's `code` that names it under `writes`.
   */
  z.strictObject({ kind: z.literal('code'), ...codeText, reads: z.array(identifier).min(1).optional() }),
]);

export const personalKind = z.enum([
  'name',
  'email',
  'phone',
  'address',
  'birth-date',
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
  personal: personalKind.optional(),
  /** Money columns are summed exactly on both sides; `currency` and `month` name source columns to group by. */
  money: z.strictObject({ currency: identifier.optional(), month: identifier.optional() }).optional(),
  confidence: z.number().min(0).max(1),
  reason: z.string(),
});

export type ReferenceMatch = z.infer<typeof referenceMatch>;
export type CodeBlock = z.infer<typeof codeBlock>;
export type Transform = z.infer<typeof transform>;
export type PlanColumn = z.infer<typeof planColumn>;
