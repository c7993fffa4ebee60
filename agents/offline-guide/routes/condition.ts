/**
 * “status is not 9” as the condition the plan holds. One field, one comparison, one value, joined by and/or; the field must
 * be one of the table's, the value becomes a quoted text. Nothing else of what was said gets into the condition.
 */
import { meantName } from '../slots.ts';

const comparisons: readonly (readonly [RegExp, string])[] = [
  [/^(?:is|are) (?:not|never) (?:empty|null|missing)$/, 'is not null'],
  [/^(?:is|are) (?:empty|null|missing)$/, 'is null'],
  [/^(?:is not|isn't|are not|<>|!=|not) (.+)$/, '<>'],
  [/^(?:is |are )?(?:after|later than|newer than|more than|greater than|bigger than|above|>) (.+)$/, '>'],
  [/^(?:is |are )?(?:before|earlier than|older than|less than|smaller than|below|<) (.+)$/, '<'],
  [/^(?:is |are )?(?:at least|from|since|>=) (.+)$/, '>='],
  [/^(?:is |are )?(?:at most|until|up to|<=) (.+)$/, '<='],
  [/^(?:is|are|equals|=|==) (.+)$/, '='],
];

/** Null: not one that can be read. */
export function conditionOf(said: string, columns: readonly string[]): string | null {
  const words = said
    .trim()
    .replace(/[.?!]+$/, '')
    .split(/ (and|or) /i);
  const parts = words.map((part, index) =>
    index % 2 === 1 ? part.toLowerCase() : comparisonOf(part, columns),
  );
  return parts.includes(null) ? null : parts.join(' ');
}

function comparisonOf(said: string, columns: readonly string[]): string | null {
  const text = said.trim().replace(/\s*(<>|!=|>=|<=|==|=|<|>)\s*/, ' $1 ');
  const words = text.split(' ');
  for (let length = Math.min(4, words.length - 1); length > 0; length--) {
    const column = meantName(words.slice(0, length).join(' ').replace(/^the /i, ''), columns);
    const compared = column === null ? null : compare(words.slice(length).join(' '));
    if (compared !== null) return `${quoteName(column!)} ${compared}`;
  }
  return null;
}

function compare(text: string): string | null {
  for (const [pattern, operator] of comparisons) {
    const match = pattern.exec(text) ?? pattern.exec(text.toLowerCase());
    if (match === null) continue;
    return match[1] === undefined ? operator : `${operator} ${quoteValue(match[1])}`;
  }
  return null;
}

function quoteValue(value: string): string {
  const bare = value.trim().replace(/^["'](.*)["']$/, '$1');
  if (/^-?\d{1,15}(\.\d+)?$/.test(bare) || /^(true|false)$/i.test(bare)) return bare.toLowerCase();
  return `'${bare.replaceAll("'", "''")}'`;
}

function quoteName(name: string): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`;
}
