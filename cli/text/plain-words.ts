/** Words of a model or from a database, safe for a terminal: line breaks stay, every other control character goes. */
import { plainText } from './table.ts';

export function plainWords(text: string): string {
  return text
    .replaceAll('\r\n', '\n')
    .replaceAll('\t', '  ')
    .split('\n')
    .map((line) => plainText(line, Number.POSITIVE_INFINITY))
    .join('\n');
}
