/**
 * Exact decimals as PostgreSQL prints them, added and compared without ever becoming a floating number.
 * NaN and Infinity are passed on: a sum that holds one is one.
 */

/** The exact sum; its scale is the largest of the scales. */
export function addDecimals(a: string, b: string): string {
  const special = [a, b].find((text) => !isPlain(text));
  if (special !== undefined) return special;
  const scale = Math.max(scaleOf(a), scaleOf(b));
  return unscale(toScale(a, scale) + toScale(b, scale), scale);
}

export function subtractDecimals(a: string, b: string): string {
  if (!isPlain(a) || !isPlain(b)) return a === b ? '0' : 'NaN';
  const scale = Math.max(scaleOf(a), scaleOf(b));
  return unscale(toScale(a, scale) - toScale(b, scale), scale);
}

export function isZero(decimal: string): boolean {
  return /^-?0+(\.0+)?$/.test(decimal);
}

/** Without zeros at the end that say nothing, but with as many digits after the point as `like` has. */
export function trimZeros(decimal: string, like: string): string {
  const [whole = '', fraction = ''] = decimal.split('.');
  const kept = fraction.replace(/0+$/, '').padEnd(Math.min(scaleOf(like), fraction.length), '0');
  return isPlain(decimal) ? (kept === '' ? whole : `${whole}.${kept}`) : decimal;
}

/** `-1234567.50` → `−1,234,567.50`. */
export function formatDecimal(decimal: string): string {
  const [, sign = '', whole = '', fraction = ''] = /^(-?)(\d+)(\.\d+)?$/.exec(decimal) ?? [];
  if (whole === '') return decimal;
  return `${sign === '-' ? '−' : ''}${whole.replace(/\B(?=(\d{3})+$)/g, ',')}${fraction}`;
}

const isPlain = (text: string) => /^-?\d+(\.\d+)?$/.test(text);

const scaleOf = (text: string) => text.split('.')[1]?.length ?? 0;

function toScale(text: string, scale: number): bigint {
  const [whole = '', fraction = ''] = text.split('.');
  return BigInt(whole + fraction.padEnd(scale, '0'));
}

function unscale(value: bigint, scale: number): string {
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const point = digits.length - scale;
  const text = scale === 0 ? digits : `${digits.slice(0, point)}.${digits.slice(point)}`;
  return value < 0n ? `-${text}` : text;
}
