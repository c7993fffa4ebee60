/**
 * What a row filter may be made of. A filter is text of a plan that stands in statements on the source, and a model may
 * have proposed it, so it is no free SQL: columns of its own table, constants, comparisons, and functions that only
 * compute. No second statement, no comment, no other table, no function that waits, reads a file, or runs text as SQL;
 * nothing whose cost grows faster than its length. The session is read-only besides; this is what keeps it so.
 */

import { nearest } from './nearest.ts';

/** What to write instead, for people. */
export const PLAIN_CONDITION =
  "Compare columns of this table with constants, for example status <> 9 and created_at >= date '2020-01-01'.";

const MOST_CHARACTERS = 10_000;
const MOST_BRACKETS = 50;

const set = (words: string) => new Set(words.split(/\s+/));

const KEYWORDS = set(
  `and or not in between symmetric is null true false unknown like ilike escape any array case when then else end
  distinct from as at time zone both leading trailing for
  year month day hour minute second dow doy week quarter epoch isodow isoyear`,
);
const FUNCTIONS = set(
  `lower upper length char_length octet_length btrim ltrim rtrim trim left right substr substring strpos position
  starts_with coalesce nullif greatest least abs round ceil floor trunc mod sign date_part date_trunc extract
  make_date jsonb_typeof json_typeof jsonb_array_length json_array_length array_length cardinality cast`,
);
/** Keywords that a bracket may follow. */
const BEFORE_BRACKET = set(
  'and or not in between symmetric like ilike any array when then else case from is as',
);
const TYPES = set(
  `text varchar char bpchar character integer int int2 int4 int8 smallint bigint numeric decimal real double float4 float8
  boolean bool date time timestamp timestamptz interval uuid json jsonb`,
);
/** Words that only stand in the name of a type. */
const REST_OF_TYPE = set('precision varying with without');
/** A run, its resuming and its validation must choose the same rows, hours or days apart. */
const OF_THE_MOMENT = set(
  'now age current_date current_time current_timestamp localtime localtimestamp clock_timestamp statement_timestamp',
);
const TEXT_OF_THE_MOMENT = /^'\s*(now|today|tomorrow|yesterday)\b/i;
const SAY_WHEN = "would choose other rows later. Write the day itself, for example date '2026-01-31'.";
/** A column called like one of these is named in quotes; bare, they would begin a statement or another table. */
const NEVER = set(
  `select with values table union intersect except into insert update delete merge limit offset fetch order group having
  window lateral join only returning collate operator over filter within where using on select all some row exists`,
);
const OPERATORS = set('= <> != < <= > >= + - * / % || -> ->> @> <@');

const TOKEN =
  /\s+|(?<text>'(?:[^']|'')*')|(?<quoted>"(?:[^"]|"")+")|(?<number>\d{1,40}(?:\.\d{1,40})?(?![\p{L}\d_.]))|(?<word>[\p{L}_][\p{L}\p{N}_$]*)|(?<cast>::)|(?<open>[([])|(?<close>[)\]])|(?<mark>[,.])|(?<operator>[-+*/<>=~!@#%^&|?`]+)/uy;

interface Token {
  readonly kind: 'text' | 'quoted' | 'number' | 'word' | 'cast' | 'open' | 'close' | 'mark' | 'operator';
  readonly value: string;
}

/** Why this cannot be a filter of a table with these columns; null: it can. */
export function conditionProblem(condition: string, columns: readonly string[]): string | null {
  if (condition.length > MOST_CHARACTERS) return `It is longer than ${MOST_CHARACTERS} characters.`;
  if (condition.trim() === '') return 'It is empty.';
  const tokens = tokensOf(condition);
  if (typeof tokens === 'string') return tokens;
  return bracketProblem(tokens) ?? wordProblem(tokens, new Set(columns));
}

function tokensOf(condition: string): readonly Token[] | string {
  const tokens: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < condition.length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(condition);
    if (match === null) return `“${condition.slice(at, at + 12)}” cannot stand in it.`;
    const [kind, value] = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined) ?? [];
    if (kind === 'operator') tokens.push(...operatorsOf(value!));
    else if (kind !== undefined) tokens.push({ kind, value: value! } as Token);
    const last = tokens.at(-2);
    // e'…', u&'…' and the like have rules of their own for what ends them
    if (kind === 'text' && match.index > 0 && /[\p{L}\p{N}_&']/u.test(condition[match.index - 1]!))
      return `“${last?.value ?? ''}” cannot stand right before a text.`;
  }
  return tokens;
}

