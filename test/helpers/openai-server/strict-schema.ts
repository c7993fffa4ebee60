/**
 * What OpenAI refuses in the JSON schema of a tool or answer with `strict: true`, after its page on structured outputs
 * (supported schemas): the root is an object; every object closes itself with `additionalProperties: false` and requires
 * all its properties; only the listed keywords. Where the page is silent (default, minLength, maxLength), refused.
 */
const KEYWORDS = new Set([
  'type',
  'properties',
  'required',
  'additionalProperties',
  'items',
  'enum',
  'const',
  'anyOf',
  '$ref',
  '$defs',
  'definitions',
  'description',
  'title',
  'pattern',
  'format',
  'multipleOf',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'minItems',
  'maxItems',
]);
const FORMATS = ['date-time', 'time', 'date', 'duration', 'email', 'hostname', 'ipv4', 'ipv6', 'uuid'];
const TYPES = ['string', 'number', 'boolean', 'integer', 'object', 'array', 'null'];
const MAX_PROPERTIES = 5000;
const MAX_DEPTH = 10;
const MAX_ENUM_VALUES = 1000;
const MAX_NAME_CHARACTERS = 120_000;

type Schema = Record<string, unknown>;

interface Tally {
  readonly problems: string[];
  properties: number;
  enumValues: number;
  characters: number;
}

/** One sentence a problem, with the path; empty when OpenAI would take it. */
export function strictSchemaProblems(schema: unknown): string[] {
  const tally: Tally = { problems: [], properties: 0, enumValues: 0, characters: 0 };
  if (!isSchema(schema)) return ['(root): is not a schema'];
  const { $schema: _, ...root } = schema;
  if (root.type !== 'object') tally.problems.push('(root): must be of type object');
  if ('anyOf' in root) tally.problems.push('(root): must not be anyOf');
  check(root, '', 1, tally);
  if (tally.properties > MAX_PROPERTIES)
    tally.problems.push(`(root): more than ${MAX_PROPERTIES} properties`);
  if (tally.enumValues > MAX_ENUM_VALUES)
    tally.problems.push(`(root): more than ${MAX_ENUM_VALUES} enum values`);
  if (tally.characters > MAX_NAME_CHARACTERS) tally.problems.push('(root): names and enums are too long');
  return tally.problems;
}

function check(schema: Schema, path: string, depth: number, tally: Tally): void {
  const say = (problem: string) => tally.problems.push(`${path || '(root)'}: ${problem}`);
  for (const keyword of Object.keys(schema)) {
    if (!KEYWORDS.has(keyword)) say(`'${keyword}' is not permitted`);
  }
  const types = Array.isArray(schema.type) ? schema.type : schema.type === undefined ? [] : [schema.type];
  if (types.some((type) => !TYPES.includes(String(type)))) say(`type ${String(schema.type)} is unknown`);
  if (!['type', 'anyOf', '$ref', 'enum', 'const'].some((keyword) => keyword in schema)) say('has no type');
  if (typeof schema.format === 'string' && !FORMATS.includes(schema.format)) say(`format ${schema.format}`);
  if (Array.isArray(schema.enum)) {
    tally.enumValues += schema.enum.length;
    tally.characters += JSON.stringify(schema.enum).length;
  }
  if (types.includes('object')) checkObject(schema, path, depth, tally, say);
  if (types.includes('array') && !isSchema(schema.items)) say('an array needs items');
  if (isSchema(schema.items)) check(schema.items, `${path}[]`, depth, tally);
  if (Array.isArray(schema.anyOf)) {
    schema.anyOf.forEach((branch, index) => {
      if (isSchema(branch)) check(branch, `${path}|${index}`, depth, tally);
      else say('anyOf holds something that is no schema');
    });
  }
  for (const definitions of [schema.$defs, schema.definitions]) {
    if (!isSchema(definitions)) continue;
    for (const [name, definition] of Object.entries(definitions)) {
      tally.characters += name.length;
      if (isSchema(definition)) check(definition, `#${name}`, depth, tally);
    }
  }
}

function checkObject(
  schema: Schema,
  path: string,
  depth: number,
  tally: Tally,
  say: (problem: string) => void,
): void {
  if (depth > MAX_DEPTH) return void say(`nested deeper than ${MAX_DEPTH}`);
  if (schema.additionalProperties !== false) say("'additionalProperties' must be false");
  const properties = isSchema(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  for (const name of required) if (!(String(name) in properties)) say(`requires '${name}', which it lacks`);
  for (const [name, property] of Object.entries(properties)) {
    tally.properties += 1;
    tally.characters += name.length;
    if (!required.includes(name)) say(`'required' must name '${name}'`);
    const at = path === '' ? name : `${path}.${name}`;
    if (isSchema(property)) check(property, at, depth + 1, tally);
    else tally.problems.push(`${at}: is not a schema`);
  }
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
