/**
 * What a request carries, as names without a single value: `instructions`, `messages.user`, `tools.listTables`,
 * `tool-call:listTables.search`, `tool-result:listTables.data[].rows`.
 */
import type { CallOptions, Prompt } from './language-model.ts';
import { maskText } from './personal-values.ts';

const MAX_FIELDS = 400;
const MAX_DEPTH = 6;

export function carriedFields(options: Pick<CallOptions, 'prompt' | 'tools' | 'responseFormat'>): string[] {
  const fields = new Set<string>();
  for (const message of options.prompt) addMessage(fields, message);
  for (const tool of options.tools ?? []) fields.add(`tools.${safeName(tool.name)}`);
  if (options.responseFormat?.type === 'json') fields.add('response-format');
  const all = [...fields].sort();
  return all.length <= MAX_FIELDS
    ? all
    : [...all.slice(0, MAX_FIELDS), `and ${all.length - MAX_FIELDS} more`];
}

function addMessage(fields: Set<string>, message: Prompt[number]): void {
  if (message.role === 'system') return void fields.add('instructions');
  for (const part of message.content) {
    if (part.type === 'tool-call') addPaths(fields, `tool-call:${safeName(part.toolName)}`, part.input);
    else if (part.type === 'tool-result') {
      const value = 'value' in part.output ? part.output.value : null;
      addPaths(fields, `tool-result:${safeName(part.toolName)}`, value);
    } else fields.add(`messages.${message.role}${part.type === 'text' ? '' : `.${part.type}`}`);
  }
}

function addPaths(fields: Set<string>, path: string, value: unknown, depth = 0): void {
  if (Array.isArray(value) && value.length > 0 && depth < MAX_DEPTH) {
    for (const item of value) addPaths(fields, `${path}[]`, item, depth + 1);
  } else if (typeof value === 'object' && value !== null && depth < MAX_DEPTH && !Array.isArray(value)) {
    const entries = Object.entries(value);
    if (entries.length === 0) fields.add(path);
    for (const [name, item] of entries) addPaths(fields, `${path}.${safeName(name)}`, item, depth + 1);
  } else fields.add(path);
}

/** A name of a field that looks like a value is not repeated. */
function safeName(name: string): string {
  return /^[\p{L}\p{N}_$.:-]{1,64}$/u.test(name) && maskText(name).count === 0 ? name : '*';
}
