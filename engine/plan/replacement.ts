/**
 * Pattern and replacement of the transform `replace`, read once for the check and for the run. RE2 takes time in
 * proportion to the text, so a pattern of a plan cannot hold a run up; it knows no look-around and no back-references.
 */
import { RE2JS } from 're2js';
import type { Transform } from './plan-file.ts';

type Replace = Extract<Transform, { kind: 'replace' }>;

export interface Replacement {
  readonly pattern: RE2JS;
  /** Texts and numbers of groups, in their order. */
  readonly parts: readonly (string | number)[];
}

const GROUP = /\$(?:(\$)|(\d{1,2})|\{([^}]*)\})?/g;

/** In words why it cannot be used, or the thing itself. */
export function readReplacement(
  spec: Pick<Replace, 'pattern' | 'with' | 'ignoreCase'>,
): Replacement | string {
  let pattern: RE2JS;
  try {
    pattern = RE2JS.compile(spec.pattern, spec.ignoreCase ? RE2JS.CASE_INSENSITIVE : 0);
  } catch (error) {
    const why = error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error);
    return `The pattern cannot be read: ${why}.`;
  }
  const names = pattern.namedGroups();
  const parts: (string | number)[] = [];
  let at = 0;
  for (const match of spec.with.matchAll(GROUP)) {
    parts.push(spec.with.slice(at, match.index));
    at = match.index + match[0].length;
    const [whole, dollar, digits, name] = match;
    const group = digits !== undefined ? Number(digits) : groupOf(name, names);
    if (dollar !== undefined) parts.push('$');
    else if (group === null) return `“${whole}” names no group of the pattern.`;
    else if (group > pattern.groupCount()) return `The pattern has no group ${group}.`;
    else parts.push(group);
  }
  parts.push(spec.with.slice(at));
  return { pattern, parts: parts.filter((part) => part !== '') };
}

function groupOf(name: string | undefined, names: Readonly<Record<string, number>>): number | null {
  if (name === undefined) return null;
  if (/^\d{1,2}$/.test(name)) return Number(name);
  return Object.hasOwn(names, name) ? names[name]! : null;
}
