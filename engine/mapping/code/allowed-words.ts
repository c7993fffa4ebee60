/** The words that a column may hold, where a check of the plan lists them in the form that Towpath writes: `"status" in ('a', 'b')`. */
import { quoteIdentifier } from '../../db/quote.ts';
import type { PlanEntity } from '../../plan/plan-file.ts';

const WORD = /^'((?:[^']|'')*)'(?:, |$)/;

/** Null where no check says so. */
export function allowedWords(
  { checks }: Pick<PlanEntity, 'checks'>,
  column: string,
): readonly string[] | null {
  const start = `${quoteIdentifier(column)} in (`;
  for (const { expression } of checks) {
    if (!expression.startsWith(start) || !expression.endsWith(')')) continue;
    const words = wordsOf(expression.slice(start.length, -1));
    if (words) return words;
  }
  return null;
}

function wordsOf(list: string): string[] | null {
  const words: string[] = [];
  for (let rest = list; rest !== ''; ) {
    const match = WORD.exec(rest);
    if (!match) return null;
    words.push(match[1]!.replaceAll("''", "'"));
    rest = rest.slice(match[0].length);
  }
  return words;
}
