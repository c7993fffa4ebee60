/** Numbers and lists in running text. */

export function count(value: number): string {
  return value.toLocaleString('en-US');
}

export function more(total: number, shown: number): string {
  return total > shown ? ` and ${count(total - shown)} more` : '';
}

/** Behind the lines of a list, a line of its own. */
export function moreLines(total: number, shown: number): string {
  return total > shown ? `\nAnd ${count(total - shown)} more.` : '';
}

/** With its full stop. */
export function sentence(text: string): string {
  const trimmed = text.trim();
  return trimmed === '' || /[.?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}

/** At most this many lines of a list. */
export const mostLines = 12;
