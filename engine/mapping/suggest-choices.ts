/**
 * Words for codes: from the column's own comment (`choices: 0=new, 1=open`), else from a standard.
 * Without either the numbers stay numbers: a list guessed from a sample would set rare but good rows aside.
 */
import type { Column } from '../schema/catalog.ts';
import { CODE, STANDARD_CODES } from './suggest-words.ts';

export interface ChoiceSuggestion {
  readonly map: Readonly<Record<string, string>>;
  readonly confidence: number;
  readonly reason: string;
}

const INTEGERS = new Set(['int2', 'int4', 'int8']);
const TEXTS = new Set(['text', 'varchar', 'bpchar']);
/** A code counts as meant when at least this share of the sampled values has it. */
const KNOWN_SHARE = 0.005;

export function suggestChoices(column: Column): ChoiceSuggestion | null {
  const integer = INTEGERS.has(column.type.name);
  if (!integer && !(TEXTS.has(column.type.name) && column.comment !== null)) return null;
  const documented = parseChoices(column.comment);
  if (documented) {
    const numbers = Object.keys(documented).every((code) => /^-?\d+$/.test(code));
    if (integer && numbers)
      return { map: documented, confidence: 0.97, reason: 'codes and words from the comment on the column' };
    return null;
  }
  return integer ? standardChoices(column) : null;
}

/** `choices: 0=new, 1=in progress` or `0 = new; 1 = done`; two pairs at least, nothing else around them. */
export function parseChoices(comment: string | null): Record<string, string> | null {
  if (comment === null) return null;
  const list = comment
    .replace(/^\s*(choices|codes|values|enum)\s*:\s*/i, '')
    .trim()
    .replace(/\.$/, '');
  const parts = list.split(/\s*[,;\n]\s*/).filter((part) => part !== '');
  const map: Record<string, string> = {};
  for (const part of parts) {
    const match = /^(-?\w+)\s*(?:=>|=|:|–|->)\s*(.+)$/u.exec(part.trim());
    if (!match) return null;
    const [, code, word] = match;
    if (Object.hasOwn(map, code!)) return null;
    map[code!] = word!.trim().replace(/^(['"])(.*)\1$/, '$2');
  }
  const words = Object.values(map);
  return words.length >= 2 && new Set(words).size === words.length ? map : null;
}

function standardChoices(column: Column): ChoiceSuggestion | null {
  const name = column.name.toLowerCase();
  const standard = Object.hasOwn(STANDARD_CODES, name) ? STANDARD_CODES[name] : undefined;
  const codes = column.profile?.codes;
  if (!standard || !codes || codes.length === 0) return null;
  const total = codes.reduce((sum, code) => sum + code.count, 0);
  const known = codes.filter((code) => code.count / total >= KNOWN_SHARE);
  if (!known.every((code) => Object.hasOwn(standard, code.value))) return null;
  return { map: { ...standard }, confidence: 0.85, reason: 'codes and words of ISO/IEC 5218' };
}

/** True for a column whose codes nobody explained, which is worth a note. */
export function isUnexplainedCode(column: Column): boolean {
  const codes = column.profile?.codes;
  return (
    column.type.name === 'int2' && CODE.test(column.name.toLowerCase()) && codes != null && codes.length <= 12
  );
}
