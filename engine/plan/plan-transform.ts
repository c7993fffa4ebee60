/**
 * The transforms of a column: a closed list, each with a section in docs/plan-reference.md. What is not here needs `code`.
 * `misfit` as an answer means: the value does not fit, and the column's `onMisfit` says what happens then.
 */
import { z } from 'zod';

export const identifier = z.string().min(1).max(63);
export const entityName = z
  .string()
  .regex(/^[a-z][a-z0-9_]*$/, 'an entity name is lower case letters, digits and underscores')
  .max(63);

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
export const codeText = {
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

/** Those that work on one value, whichever it is: they can be chained, and can work on each element of an array. */
const ofOneValue = [
  z.strictObject({ kind: z.literal('copy') }),
  z.strictObject({ kind: z.literal('cast') }),
  z.strictObject({ kind: z.literal('trim') }),
  z.strictObject({ kind: z.literal('lower') }),
  z.strictObject({ kind: z.literal('upper') }),
  z.strictObject({
    kind: z.literal('empty-to-null'),
    /** Texts that stand for nothing as well, such as `n/a`, without regard to case. */
    words: z.array(z.string()).optional(),
  }),
  z.strictObject({ kind: z.literal('default'), value: z.string() }),
  z.strictObject({
    kind: z.literal('choice'),
    map: z.record(z.string(), z.string()),
    unknown: z.enum(['quarantine', 'null', 'keep']).default('quarantine'),
  }),
  z.strictObject({ kind: z.literal('boolean'), true: z.array(z.string()), false: z.array(z.string()) }),
  z.strictObject({ kind: z.literal('time-zone'), zone: z.string() }),
  z.strictObject({
    kind: z.literal('epoch'),
    unit: z.enum(['seconds', 'milliseconds', 'microseconds']).default('seconds'),
  }),
  z.strictObject({
    kind: z.literal('json'),
    /** Text that is no JSON does not fit, or becomes a JSON string. */
    otherwise: z.enum(['misfit', 'text']).optional(),
  }),
  z.strictObject({
    kind: z.literal('money'),
    scale: z.int().min(0).max(20),
    /** Of amounts in text: the decimal point (by default `.`), what separates thousands, and signs that may stand there. */
    point: z.enum(['.', ',']).optional(),
    thousands: z.enum([',', '.', ' ', "'"]).optional(),
    signs: z.array(z.string().min(1).max(10)).max(20).optional(),
  }),
  z.strictObject({
    kind: z.literal('email'),
    /** Domain of addresses derived from the legacy id; `.invalid` never delivers. */
    placeholderDomain: z.string().default('placeholder.invalid'),
    unique: z.boolean().default(false),
    /** What is no address, and what repeats one: a placeholder (by default), or it does not fit. */
    onMalformed: z.enum(['placeholder', 'misfit']).optional(),
    onDuplicate: z.enum(['placeholder', 'misfit']).optional(),
  }),
  z.strictObject({
    kind: z.literal('phone'),
    /** Two letters of the country whose numbers are written without a prefix, such as DE. */
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, 'a country is two capital letters')
      .optional(),
    /** `valid`: assigned in its country's plan of numbers; `possible`: of a length that may exist. */
    check: z.enum(['valid', 'possible']).default('valid'),
    /** An extension does not fit, since E.164 has none; or it is dropped, or kept as `;ext=12`. */
    extension: z.enum(['misfit', 'drop', 'keep']).default('misfit'),
    /** What is no such number does not fit, or stays as it is. */
    otherwise: z.enum(['misfit', 'keep']).optional(),
  }),
  z.strictObject({
    kind: z.literal('split'),
    separator: z.string().min(1).max(20),
    /** Counted from 1. */
    part: z.int().min(1).max(1000).default(1),
    fromEnd: z.boolean().default(false),
    /** With everything behind the part (before it, counted from the end). */
    rest: z.boolean().default(false),
    missing: z.enum(['null', 'misfit']).default('null'),
  }),
  z.strictObject({
    kind: z.literal('replace'),
    /** A regular expression of RE2, which takes time in proportion to the text. */
    pattern: z.string().min(1).max(500),
    /** What takes its place; `$1` or `${name}` are its groups, `$$` is a dollar sign. */
    with: z.string().max(500),
    ignoreCase: z.boolean().default(false),
    /** Only the first place instead of all. */
    first: z.boolean().default(false),
    noMatch: z.enum(['keep', 'null', 'misfit']).default('keep'),
  }),
  z.strictObject({
    kind: z.literal('hash'),
    /** With the migration's secret, so that nobody who guesses the value can tell that it is the right one. */
    keyed: z.boolean().default(false),
  }),
  z.strictObject({
    kind: z.literal('mask'),
    style: z.enum(['redact', 'keep-domain', 'fake', 'year-only']),
    /** redact: what stands there instead. */
    with: z.string().optional(),
    /** fake: what it shall look like; `shape` keeps the form: letters stay letters and digits digits. */
    as: z
      .enum(['shape', 'name', 'first-name', 'last-name', 'email', 'phone', 'street', 'city', 'company'])
      .optional(),
  }),
] as const;

const simpleTransform = z.discriminatedUnion('kind', ofOneValue).meta({ id: 'transformOfOneValue' });

export const transform = z
  .discriminatedUnion('kind', [
    ...ofOneValue,
    z.strictObject({ kind: z.literal('constant'), value: z.string().nullable() }),
    z.strictObject({
      kind: z.literal('template'),
      /** `{column}` is the text of a source column, `{{` and `}}` are braces. */
      text: z.string().min(1).max(2000),
      /** Where a column is empty: the whole is empty, it counts as no text, it goes with the text before it, or nothing fits. */
      ifNull: z.enum(['null', 'empty', 'skip', 'misfit']).default('null'),
    }),
    z.strictObject({
      kind: z.literal('array'),
      each: z.union([simpleTransform, z.array(simpleTransform).min(1)]),
      /** The source is a text and not an array: what separates its elements. */
      separator: z.string().min(1).max(20).optional(),
      /** An element that does not fit: the whole does not, it becomes null, or it is left out. */
      elements: z.enum(['misfit', 'null', 'drop']).default('misfit'),
    }),
    z.strictObject({
      kind: z.literal('lookup'),
      /** Where to look: an entity of the plan, or any table of the source. */
      entity: entityName.optional(),
      table: z.strictObject({ schema: identifier, table: identifier }).optional(),
      /** The source column whose value is taken. */
      column: identifier,
      /** Columns of this table, and the other's that they equal; without it `from` is the other's key. */
      match: referenceMatch.optional(),
      /** No such row: it does not fit, or the value is empty. */
      onMissing: orphanPolicy.default('quarantine'),
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
  ])
  .meta({ id: 'transform' });

export type ReferenceMatch = z.infer<typeof referenceMatch>;
export type SimpleTransform = z.infer<typeof simpleTransform>;
export type Transform = z.infer<typeof transform>;
