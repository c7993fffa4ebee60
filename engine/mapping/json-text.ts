/** Whether jsonb takes a text: JSON, without the few things that JSON allows and jsonb cannot hold. */

/** `\u0000`, and halves of surrogate pairs; the pattern begins at backslashes, so that an escaped one is passed over. */
const ESCAPE = /\\(?:u([0-9a-fA-F]{4})|.)/gs;
/** Numbers with exponents of so many digits may be beyond numeric. */
const LARGE_EXPONENT = /[eE][+-]?\d{4,}/;

/** In words; null where it takes it. */
export function jsonbProblem(text: string): string | null {
  try {
    JSON.parse(text);
  } catch {
    return 'not JSON';
  }
  if (text.includes('\\u') && hasUnstorableEscape(text)) return 'JSON with a character that cannot be stored';
  if (LARGE_EXPONENT.test(text) && hasHugeNumber(text)) return 'JSON with a number beyond all bounds';
  return null;
}

function hasUnstorableEscape(text: string): boolean {
  let highAt = -1;
  for (const match of text.matchAll(ESCAPE)) {
    const code = match[1] === undefined ? -1 : Number.parseInt(match[1], 16);
    const low = code >= 0xdc00 && code <= 0xdfff;
    // A half must be followed at once by the other one.
    if (low !== (highAt >= 0 && match.index === highAt)) return true;
    highAt = code >= 0xd800 && code <= 0xdbff ? match.index + 6 : -1;
    if (code === 0) return true;
  }
  return highAt >= 0;
}

function hasHugeNumber(text: string): boolean {
  let huge = false;
  const look = (_key: string, value: unknown, context: { readonly source?: string }) => {
    if (typeof value === 'number' && LARGE_EXPONENT.test(context.source ?? '')) huge = true;
    return value;
  };
  JSON.parse(text, look as (key: string, value: unknown) => unknown);
  return huge;
}
