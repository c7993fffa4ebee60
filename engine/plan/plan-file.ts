/**
 * The plan file: the only thing an agent may change and the only thing the engine obeys.
 * This schema is the contract; docs/plan.schema.json is generated from it for editors.
 */
import { z } from 'zod';

const identifier = z.string().min(1).max(63);
const entityName = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, 'an entity name is lower case letters, digits and underscores')
  .max(63);
const tableName = z.strictObject({ schema: identifier, table: identifier });

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

export const planEntity = z.strictObject({
  name: entityName,
  source: tableName,
  target: tableName,
  key: z.strictObject({
    /** Source columns that identify a row; empty when the table has no key (rows are then known by content). */
    columns: z.array(identifier),
    kind: z.enum(['integer', 'text', 'uuid', 'composite', 'none']),
  }),
  level: z.int().min(1),
  priority: z.enum(['critical', 'high', 'medium']),
  phase: z.string(),
  financial: z.boolean().default(false),
  /** SQL condition over the source row; rows that do not meet it are counted as excluded. */
  where: z.string().optional(),
  /** Keep one of several exactly equal rows (only for a table without a key). */
  dedupe: z.boolean().default(false),
  maxFailureRate: z.number().min(0).max(1).optional(),
  columns: z.array(planColumn).min(1),
  code: z.array(codeBlock).min(1).optional(),
  /** Target columns whose reference is settled in the second pass, because the parent is in the same level or later. */
  deferred: z.array(identifier).default([]),
  uniques: z.array(z.strictObject({ name: identifier, columns: z.array(identifier).min(1) })).default([]),
  indexes: z.array(z.strictObject({ name: identifier, columns: z.array(identifier).min(1) })).default([]),
  checks: z.array(z.strictObject({ name: identifier, expression: z.string().min(1) })).default([]),
  /** Source columns that neither become a column nor go to metadata, with the reason. */
  leftOut: z.array(z.strictObject({ column: identifier, reason: z.string().min(1) })).default([]),
  estimatedRows: z.int().min(0),
  difficulty: z.enum(['easy', 'moderate', 'hard']),
  notes: z.array(z.string()).default([]),
});

export const planFile = z.strictObject({
  version: z.literal(1),
  /** Name of the migration: ids derive from its secret namespace, so it must not change once rows are moved. */
  migration: z
    .string()
    .regex(/^[a-z][a-z0-9_-]*$/)
    .max(63),
  source: z.strictObject({
    database: z.string(),
    schemas: z.array(identifier),
    /** Fingerprint of the source catalog that this plan was made for. */
    fingerprint: z.string(),
  }),
  target: z.strictObject({
    schema: identifier,
    /** True: Towpath creates the tables. False: they exist already. */
    create: z.boolean(),
  }),
  settings: z.strictObject({
    maxFailureRate: z.number().min(0).max(1).default(0.01),
    /** Zone of source timestamps without one. */
    timeZone: z.string().default('UTC'),
  }),
  entities: z.array(planEntity).min(1),
  groups: z.record(z.string(), z.array(entityName)),
  phases: z.array(z.strictObject({ name: z.string(), entities: z.array(entityName) })),
  excluded: z.array(tableName.extend({ reason: z.string().min(1) })).default([]),
  risks: z
    .array(z.strictObject({ severity: z.enum(['low', 'medium', 'high']), text: z.string() }))
    .default([]),
  estimate: z.strictObject({ rows: z.int(), bytes: z.int(), seconds: z.number() }),
});

export type ReferenceMatch = z.infer<typeof referenceMatch>;
export type CodeBlock = z.infer<typeof codeBlock>;
export type Transform = z.infer<typeof transform>;
export type PlanColumn = z.infer<typeof planColumn>;
export type PlanEntity = z.infer<typeof planEntity>;
export type PlanFile = z.infer<typeof planFile>;
/** A plan as people write it, before defaults are filled in. */
export type PlanFileInput = z.input<typeof planFile>;
