/**
 * A transform as a model can write it in strict mode: one flat object with every field there and null where the kind has
 * no use for it, since unions and records are what models and strict mode stumble over. Becomes the plan's own form,
 * which the plan's own schema then checks.
 */
import { z } from 'zod';

const words = z.array(z.string()).nullable();

export const transformInput = z.strictObject({
  kind: z.enum([
    'copy',
    'cast',
    'trim',
    'lower',
    'upper',
    'empty-to-null',
    'default',
    'constant',
    'choice',
    'boolean',
    'time-zone',
    'epoch',
    'json',
    'money',
    'email',
    'uuid',
    'reference',
    'polymorphic',
    'metadata',
    'code',
  ]),
  value: z.string().nullable().describe('default, constant: the value as text'),
  choices: z
    .array(z.strictObject({ code: z.string(), word: z.string() }))
    .nullable()
    .describe('choice: each old code and the word it becomes'),
  unknown: z
    .enum(['quarantine', 'null', 'keep'])
    .nullable()
    .describe('choice: what happens to a code that is not listed'),
  trueWords: words.describe('boolean: what counts as true'),
  falseWords: words.describe('boolean: what counts as false'),
  zone: z.string().nullable().describe('time-zone: such as Europe/Berlin'),
  unit: z.enum(['seconds', 'milliseconds']).nullable().describe('epoch'),
  scale: z.int().min(0).max(20).nullable().describe('money: digits after the point'),
  placeholderDomain: z.string().nullable().describe('email: domain of made-up addresses'),
  unique: z.boolean().nullable().describe('email: an address may be used once only'),
  entity: z.string().nullable().describe('reference: the entity that is referred to'),
  onMissing: z
    .enum(['quarantine', 'null'])
    .nullable()
    .describe('reference, polymorphic: when the record referred to is not there'),
  typeColumn: z.string().nullable().describe('polymorphic: the old column that says which kind is meant'),
  entities: z
    .array(z.strictObject({ value: z.string(), entity: z.string() }))
    .nullable()
    .describe('polymorphic: each value of that column and its entity'),
  source: z
    .string()
    .nullable()
    .describe(
      'code, once tryCode has let it pass: TypeScript that imports nothing: export default function transform(row: Row): Result { … }. Row has the old columns of reads, Result this one column; it runs in the sandbox, sees one row at a time, and must give the same answer for the same row',
    ),
  reads: words.describe('code: the old columns it works with; null for the column’s own old one'),
  columns: words.describe('metadata: the old columns that are kept in the notes'),
});

type TransformInput = z.infer<typeof transformInput>;

/** What the plan's schema shall judge: only what the kind uses, and nothing for what was left null. */
export function planTransform(input: TransformInput): Readonly<Record<string, unknown>> {
  return { kind: input.kind, ...given(fieldsOf(input)) };
}

function fieldsOf(input: TransformInput): Readonly<Record<string, unknown>> {
  const { value, unknown, zone, unit, scale, placeholderDomain, unique, entity, onMissing, typeColumn } =
    input;
  switch (input.kind) {
    case 'default':
      return { value };
    case 'constant':
      return { value: value ?? keepNull };
    case 'choice':
      return { map: record(input.choices, 'code', 'word'), unknown };
    case 'boolean':
      return { true: input.trueWords, false: input.falseWords };
    case 'time-zone':
      return { zone };
    case 'epoch':
      return { unit };
    case 'money':
      return { scale };
    case 'email':
      return { placeholderDomain, unique };
    case 'reference':
      return { entity, onMissing };
    case 'polymorphic':
      return { typeColumn, entities: record(input.entities, 'value', 'entity'), onMissing };
    case 'metadata':
      return { columns: input.columns };
    case 'code':
      return { source: input.source, reads: input.reads };
    default:
      return {};
  }
}

const keepNull = Symbol('null is a value here');

function given(fields: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== null)
      .map(([key, value]) => [key, value === keepNull ? null : value]),
  );
}

function record<Key extends string, Value extends string>(
  pairs: readonly Readonly<Record<Key | Value, string>>[] | null,
  key: Key,
  value: Value,
): Record<string, string> | null {
  return pairs && Object.fromEntries(pairs.map((pair) => [pair[key], pair[value]]));
}
