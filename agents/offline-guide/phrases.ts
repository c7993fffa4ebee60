/**
 * Patterns as people can read them, compared with a whole sentence:
 * `word` itself · `(a|b c)` one of these · `[a|b]` one of these or none · `*` anything or nothing · `<place>` a slot of any
 * words · `<id>` one word with a digit in it · `<dotted>` a place written table.column · `(?<slot>a|b)` one of these, kept.
 */
export interface Phrase {
  readonly pattern: RegExp;
}

export type Slots = Readonly<Record<string, string>>;

export function phrase(written: string): Phrase {
  const parts = written.match(/\[[^\]]*\]|\([^)]*\)|<\w+>|\*|\S+/g) ?? [];
  return { pattern: new RegExp(`^${parts.map(part).join('')}$`) };
}

function part(written: string): string {
  if (written === '*') return '(?:.* )?';
  if (written === '<id>') return '(?<id>#?[\\w:-]*\\d[\\w:-]*) ';
  if (written === '<dotted>') return '(?<place>\\w+\\.\\w+(?:\\.\\w+)?) ';
  if (written.startsWith('(?<')) return `${written} `;
  if (written.startsWith('<')) return `(?<${written.slice(1, -1)}>.+?) `;
  if (written.startsWith('[')) return `(?:(?:${longestFirst(written.slice(1, -1))}) )?`;
  if (written.startsWith('(')) return `(?:${longestFirst(written.slice(1, -1))}) `;
  return `${written} `;
}

/** So that “what is up with” is not taken for “what is”. */
function longestFirst(alternatives: string): string {
  if (alternatives.includes('(')) return alternatives;
  return alternatives
    .split('|')
    .sort((a, b) => b.length - a.length)
    .join('|');
}

/** Null: the sentence is not this phrase. */
export function matchPhrase({ pattern }: Phrase, plain: string): Slots | null {
  const match = pattern.exec(`${plain} `);
  if (match === null) return null;
  const slots = Object.entries(match.groups ?? {}).filter(
    (entry): entry is [string, string] => entry[1] !== undefined,
  );
  return Object.fromEntries(slots);
}
