/** Lines up cells under each other; a column whose cells are all figures stands on the right. */

export function formatTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  indent = '',
): string[] {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => width(row[column] ?? ''))));
  const isFigures = head.map(
    (_, column) => rows.length > 0 && rows.every((row) => figures.test(row[column] ?? '')),
  );
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) => {
        const gap = ' '.repeat(Math.max(0, widths[column]! - width(cell)));
        return isFigures[column] ? gap + cell : cell + gap;
      })
      .join('  ')
      .trimEnd();
  return [line(head), ...rows.map(line)].map((text) => indent + text);
}

const figures = /^[–-]?$|^[-−]?[\d,.]+( ?(%|s|rows\/s))?$/;

const width = (text: string) => [...text].length;

/** A text that comes from a database, safe for a terminal: no control or direction-changing characters. */
export function plainText(text: string, longest = 80): string {
  const clean = text.replace(/\p{Cc}|\p{Bidi_Control}/gu, '·');
  const letters = [...clean];
  return letters.length <= longest ? clean : `${letters.slice(0, longest - 1).join('')}…`;
}
