/**
 * The second defence of privacy. Tools answer with masked data already; what still has the form of a personal value or a
 * secret is taken out here before it is sent: e-mail addresses, telephone numbers, account and card numbers, long runs of
 * digits, secrets. Identifiers that the conversation needs keep their form: uuids, hashes, dates, grouped numbers, amounts.
 */
import { redact } from '../../engine/index.ts';

const FORMS =
  /(?<keep>\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b|\b(?=\d*[a-f])[0-9a-f]{16,}\b|\b\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?|\b\d{1,3}(?:,\d{3})+\b)|(?<email>[^\s@"'<>()[\]{},;:•*]+@[\p{L}\d-]+(?:\.[\p{L}\d-]+)+)|(?<account>\b[A-Z]{2}\d{2}(?:[ ]?[A-Z0-9]{4}){2,7}(?:[ ]?[A-Z0-9]{1,4})?\b|(?<!\d)(?:\d{4}[ -]){3}\d{1,7}(?!\d))|(?<person>(?<![\d-])\d{3}-\d\d-\d{4}(?![\d-]))|(?<phone>\+\(?\d[\d ()./-]{5,18}\d|\(\d{2,5}\)[ ]?\d{2,4}[ -]?\d{3,6}|(?<![\d.-])\d{3}[.-]\d{3}[.-]\d{4}(?![\d.-])|(?<![\d.,-])0\d{1,4}[ /-]\d[\d -]{4,10}\d(?![\d.,]))|(?<digits>(?<![\d.])\d{9,}(?!\d|\.\d))/gu;

const LABELS: Readonly<Record<string, string>> = {
  email: '[e-mail]',
  account: '[account number]',
  phone: '[phone]',
  person: '[number]',
  digits: '[number]',
};

/** A JSON number with this many digits counts nothing that a migration has: bytes and rows stay below. */
const LONG_NUMBER = 1e13;
const MAX_DEPTH = 40;

export interface Masked<T> {
  readonly value: T;
  readonly count: number;
}

export function maskText(text: string): Masked<string> {
  let count = 0;
  const masked = text.replace(FORMS, (match: string, ...rest: unknown[]) => {
    const groups = rest.at(-1) as Record<string, string | undefined>;
    if (groups.keep !== undefined) return match;
    count += 1;
    const form = Object.keys(LABELS).find((name) => groups[name] !== undefined);
    return LABELS[form ?? ''] ?? '[number]';
  });
  const value = String(redact(masked));
  return { value, count: value === masked ? count : count + 1 };
}

/** A copy of any JSON value. Text that is JSON itself is masked as text, which keeps it JSON. */
export function maskValue(value: unknown, depth = 0): Masked<unknown> {
  if (typeof value === 'string') return maskText(value);
  if (typeof value === 'number' && Math.abs(value) >= LONG_NUMBER) return { value: '[number]', count: 1 };
  if (typeof value === 'bigint') return maskText(value.toString());
  if (value === null || typeof value !== 'object') return { value, count: 0 };
  if (depth > MAX_DEPTH) return { value: '[deeper]', count: 1 };
  let count = 0;
  const inner = (item: unknown): unknown => {
    const masked = maskValue(item, depth + 1);
    count += masked.count;
    return masked.value;
  };
  if (Array.isArray(value)) return { value: value.map(inner), count };
  const entries = Object.entries(value).map(([key, item]) => {
    if (typeof item !== 'string' || !namesSecret(key)) return [inner(key), inner(item)];
    count += 1;
    return [inner(key), '[redacted]'];
  });
  return { value: Object.fromEntries(entries), count };
}

/** Whether the engine would hide a text in a field of this name, whatever it says. */
function namesSecret(key: string): boolean {
  return (redact({ [key]: 'x' }) as Record<string, unknown>)[key] !== 'x';
}
