/** Lines as wide as the page, broken between words. */
import type { World } from '../command.ts';
import { createFlowingText } from './flowing-text.ts';

/** Columns for running text; infinite where nobody reads on a screen. */
export function pageWidth({ stdout }: Pick<World, 'stdout'>): number {
  return stdout.isTTY ? Math.max(40, Math.min(100, stdout.columns ?? 80)) : Number.POSITIVE_INFINITY;
}

/** A label with two or more spaces after it stays in front; the text stands beside it. */
export function brokenLine(line: string, width: number): string {
  const [lead = ''] = /^ *(?:\S+(?: \S+)? {2,})?/.exec(line) ?? [];
  let text = '';
  const flowing = createFlowingText({ width, lead, write: (piece) => (text += piece) });
  flowing.add(line.slice(lead.length));
  return flowing.end() ? text.trimEnd() : line;
}
