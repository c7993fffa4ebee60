/** Columns in a check's expression: which are named, and how they are renamed. Texts in quotes are left alone. */
import { quoteIdentifier } from '../../db/quote.ts';

/** Texts, quoted names, bare names; a name before a bracket is a function. */
const PARTS = /'(?:[^']|'')*'|"(?:[^"]|"")*"|[\p{L}_][\p{L}\p{N}_$]*(?!\s*\()(?![\p{L}\p{N}_$])/gu;

export function namesIn(expression: string, columns: readonly string[]): string[] {
  const found = [...expression.matchAll(PARTS)].map(([part]) => nameOf(part));
  return columns.filter((column) => found.includes(column));
}

export function renameIn(expression: string, from: string, to: string): string {
  return expression.replace(PARTS, (part) => (nameOf(part) === from ? quoteIdentifier(to) : part));
}

function nameOf(part: string): string | null {
  if (part.startsWith("'")) return null;
  return part.startsWith('"') ? part.slice(1, -1).replaceAll('""', '"') : part.toLowerCase();
}
