/**
 * Why code refused a row, without anything of the row. The words of an error are the code's own and may quote the row, letter
 * by letter if it is written that way; nothing in a message can be trusted to be harmless. So none of it is handed on: a
 * message is recognised as one of few that JavaScript and the sandbox themselves write, and told in words that stand
 * here. What the code wanted to say stands in its line, which whoever wrote it may see.
 */

const KNOWN: readonly (readonly [RegExp, string])[] = [
  [/^Cannot read properties of null\b/, 'it reads a property of null'],
  [/^Cannot read properties of undefined\b/, 'it reads a property of undefined'],
  [
    /^Cannot (set properties|destructure|convert undefined or null)/,
    'it uses null or undefined as if it were an object',
  ],
  [/ is not a function$/, 'it calls something that is not a function'],
  [/ is not (a constructor|iterable)\b/, 'it uses a value as something that it is not'],
  [/^ReferenceError: .* is not defined$/, 'it uses a name that is not defined'],
  [/^Assignment to constant variable/, 'it assigns to a constant'],
  [/^SyntaxError: Cannot convert .* to a BigInt$/s, 'it makes a bigint of a text that is no whole number'],
  [/cannot be converted to a BigInt because/, 'it makes a bigint of a number that is not whole'],
  [/^Cannot mix BigInt/, 'it mixes a bigint with a number'],
  [/^SyntaxError: .*JSON/s, 'it reads a text as JSON that is none'],
  [/^SyntaxError: Invalid regular expression/, 'it uses a pattern that is none'],
  [/^RangeError: Invalid time value/, 'it makes a moment of a text that is none'],
  [/^RangeError: Maximum call stack/, 'it calls itself without end'],
  [/^RangeError: /, 'it uses a number out of its range'],
  [/^transform must return an object with a property/, 'it does not return an object with the columns'],
  [/^transform must not be async/, 'it returns a promise; it must not be async'],
  [/^transform must return a plain object/, 'it returns an object that is not a plain one'],
  [/^transform returned a column that it does not declare/, 'it returns a column that it does not declare'],
  [/^The code did not answer within \d+ ms\.$/, 'it does not come to an end on this row'],
];

/** Of one column, as the sandbox and the engine name it. */
const OF_COLUMN: readonly (readonly [RegExp, string])[] = [
  [/^undefined cannot be stored; null is no value$/, 'it gives undefined; for no value it must give null'],
  [/^an invalid date cannot be stored$/, 'it gives a Date that is none'],
  [/^(NaN|-?Infinity) cannot be stored$/, 'it gives a number that is none'],
  [/^text with a NUL character|^text with half of/, 'it gives a character that cannot be stored'],
  [/^it is nested deeper/, 'it gives a document that is nested too deep'],
  [/^(a function|a symbol|an object of) .*cannot be stored$/, 'it gives something that is no value'],
];

export interface SafeWords {
  readonly message: string;
  readonly column: string | null;
}

/** `writes`: the only names of columns that may be told. */
export function refusalWords(message: string, writes: readonly string[]): SafeWords {
  const column = writes.find((name) => message.startsWith(`column ${JSON.stringify(name)}: `)) ?? null;
  if (column !== null) {
    const rest = message.slice(`column ${JSON.stringify(column)}: `.length);
    const known = OF_COLUMN.find(([pattern]) => pattern.test(rest));
    if (known) return { message: `For ${column} ${known[1]}.`, column };
  }
  const known = KNOWN.find(([pattern]) => pattern.test(message));
  const words = known ? known[1] : 'it throws an error of its own';
  return { message: `The code refuses the row: ${words}.`, column: null };
}

const BY_KIND: Readonly<Record<string, string>> = {
  timeout: 'The code does not come to an end in its time.',
  heap: 'The code keeps more values than it may.',
  oom: 'The code uses more memory than it may.',
  'input-limit': 'A row is longer than code may be given.',
  'output-limit': 'The code gives more for a row than it may.',
  protocol: 'The code tried to speak for the sandbox.',
  crash: 'The code ended the sandbox.',
  stopped: 'The sandbox was stopped from outside, or used more memory than it may have.',
  'docker-lost': 'Docker went away while the code was running.',
  'not-repeatable':
    'The code asks for the clock or for chance; the same row must always give the same result.',
};

/** Why a whole batch failed, once rows had been handed over. */
export function failureWords(kind: string): string {
  return BY_KIND[kind] ?? 'The code stopped on these rows.';
}
