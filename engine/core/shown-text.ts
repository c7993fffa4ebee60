import { withoutValues } from './redaction.ts';

/** Names, comments and sentences that come from a database or a file, safe to be shown: one line, no hidden characters, not long. */
export function shownText(text: string, longest = 200): string {
  const line = text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Bidi_Control}|\p{Cf}/gu, '')
    .replace(/ {2,}/g, ' ')
    .trim();
  const letters = [...line];
  return letters.length <= longest ? line : `${letters.slice(0, longest - 1).join('')}…`;
}

/** A sentence of a server or of a check, without the values that it quotes. */
export function shownSentence(text: string, longest = 300): string {
  return shownText(withoutValues(text), longest);
}
