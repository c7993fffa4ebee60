/** The words of a list as SQL writes it: `'open', 'it''s'::text`. */
const WORD = /^'((?:[^']|'')*)'(?:::[\w ]+)?(?:, |$)/;

/** Null where something else stands among them. */
export function quotedWords(list: string): string[] | null {
  const words: string[] = [];
  for (let rest = list; rest !== ''; ) {
    const match = WORD.exec(rest);
    if (!match) return null;
    words.push(match[1]!.replaceAll("''", "'"));
    rest = rest.slice(match[0].length);
  }
  return words;
}
