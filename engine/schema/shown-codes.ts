/**
 * The values of a column where they are codes: few, short, repeated, written as programs write them, in a column that is
 * called like a code. What a few people are called in a column of another name may look just the same, so it is not shown.
 */
import { shownText } from '../core/shown-text.ts';
import type { Column, Table } from './catalog.ts';

const MOST_VALUES = 20;
/** A text that only one or two rows have is somebody's, however few there are. */
const LEAST_ROWS = 3;
/** As programs write codes. What people write is capitalised, or has marks and long numbers in it. */
const CODE = /^(?!.*\d{5})([\da-z_./+-]{0,24}|[\dA-Z_./+-]{1,24}|[a-z]+( [a-z]+){1,2})$/;
const SHORT_NUMBER = /^-?\d{1,3}$/;
/** Words for yes and no say nothing of anybody. */
const YES_OR_NO = /^(y|n|yes|no|t|f|true|false|on|off|ja|nein|oui|non|si|j)?$/i;
const CALLED_LIKE_A_CODE =
  /(^|_)(status|state|type|kind|category|level|priority|mode|currency|country|language|locale|unit|method|code|flag|phase|stage|role|colou?r|size|result|outcome|source|origin|channel|format|class|grade|direction|visibility|severity|frequency|period|action|event|model|media|engine|encoding)$/;
/** Texts in such a column are people, whatever they look like. */
const PEOPLE =
  /(^|_)(by|name|user|owner|agent|assignee|assigned|operator|manager|nurse|doctor|patient|person|contact|author|sender|recipient|reviewer|customer|client|employee|member)(_|$)/;

/** Null: they are not to be shown, or too many. */
export function shownCodes(table: Table, { name, type, profile }: Column): string[] | null {
  const codes = profile?.codes;
  if (!codes || codes.length > MOST_VALUES || table.primaryKey?.columns.includes(name)) return null;
  if (type.kind === 'enum' || type.name === 'bool') return codes.map(({ value }) => shownText(value, 40));
  const open = codes.some(({ value }) => !SHORT_NUMBER.test(value) && !YES_OR_NO.test(value));
  const plain = name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').toLowerCase();
  const named = CALLED_LIKE_A_CODE.test(plain) && !PEOPLE.test(plain);
  if (open && !(named && codes.every(({ value }) => CODE.test(value)))) return null;
  const shown = codes.filter(({ value, count }) => count >= LEAST_ROWS || SHORT_NUMBER.test(value));
  return shown.length === 0 ? null : shown.map(({ value }) => value);
}

/** A text in a rule, such as a check of the source: a code stays, anything else shows its form only. */
export function isCode(text: string): boolean {
  return CODE.test(text);
}
