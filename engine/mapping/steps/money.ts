/**
 * Amounts: never rounded, never a floating-point number. Text is read as the plan says it is written – what separates
 * thousands, the decimal point, the currency's signs – and everything else is no amount. `1.234` without a declared
 * separator is one and a bit; with `thousands: "."` it is a thousand and more: nothing is guessed.
 */
import { parseDecimal, rescale } from '../../db/binary/numeric.ts';
import { Misfit } from '../misfit.ts';
import type { TransformOf } from './step.ts';

/** Blanks that stand for one another in amounts: plain, no-break, narrow no-break and thin. */
const BLANKS = /[ \u00a0\u202f\u2009]/g;
const APOSTROPHES = /[’]/g;
const SEPARATED: Readonly<Record<string, RegExp>> = {
  ',': /^\d{1,3}(,\d{3})+$/,
  '.': /^\d{1,3}(\.\d{3})+$/,
  ' ': /^\d{1,3}( \d{3})+$/,
  "'": /^\d{1,3}('\d{3})+$/,
};

/** With separators and blanks. */
const MOST_CHARACTERS = 1000;

export function moneyReader(spec: TransformOf<'money'>): (value: string) => string | Misfit {
  const written = spec.point !== undefined || spec.thousands !== undefined || spec.signs !== undefined;
  return (value) => {
    const text = !written ? value : value.length > MOST_CHARACTERS ? null : plainAmount(value, spec);
    const decimal = text === null ? null : parseDecimal(text);
    if (!decimal) return new Misfit('not-a-number', 'not an amount');
    if (rescale(decimal, spec.scale)) return text!;
    return new Misfit(
      'excess-scale',
      `more than ${spec.scale} digits after the point, and money is never rounded`,
    );
  };
}

/** `-€ 1.234,50` → `-1234.50`; null where it is not written as declared. */
function plainAmount(
  value: string,
  { point = '.', thousands, signs = [] }: TransformOf<'money'>,
): string | null {
  let text = value.replace(BLANKS, ' ').replace(APOSTROPHES, "'").trim();
  let negative = false;
  const takeMinus = () => {
    const bare = /^[-−]/.test(text) ? text.slice(1) : /-$/.test(text) ? text.slice(0, -1) : null;
    if (bare === null) return true;
    if (negative) return false;
    negative = true;
    text = bare.trim();
    return true;
  };
  if (!takeMinus()) return null;
  text = withoutSign(text, signs);
  if (!takeMinus()) return null;
  const at = text.indexOf(point);
  const separated = at >= 0 && thousands !== point;
  const whole = separated ? text.slice(0, at) : text;
  const fraction = separated ? text.slice(at + 1) : '';
  if (separated && !/^\d+$/.test(fraction)) return null;
  const digits = wholeDigits(whole, thousands);
  if (digits === null || (digits === '' && fraction === '')) return null;
  return `${negative ? '-' : ''}${digits || '0'}${fraction === '' ? '' : `.${fraction}`}`;
}

function wholeDigits(whole: string, thousands: string | undefined): string | null {
  if (/^\d*$/.test(whole)) return whole;
  if (thousands === undefined || !SEPARATED[thousands]!.test(whole)) return null;
  return whole.replaceAll(thousands, '');
}

/** One of the declared signs, in front or behind; the longest wins, so that `US$` is not taken for `$`. */
function withoutSign(text: string, signs: readonly string[]): string {
  const upper = text.toUpperCase();
  const found = signs
    .filter((sign) => upper.startsWith(sign.toUpperCase()) || upper.endsWith(sign.toUpperCase()))
    .reduce((longest, sign) => (sign.length > longest.length ? sign : longest), '');
  if (found === '') return text;
  return (
    upper.startsWith(found.toUpperCase()) ? text.slice(found.length) : text.slice(0, -found.length)
  ).trim();
}
