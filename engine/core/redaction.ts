/**
 * What may leave in a log, a report or an error. Secrets are taken out by the name of their field and by their form,
 * e-mail addresses by their form. Personal values in general have no form: callers describe them with `shape`.
 */
import { Secret } from './secret.ts';

export const REDACTED = '[redacted]';

const SECRET_KEY =
  /pass(word|wd|phrase)?$|^pwd$|secret|token|api[-_]?key|(service|anon)[-_]?(role|key)|private[-_]?key|authorization|cookie|credential|^namespace$|connection[-_]?string|database[-_]?url$|^dsn$/i;

const PATTERNS: readonly (readonly [RegExp, string])[] = [
  // scheme://user:password@host; a password may itself hold @ or /, so in a database's address the last @ counts
  [/\b(postgres(?:ql)?:\/\/)[^\s'"]*@/gi, `$1${REDACTED}@`],
  [/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/'"]*@/gi, `$1${REDACTED}@`],
  [
    /\b(password|passwd|pwd|secret|token|api_?key)(\s*[=:]\s*)('[^']*'|"[^"]*"|[^\s,;&'"]+)/gi,
    `$1$2${REDACTED}`,
  ],
  [/\b(bearer|basic)\s+[a-z0-9._~+/=-]{8,}/gi, `$1 ${REDACTED}`],
  [/\beyJ[\w-]+\.[\w-]+\.[\w-]*/g, REDACTED], // JSON web tokens
  [/\b(sk|pk|sb|sbp)[-_][\w-]{16,}/g, REDACTED], // keys of model and hosting vendors
  [/-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g, REDACTED],
  [/\b(pbkdf2_\w+|bcrypt\w*|argon2\w*|scrypt)\$\S+|\$(2[aby]|argon2\w*)\$\S+/g, REDACTED], // password hashes
  [/[\w.!#%&'*+/=?^`{|}~-]+@[\w-]+(\.[\w-]+)+/g, '[e-mail]'],
];

/** Takes secrets and e-mail addresses out of a text. */
export function redactText(text: string): string {
  let result = text;
  for (const [pattern, replacement] of PATTERNS) result = result.replace(pattern, replacement);
  return result;
}

const MAX_DEPTH = 8;

/** A plain copy of any value with secrets taken out. Errors lose their stack; cycles and depth are cut. */
export function redact(value: unknown, depth = 0): unknown {
  if (typeof value === 'string') return redactText(value);
  if (typeof value === 'bigint') return value.toString();
  if (typeof value === 'function' || typeof value === 'symbol') return `[${typeof value}]`;
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Secret) return REDACTED;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (ArrayBuffer.isView(value) || value instanceof ArrayBuffer) return `[${value.byteLength} bytes]`;
  if (depth >= MAX_DEPTH) return '[deeper]';
  if (Array.isArray(value)) return value.map((item) => redact(item, depth + 1));
  if (value instanceof Map) return redact(Object.fromEntries(value), depth);
  if (value instanceof Set) return redact([...value], depth);
  const entries = Object.entries(value instanceof Error ? errorFields(value) : value);
  return Object.fromEntries(
    entries.map(([key, item]) => [key, holdsSecret(key, item) ? REDACTED : redact(item, depth + 1)]),
  );
}

/** A number under such a name counts tokens or passwords; it is none. */
function holdsSecret(key: string, value: unknown): boolean {
  return SECRET_KEY.test(key) && value != null && typeof value !== 'number' && typeof value !== 'boolean';
}

/** A server's detail and context quote rows, so only names and codes are kept of it. */
function errorFields(error: Error): Record<string, unknown> {
  const own = error as unknown as Record<string, unknown>;
  const kept: Record<string, unknown> = { name: error.name };
  for (const key of ['code', 'schema', 'table', 'column', 'constraint', 'details']) {
    if (own[key] !== undefined) kept[key] = own[key];
  }
  if (error.name === 'MigrationError') kept.message = error.message;
  return kept;
}

/** Describes a value without showing it: its form and length, `e-mail(17)`, `digits(4)`, `empty text`. */
export function shape(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (typeof value !== 'string') {
    if (Array.isArray(value)) return `array(${value.length})`;
    if (ArrayBuffer.isView(value)) return `bytes(${value.byteLength})`;
    return typeof value;
  }
  if (value === '') return 'empty text';
  const form = FORMS.find(([, pattern]) => pattern.test(value))?.[0] ?? 'text';
  return `${form}(${value.length})`;
}

const FORMS: readonly (readonly [string, RegExp])[] = [
  ['blank text', /^\s+$/],
  ['digits', /^\d+$/],
  ['number', /^[+-]?\d+([.,]\d+)*$/],
  ['e-mail', /^\S+@\S+\.\S+$/],
  ['uuid', /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i],
  ['date', /^\d{4}-\d\d-\d\d$/],
  ['timestamp', /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d/],
  ['phone', /^\+?[\d\s().-]{6,}$/],
  ['json', /^\s*[[{][\s\S]*[\]}]\s*$/],
  ['letters', /^\p{L}+$/u],
];

/** Names that a server quotes; whatever else it quotes is a value. */
const QUOTED_NAME =
  /\b(column|relation|table|constraint|schema|type|function|index|database|role|domain|view|sequence)\s+"[A-Za-z_][\w$]{0,62}"/g;

const UUID = '\\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b';
/** As runs are named: day, time, four more. */
const RUN = '\\b\\d{8}-\\d{6}-[0-9a-f]{4}\\b';
const MOMENT =
  '\\b\\d{4}-\\d\\d-\\d\\d(?:[ T]\\d\\d:\\d\\d(?::\\d\\d(?:\\.\\d+)?)?(?:Z|[+-]\\d\\d(?::?\\d\\d)?)?)?';
/** Seven digits and more, with what stands between the digits of phone and account numbers. */
const LONG_NUMBER = '(?<![\\w.-])\\+?\\(?\\d[\\d\\s()./-]{5,}\\d(?!\\w)';
const FIGURES = new RegExp(
  `(${UUID}|${RUN})|(${MOMENT})|(${LONG_NUMBER})( (?:rows?|records?|values?|pairs)\\b)?`,
  'gi',
);

/**
 * A sentence of a server or of a check without the values it quotes: what stands in quotes or behind `Key (…)=`, e-mail
 * addresses, dates, and numbers long enough for a telephone or an account. Names, counts and new ids stay.
 */
export function withoutValues(text: string): string {
  const names: string[] = [];
  const keep = (name: string) => `\u0000${names.push(name) - 1}\u0000`;
  const sentence = text
    .replaceAll('\u0000', '')
    .replace(/(Key \([^)]*\))=\([\s\S]*\)/g, '$1=(…)')
    .replace(/(row contains )\([\s\S]*\)/g, '$1(…)')
    .replace(/: "[\s\S]*$/, ': “…”') // a value comes last, and may itself hold quotes
    .replace(QUOTED_NAME, keep)
    .replace(/“towpath [^”]*”/g, keep)
    // from the first quote to the last: a value may hold quotes of its own
    .replace(/"[\s\S]*"/, '“…”')
    .replace(/"[\s\S]*$/, '“…”')
    .replace(/“(?!…”)[\s\S]*”/, '“…”')
    .replace(/(?<!\w)'[\s\S]*'(?!\w)/, '‘…’')
    .replace(FIGURES, maskFigure);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the mark that no text can hold, taken out above
  return redactText(sentence.replace(/\u0000(\d+)\u0000/g, (_, place: string) => names[Number(place)]!));
}

function maskFigure(
  found: string,
  name: string | undefined,
  moment: string | undefined,
  number: string | undefined,
  counted: string | undefined,
): string {
  if (name !== undefined || counted !== undefined) return found;
  if (moment !== undefined) return '[date]';
  return number!.replace(/\D/g, '').length < 7 ? found : '[number]';
}
