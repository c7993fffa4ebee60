/**
 * What checks ask of a value, read from their text as far as it is plain: comparisons with constants, lists, lengths,
 * patterns. What is not understood is left to the server, which refuses the row, and to the next attempt.
 */
export interface Limits {
  readonly oneOf?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly shortest?: number;
  readonly longest?: number;
  readonly pattern?: string;
  readonly required?: boolean;
  /** First day that a comparison with a date allows. */
  readonly from?: string;
}

/** `name`: the column as the definition prints it, or VALUE. */
export function limitsOf(definitions: readonly string[], name: string): Limits {
  let limits: Limits = {};
  const word = `\\(?"?${name.replace(/[.*+?^$()[\]{}|\\]/g, '\\$&')}"?\\)?(?:::[a-z ]+(?:\\(\\d+\\))?)?\\)?`;
  for (const text of definitions) {
    limits = { ...limits, ...readOne(text, word, limits) };
  }
  return limits;
}

const NUMBER = "\\(?'?(-?\\d+(?:\\.\\d+)?)'?\\)?";

function readOne(text: string, word: string, known: Limits): Limits {
  const found: { -readonly [K in keyof Limits]: Limits[K] } = {};
  const all = (pattern: string) => [...text.matchAll(new RegExp(pattern, 'g'))];
  const list = all(`(?:upper|lower)?\\(?${word}\\)? = ANY \\(+ARRAY\\[(.*?)\\]`);
  if (list[0]) found.oneOf = [...list[0][1]!.matchAll(/'((?:[^']|'')*)'|(-?\d+(?:\.\d+)?)/g)].map(unquote);
  const equal = all(`(?<![\\w"])${word} = (?:'((?:[^']|'')*)'|(-?\\d+)\\b)`).map(unquote);
  if (!found.oneOf && equal.length > 0 && !/<>/.test(text)) found.oneOf = equal;
  for (const [, sign, number] of all(`(?<![\\w"(])\\(*${word} (>=|>|<=|<) ${NUMBER}`)) {
    const value = Number(number);
    if (sign!.startsWith('>')) found.min = Math.max(known.min ?? -Infinity, sign === '>' ? value + 1 : value);
    else found.max = Math.min(known.max ?? Infinity, sign === '<' ? value - 1 : value);
  }
  for (const [, sign, number] of all(
    `(?:char_length|length|octet_length|character_length|cardinality)\\(+${word}\\)* (>=|>|<=|<|=) ${NUMBER}`,
  )) {
    const value = Number(number);
    if (sign!.includes('>') || sign === '=') found.shortest = sign === '>' ? value + 1 : value;
    if (sign!.includes('<') || sign === '=') found.longest = sign === '<' ? value - 1 : value;
  }
  const pattern = all(`${word} ~\\*? '((?:[^']|'')*)'`)[0];
  if (pattern) found.pattern = pattern[1]!.replaceAll("''", "'");
  const day = all(`${word} >=? '(\\d{4}-\\d\\d-\\d\\d)`)[0];
  if (day) found.from = day[1]!;
  if (new RegExp(`^CHECK \\(+${word} IS NOT NULL\\)+`).test(text)) found.required = true;
  return found;
}

function unquote([, text, number]: RegExpExecArray | RegExpMatchArray): string {
  return text === undefined ? number! : text.replaceAll("''", "'");
}
