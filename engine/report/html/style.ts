/** The report's style sheet, put into the page so that the file stands alone. */
import { readFileSync } from 'node:fs';
import { Markup } from './markup.ts';

export function styleSheet(): Markup {
  const read = (name: string) => readFileSync(new URL(name, import.meta.url), 'utf8');
  return Markup.trusted(`${read('./tokens.css')}\n${read('./report.css')}`);
}
