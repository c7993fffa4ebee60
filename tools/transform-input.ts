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
    'phone',
    'template',
    'split',
    'replace',
    'hash',
    'mask',
    'array',
    'lookup',
    'uuid',
    'reference',
    'polymorphic',
    'metadata',
    'code',
  ]),
  value: z
    .string()
    .nullable()
    .describe(
      'default, constant: the value as text; template: the text, {name} stands for an old column; replace: what takes the place, $1 is a group; mask: what stands where a value is redacted',
    ),
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
  unit: z.enum(['seconds', 'milliseconds', 'microseconds']).nullable().describe('epoch'),
  scale: z.int().min(0).max(20).nullable().describe('money: digits after the point'),
  point: z.enum(['.', ',']).nullable().describe('money in text: the decimal point'),
  thousands: z.enum([',', '.', ' ', "'"]).nullable().describe('money in text: what separates thousands'),
  signs: words.describe('money in text: currency signs that may stand there'),
  placeholderDomain: z.string().nullable().describe('email: domain of made-up addresses'),
  unique: z.boolean().nullable().describe('email: an address may be used once only'),
  country: z
    .string()
    .nullable()
    .describe('phone: two letters of the country of numbers without a prefix, such as DE'),
  pattern: z.string().nullable().describe('replace: a regular expression of RE2, without look-around'),
  separator: z.string().nullable().describe('split; array: of a text that is a list'),
  part: z.int().nullable().describe('split: which part, 1 is the first and -1 the last'),
  rest: z.boolean().nullable().describe('split: with everything behind the part'),
  otherwise: z
    .enum(['misfit', 'null', 'empty', 'skip', 'keep', 'text', 'placeholder', 'drop'])
    .nullable()
    .describe(
      'where it cannot be done; misfit: the value does not fit. template, an empty part: null, empty, skip or misfit; split: null or misfit; replace: keep, null or misfit; json: misfit or text; phone: misfit or keep; email: placeholder or misfit; array, an element: misfit, null or drop',
    ),
  keyed: z.boolean().nullable().describe('hash: with the secret of the migration, so that nobody can guess'),
  style: z.enum(['redact', 'keep-domain', 'fake', 'year-only']).nullable().describe('mask'),
  look: z
    .enum(['shape', 'name', 'first-name', 'last-name', 'email', 'phone', 'street', 'city', 'company'])
    .nullable()
    .describe('mask, fake: what the made-up value looks like'),
  each: z
    .array(z.enum(['copy', 'trim', 'lower', 'upper', 'empty-to-null', 'cast', 'json']))
    .nullable()
    .describe('array: what is done to each element, in this order'),
  column: z.string().nullable().describe('lookup: the old column of the other table whose value is taken'),
  matches: z
    .array(z.strictObject({ own: z.string(), other: z.string() }))
    .nullable()
    .describe('lookup: old columns and those of the other table that they equal; null: by its key'),
  entity: z.string().nullable().describe('reference, lookup: the entity that is referred to'),
  onMissing: z
    .enum(['quarantine', 'null'])
    .nullable()
    .describe('reference, polymorphic, lookup: when the record referred to is not there'),
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
      return { scale, point: input.point, thousands: input.thousands, signs: input.signs };
    case 'email':
      return { placeholderDomain, unique, onMalformed: input.otherwise };
    case 'json':
      return { otherwise: input.otherwise };
    case 'phone':
      return { country: input.country, otherwise: input.otherwise };
    case 'template':
      return { text: value, ifNull: input.otherwise };
    case 'split':
      return splitFields(input);
    case 'replace':
      return { pattern: input.pattern, with: value, noMatch: input.otherwise };
    case 'hash':
      return { keyed: input.keyed };
    case 'mask':
      return { style: input.style, as: input.look, with: value };
    case 'array':
      return {
        each: input.each?.map((kind) => ({ kind })) ?? null,
        separator: input.separator,
        elements: input.otherwise,
      };
    case 'lookup':
      return { entity, column: input.column, match: matchOf(input), onMissing };
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

function splitFields({
  separator,
  part,
  rest,
  otherwise,
}: TransformInput): Readonly<Record<string, unknown>> {
  const place = part === null ? {} : { part: Math.abs(part), fromEnd: part < 0 };
  return { separator, ...place, rest, missing: otherwise };
}

function matchOf({ matches }: TransformInput): Readonly<Record<string, unknown>> | null {
  return (
    matches && {
      columns: matches.map(({ own }) => own),
      parentColumns: matches.map(({ other }) => other),
    }
  );
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
