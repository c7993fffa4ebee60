/** The words that a column may hold, where a check of the plan lists them in the form that Towpath writes: `"status" in ('a', 'b')`. */
import { quoteIdentifier } from '../../db/quote.ts';
import type { PlanEntity } from '../../plan/plan-file.ts';
import { quotedWords } from '../quoted-words.ts';

/** Null where no check says so. */
export function allowedWords(
  { checks }: Pick<PlanEntity, 'checks'>,
  column: string,
): readonly string[] | null {
  const start = `${quoteIdentifier(column)} in (`;
  for (const { expression } of checks) {
    if (!expression.startsWith(start) || !expression.endsWith(')')) continue;
    const words = quotedWords(expression.slice(start.length, -1));
    if (words) return words;
  }
  return null;
}
