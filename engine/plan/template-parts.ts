/** A template taken apart: `{a}, {b}.` is `a`, then `, ` and `b`, and `.` at the end. */

export interface TemplateParts {
  readonly pieces: readonly { readonly before: string; readonly column: string }[];
  readonly end: string;
  /** What is wrong with it; null where nothing is. */
  readonly problem: string | null;
}

const TOKEN = /\{\{|\}\}|\{([^{}]*)\}|[{}]/g;

/** `{{` and `}}` are braces themselves. */
export function templateParts(text: string): TemplateParts {
  const pieces: { before: string; column: string }[] = [];
  let problem: string | null = null;
  let before = '';
  let at = 0;
  for (const match of text.matchAll(TOKEN)) {
    before += text.slice(at, match.index);
    at = match.index + match[0].length;
    const column = match[1];
    if (match[0] === '{{' || match[0] === '}}') before += match[0][0];
    else if (column === undefined || column === '') problem = 'A brace in it names no column.';
    else {
      pieces.push({ before, column });
      before = '';
    }
  }
  if (problem === null && pieces.length === 0) problem = 'It names no column.';
  return { pieces, end: before + text.slice(at), problem };
}
