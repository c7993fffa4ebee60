/** Text in Markdown in which no character of a database means anything, and tables. */

export function markdownTable(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map((_, i) => (right.includes(i) ? '--:' : '--'))), ...rows.map(line)].join(
    '\n',
  );
}

export const oneLine = (value: string) =>
  value.replace(/\s+/g, ' ').replace(/\p{Cc}|\p{Bidi_Control}/gu, '\ufffd');

/** Text in which no character means anything to Markdown or HTML. */
export function text(value: string): string {
  return oneLine(value)
    .replace(/[\\`*_{}[\]()#+|~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/(https?|mailto):/gi, '$1\u200b:');
}

export function code(value: string): string {
  const clean = oneLine(value).replaceAll('|', '\\|');
  const fence = '`'.repeat(Math.max(0, ...[...clean.matchAll(/`+/g)].map(([run]) => run.length)) + 1);
  const gap = fence.length > 1 ? ' ' : '';
  return clean === '' ? '' : `${fence}${gap}${clean}${gap}${fence}`;
}
