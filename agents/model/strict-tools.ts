/**
 * Tool definitions as OpenAI's strict mode takes them, in which a model cannot send arguments of another form. Mastra has
 * already closed the objects and made optional fields nullable; here go its own marks and what strict mode does not know.
 * A schema that still does not fit is sent with `strict: false`: then the arguments are only checked when they come in.
 */
import { delegationInput, isDelegation } from './delegation.ts';
import type { CallOptions, FunctionTool } from './language-model.ts';

type Schema = Record<string, unknown>;
type Tools = NonNullable<CallOptions['tools']>;

const UNKNOWN_TO_STRICT = [
  '$schema',
  'x-optional',
  'x-date',
  'default',
  'examples',
  'minLength',
  'maxLength',
];
const KNOWN_TO_STRICT = new Set(
  `type properties required additionalProperties items enum const anyOf description title pattern format multipleOf
  minimum maximum exclusiveMinimum exclusiveMaximum minItems maxItems`.split(/\s+/),
);

export function prepareTools(tools: Tools): Tools {
  return tools.map((tool) => (tool.type === 'function' ? prepareTool(tool) : tool));
}

function prepareTool(tool: FunctionTool): FunctionTool {
  const schema: Schema = isDelegation(tool.name) ? delegationInput : simplify(tool.inputSchema as Schema);
  const strict = schema.type === 'object' && fitsStrict(schema);
  return { ...tool, inputSchema: schema as FunctionTool['inputSchema'], strict };
}

function simplify(schema: Schema): Schema {
  const result: Schema = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (UNKNOWN_TO_STRICT.includes(keyword)) continue;
    if (keyword === 'properties') result.properties = mapValues(value as Schema, simplifyAny);
    else if (keyword === 'items') result.items = simplifyAny(value);
    else if (keyword === 'anyOf' || keyword === 'oneOf') result.anyOf = branches(value as unknown[]);
    else result[keyword] = value;
  }
  return result;
}

/** A choice within a choice is one choice. `oneOf` of closed objects told apart by a field says the same as `anyOf`. */
function branches(value: readonly unknown[]): unknown[] {
  return value.map(simplifyAny).flatMap((branch) => {
    const inner = isSchema(branch) && Object.keys(branch).length === 1 ? branch.anyOf : undefined;
    return Array.isArray(inner) ? inner : [branch];
  });
}

function simplifyAny(value: unknown): unknown {
  return isSchema(value) ? simplify(value) : value;
}

function fitsStrict(value: unknown): boolean {
  if (!isSchema(value)) return false;
  if (Object.keys(value).some((keyword) => !KNOWN_TO_STRICT.has(keyword))) return false;
  if (!['type', 'anyOf', 'enum', 'const'].some((keyword) => keyword in value)) return false;
  if (Array.isArray(value.anyOf) && !value.anyOf.every(fitsStrict)) return false;
  const types = [value.type].flat();
  if (types.includes('array') && !fitsStrict(value.items)) return false;
  return !types.includes('object') || closed(value);
}

function closed(schema: Schema): boolean {
  const properties = isSchema(schema.properties) ? schema.properties : {};
  const required = Array.isArray(schema.required) ? schema.required : [];
  return (
    schema.additionalProperties === false &&
    Object.entries(properties).every(([name, property]) => required.includes(name) && fitsStrict(property))
  );
}

function mapValues(record: Schema, change: (value: unknown) => unknown): Schema {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}

function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
