/**
 * One spelling for JSON texts that jsonb holds as the same value: keys sorted, the last of equal keys kept, no blanks,
 * numbers as exact decimals with jsonb's scale (`1e2` is `100`, but `1.0` stays `1.0`). Never through a JavaScript number.
 */
import { parseDecimal } from '../../db/binary/numeric.ts';

/** Stands for a number while the text is parsed, with its decimal spelling. */
class Spelled {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

type Json = null | boolean | string | Spelled | readonly Json[] | { readonly [key: string]: Json };

/** Throws SyntaxError where the text is no JSON. */
export function comparableJson(text: string): string {
  return write(JSON.parse(text, spellNumber as (key: string, value: unknown) => unknown) as Json);
}

function spellNumber(_key: string, value: unknown, context: { readonly source: string }): unknown {
  return typeof value === 'number' ? new Spelled(decimal(context.source)) : value;
}

function decimal(source: string): string {
  const parsed = parseDecimal(source);
  if (!parsed) return source;
  const digits = String(parsed.digits).padStart(parsed.scale + 1, '0');
  const sign = parsed.negative ? '-' : '';
  if (parsed.scale === 0) return `${sign}${digits}`;
  return `${sign}${digits.slice(0, -parsed.scale)}.${digits.slice(-parsed.scale)}`;
}

function write(value: Json): string {
  if (value instanceof Spelled) return value.text;
  if (Array.isArray(value)) return `[${value.map(write).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const object = value as { readonly [key: string]: Json };
  const entries = Object.keys(object).sort();
  return `{${entries.map((key) => `${JSON.stringify(key)}:${write(object[key]!)}`).join(',')}}`;
}
