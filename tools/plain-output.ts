/**
 * The one place where text leaves for a model. Names, comments and values of a database may be written by anybody: control
 * characters, invisible and direction-changing ones are taken out, long texts and lists are cut, and a cut is told.
 */

const invisible = /(?![\t\n])[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;
const longestList = 200;
const deepest = 12;

export interface PlainOutput {
  readonly value: unknown;
  /** Lists that were cut: how many entries they had. */
  readonly cut: readonly number[];
}

/** Text for a person: lines stay lines. */
export function plainWords(text: string, longest: number): string {
  return shorten(text.replaceAll('\r\n', '\n').replace(invisible, ''), longest);
}

/** A value of one line: whoever writes a name cannot begin a new line with it. */
export function plainText(text: string, longest: number): string {
  return shorten(text.replace(/[\t\n\r\u0085\p{Zl}\p{Zp}]+/gu, ' ').replace(invisible, ''), longest);
}

export function plainOutput(value: unknown, longestText: number): PlainOutput {
  const cut: number[] = [];
  const clean = longestText > 1000 ? plainWords : plainText; // statements keep their lines
  const visit = (item: unknown, depth: number): unknown => {
    if (typeof item === 'string') return clean(item, longestText);
    if (item === null || typeof item !== 'object') return item;
    if (depth >= deepest) return null;
    if (Array.isArray(item)) {
      if (item.length > longestList) cut.push(item.length);
      return item.slice(0, longestList).map((entry) => visit(entry, depth + 1));
    }
    const entries = Object.entries(item);
    if (entries.length > longestList) cut.push(entries.length);
    return Object.fromEntries(
      entries.slice(0, longestList).map(([key, entry]) => [plainText(key, 120), visit(entry, depth + 1)]),
    );
  };
  return { value: visit(value, 0), cut };
}

/** Says what a reader of the cut facts does not see. */
export function cutWords(cut: readonly number[]): string {
  return cut
    .map(
      (entries) => ` A list of ${entries.toLocaleString('en-US')} is shown up to its ${longestList}th entry.`,
    )
    .join('');
}

function shorten(text: string, longest: number): string {
  if (text.length <= longest) return text;
  const end = text.slice(0, longest - 1);
  return `${end.replace(/[\ud800-\udbff]$/, '')}…`;
}
