/**
 * Whether all values of a cause have one form that can be read once it is rewritten: blanks around, words for nothing, a
 * German date, a decimal comma. Nothing is guessed from a part of them: one value that does not agree, and there is no form.
 */
import type { PlanColumn, Transform } from '../../plan/plan-file.ts';

export interface ReadableForm {
  readonly steps: readonly Transform[];
  /** The beginning of a sentence that ends with the column. */
  readonly words: string;
}

const NOTHING = ['n/a', 'na', 'none', 'null', 'nil', 'unknown', 'tbd', '-', '--', '?'];
const READABLE: readonly (readonly [RegExp, RegExp])[] = [
  [/^(smallint|integer|bigint)/, /^[+-]?\d{1,18}$/],
  [/^(numeric|double|real)/, /^[+-]?\d+(\.\d+)?$/],
  [/^date/, /^\d{4}-\d\d-\d\d$/],
  [/^timestamp/, /^\d{4}-\d\d-\d\d([ T]\d\d:\d\d(:\d\d(\.\d+)?)?)?$/],
];

export function readableForm(
  { type, nullable, from }: Pick<PlanColumn, 'type' | 'nullable' | 'from'>,
  values: readonly (string | null)[],
): ReadableForm | null {
  if (from === undefined || values.length === 0) return null;
  const texts = values.filter((value) => value !== null);
  if (texts.length < values.length) return null;
  const all = (agrees: (text: string) => boolean) => texts.every(agrees);
  if (nullable && all((text) => text.trim() === '' || NOTHING.includes(text.trim().toLowerCase())))
    return {
      steps: [{ kind: 'trim' }, { kind: 'empty-to-null', words: wordsIn(texts) }],
      words: 'Take blanks and words for nothing as empty',
    };
  const readable = READABLE.find(([types]) => types.test(type))?.[1];
  if (readable === undefined) return null;
  if (all((text) => readable.test(text.trim())))
    return { steps: [{ kind: 'trim' }], words: 'Leave out the blanks around the values' };
  return rewritten(type, readable, texts);
}

/** Each: for which types, what is looked for, what takes its place. */
const REWRITES: readonly (readonly [RegExp, string, string, string])[] = [
  [/^(date|timestamp)/, '^(\\d{2})\\.(\\d{2})\\.(\\d{4})', '$3-$2-$1', 'Read day, month and year with dots'],
  [/^(numeric|double|real)/, '^([+-]?\\d+),(\\d+)$', '$1.$2', 'Read the comma as the decimal point'],
];

function rewritten(type: string, readable: RegExp, texts: readonly string[]): ReadableForm | null {
  for (const [types, pattern, replacement, words] of REWRITES) {
    const found = new RegExp(pattern);
    const becomes = (text: string) => text.trim().replace(found, replacement);
    if (!types.test(type) || !texts.every((text) => readable.test(becomes(text)))) continue;
    return {
      steps: [
        { kind: 'trim' },
        { kind: 'replace', pattern, with: replacement, ignoreCase: false, first: true, noMatch: 'keep' },
      ],
      words,
    };
  }
  return null;
}

function wordsIn(texts: readonly string[]): string[] {
  const found = new Set(texts.map((text) => text.trim().toLowerCase()).filter((text) => text !== ''));
  return [...found].sort();
}
