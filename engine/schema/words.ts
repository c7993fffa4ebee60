/** Names as words: `currentOrderId` → current, order, id; `categories` → category. Enough English for table names. */

export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}

const SAME_IN_PLURAL = new Set(
  (
    'feedback data metadata information equipment software hardware money news series species media staff history ' +
    'inventory content traffic weather research knowledge mail chat advice access progress ids chassis'
  ).split(' '),
);
const IRREGULAR: Readonly<Record<string, string>> = {
  person: 'people',
  child: 'children',
  man: 'men',
  woman: 'women',
  foot: 'feet',
  tooth: 'teeth',
  mouse: 'mice',
  criterion: 'criteria',
  analysis: 'analyses',
  diagnosis: 'diagnoses',
  basis: 'bases',
  index: 'indexes',
  datum: 'data',
  medium: 'media',
  quiz: 'quizzes',
};
const FROM_PLURAL = new Map(Object.entries(IRREGULAR).map(([one, many]) => [many, one]));

export function pluralOf(word: string): string {
  if (SAME_IN_PLURAL.has(word) || FROM_PLURAL.has(word)) return word;
  const irregular = Object.hasOwn(IRREGULAR, word) ? IRREGULAR[word] : undefined;
  if (irregular !== undefined) return irregular;
  // What something was made (`history_archived`, `jobs_finished`) is no thing to be counted.
  if (singularOf(word) !== word || /[^e]ed$/.test(word.slice(2)) || /chassis$/.test(word)) return word;
  if (/[^aeiou]y$/.test(word)) return `${word.slice(0, -1)}ies`;
  if (/(s|x|z|ch|sh)$/.test(word)) return `${word}es`;
  return /[a-z]$/.test(word) ? `${word}s` : word;
}

export function singularOf(word: string): string {
  if (SAME_IN_PLURAL.has(word)) return word;
  const irregular = FROM_PLURAL.get(word);
  if (irregular !== undefined) return irregular;
  if (/[^aeiou]ies$/.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(ss|x|z|ch|sh)es$/.test(word)) return word.slice(0, -2);
  if (/(ss|status|virus|bonus|campus|census|bus)es$/.test(word)) return word.slice(0, -2);
  if (/(ss|us|is|as|os)$/.test(word)) return word;
  if (/[a-z]s$/.test(word) && word.length > 3) return word.slice(0, -1);
  return word;
}

/** Words that every table's name starts with, at least `share` of them and never the whole name: `dispatch` in dispatch_case. */
export function commonPrefix(names: readonly string[], share = 0.5): string | null {
  const counts = new Map<string, number>();
  for (const name of names) {
    const match = /^([A-Za-z0-9]+)_(?=.)/.exec(name);
    if (match) counts.set(match[1]!, (counts.get(match[1]!) ?? 0) + 1);
  }
  const [best] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return best && best[1] >= 3 && best[1] / names.length >= share ? best[0] : null;
}
