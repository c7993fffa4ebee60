/**
 * A filter is put into statements as it is, so only a plain condition over the columns of one row may come from a request:
 * known columns, texts and numbers, comparisons, and functions that look at nothing else. Filters written into the plan
 * file by hand are not held to this.
 */
import { nearest } from '../nearest.ts';
import { refused } from './choose.ts';

const WORDS = new Set(
  (
    'and or not in is null true false between like ilike similar to escape distinct from any all array case when then else ' +
    'end interval date timestamp timestamptz time zone at current_date current_timestamp year month day hour minute second epoch dow'
  ).split(' '),
);
const FUNCTIONS = new Set(
  'lower upper length char_length btrim trim ltrim rtrim coalesce nullif abs date_trunc extract now left right substr substring position starts_with round floor ceil mod greatest least in and or not any all array'.split(
    ' ',
  ),
);
const TYPES =
  /^(text|integer|int|int4|int8|bigint|smallint|numeric|boolean|date|timestamp|timestamptz|uuid|varchar)$/;
/** In this order: text, number, cast, quoted name, name, one of the marks of comparing and counting. */
const TOKEN =
  /\s+|'(?:[^']|'')*'|\d+(?:\.\d+)?|::\s*[a-z_][a-z0-9_]*|"(?:[^"]|"")+"|[\p{L}_][\p{L}\p{N}_$]*|<>|!=|<=|>=|!~\*?|~\*?|\|\||[=<>+*/%(),[\].-]/uy;

/** @throws MigrationError CHANGE_REFUSED or UNKNOWN_COLUMN */
export function checkCondition(where: string, columns: readonly string[]): void {
  let depth = 0;
  const tokens = tokensOf(where);
  tokens.forEach((token, i) => {
    if (token === '(') depth++;
    if (token === ')' && --depth < 0) throw unbalanced();
    if (token === '-' && tokens[i + 1] === '-') throw odd('--');
    if (token === '/' && tokens[i + 1] === '*') throw odd('/*');
    if (token.startsWith('::') && !TYPES.test(token.slice(2).trim())) throw odd(token);
    if (token.startsWith('"')) refuseUnknown(token.slice(1, -1).replaceAll('""', '"'), columns);
    else if (/^[\p{L}_]/u.test(token))
      checkName(token, tokens[i + 1] === '(', tokens[i + 1] === '.', columns);
  });
  if (depth !== 0) throw unbalanced();
}

function tokensOf(where: string): string[] {
  const tokens: string[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < where.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(where);
    if (match === null) throw odd(where.slice(at, at + 10));
    if (match[0].trim() !== '') tokens.push(match[0]);
  }
  return tokens;
}

function checkName(name: string, isCall: boolean, isAlias: boolean, columns: readonly string[]): void {
  const lower = name.toLowerCase();
  if (isCall) {
    if (!FUNCTIONS.has(lower)) throw odd(`${name}(`);
    return;
  }
  if (isAlias && lower === 't') return;
  if (!columns.includes(lower) && !WORDS.has(lower)) refuseUnknown(lower, columns);
}

function refuseUnknown(name: string, columns: readonly string[]): void {
  if (columns.includes(name)) return;
  const meant = nearest(name, columns);
  throw refused(
    `The filter names ${name}, which is no old column here.`,
    meant ? `Did you mean ${meant}?` : `Columns: ${columns.slice(0, 20).join(', ')}.`,
  );
}

function odd(what: string) {
  return refused(
    `A filter is a plain condition over the fields of one record; “${what}” is not part of one.`,
    "For example: status <> 9 and created_at >= '2015-01-01'. Anything else can be written into the plan file by hand.",
  );
}

function unbalanced() {
  return refused('The brackets of the filter do not match.', 'Give every opening bracket its closing one.');
}