/** As the server splits them: `=-1` is equal to minus one. */
function operatorsOf(value: string): Token[] {
  const [, first, signs] = /^(.*?)([-+]*)$/s.exec(value)!;
  if (first === '' || OPERATORS.has(value) || value.includes('--') || value.includes('/*'))
    return [{ kind: 'operator', value }];
  return [first!, ...signs!].map((part) => ({ kind: 'operator', value: part }));
}

function bracketProblem(tokens: readonly Token[]): string | null {
  const open: string[] = [];
  for (const { kind, value } of tokens) {
    if (kind === 'open') open.push(value === '(' ? ')' : ']');
    if (kind === 'close' && open.pop() !== value) return 'Its brackets do not match.';
    if (open.length > MOST_BRACKETS) return 'It has too many brackets inside of each other.';
  }
  return open.length === 0 ? null : 'Its brackets do not match.';
}

function wordProblem(tokens: readonly Token[], columns: ReadonlySet<string>): string | null {
  for (const [i, token] of tokens.entries()) {
    const problem = tokenProblem(token, tokens[i - 1], tokens[i + 1], columns);
    if (problem !== null) return problem;
  }
  return null;
}

function tokenProblem(
  { kind, value }: Token,
  before: Token | undefined,
  after: Token | undefined,
  columns: ReadonlySet<string>,
): string | null {
  if (kind === 'operator') return OPERATORS.has(value) ? null : `The operator ${value} is not permitted.`;
  if (kind === 'cast') {
    const type = after?.kind === 'word' ? after.value.toLowerCase() : '';
    return TYPES.has(type) ? null : `A cast to ${after?.value ?? 'nothing'} is not permitted.`;
  }
  if (kind === 'mark' && value === '.') return dotProblem(before, after);
  if (kind === 'quoted') return quotedProblem(value, after, columns);
  if (kind === 'text' && TEXT_OF_THE_MOMENT.test(value)) return `${value} ${SAY_WHEN}`;
  return kind === 'word' ? wordAlone(value, before, after, columns) : null;
}

const ONLY_COLUMNS = 'Only columns of its own table can be named.';

function dotProblem(before: Token | undefined, after: Token | undefined): string | null {
  return isRow(before) && (after?.kind === 'word' || after?.kind === 'quoted') ? null : ONLY_COLUMNS;
}

function quotedProblem(value: string, after: Token | undefined, columns: ReadonlySet<string>): string | null {
  const name = value.slice(1, -1).replaceAll('""', '"');
  const isAlone = after?.value !== '(' && after?.value !== '.' && after?.kind !== 'text';
  return columns.has(name) && isAlone ? null : noColumn(value, columns);
}

function noColumn(value: string, columns: ReadonlySet<string>): string {
  const meant = nearest(value.replaceAll('"', ''), columns);
  return `The table has no column ${value}.${meant === null ? '' : ` Did you mean ${meant}?`}`;
}

function wordAlone(
  value: string,
  before: Token | undefined,
  after: Token | undefined,
  columns: ReadonlySet<string>,
): string | null {
  const word = value.toLowerCase();
  if (NEVER.has(word)) return `The word ${value} is not permitted.`;
  const isColumn = columns.has(word) && after?.kind !== 'text';
  if (OF_THE_MOMENT.has(word) && (after?.value === '(' || !isColumn)) return `${value} ${SAY_WHEN}`;
  if (after?.value === '(') {
    // numeric(10,2) only behind a cast, since a function may be called like a type
    const isType = TYPES.has(word) && (before?.kind === 'cast' || before?.value.toLowerCase() === 'as');
    if (FUNCTIONS.has(word) || BEFORE_BRACKET.has(word) || isType || REST_OF_TYPE.has(word)) return null;
    return `The function ${value} is not permitted.`;
  }
  if (before?.value === '.') return isColumn ? null : noColumn(value, columns);
  if (after?.value === '.') return isRow({ kind: 'word', value }) ? null : ONLY_COLUMNS;
  if (isColumn || KEYWORDS.has(word) || TYPES.has(word) || REST_OF_TYPE.has(word)) return null;
  return noColumn(value, columns);
}

/** Statements call the row of the source `t`. */
function isRow(token: Token | undefined): boolean {
  return token?.kind === 'word' && token.value.toLowerCase() === 't';
}
