/**
 * PostgreSQL's binary numeric (source: src/backend/utils/adt/numeric.c, numeric_send): int16 number of base-10000
 * digits, weight of the first, sign (0x0000, 0x4000, NaN 0xC000, infinities 0xD000 and 0xF000), decimal digits after
 * the point, then the digits. Kept as decimal text here: a numeric is never a JavaScript number.
 */
import type { ByteWriter } from './byte-writer.ts';

const NEGATIVE = 0x4000;
const SPECIAL: Readonly<Record<number, string>> = { 49152: 'NaN', 53248: 'Infinity', 61440: '-Infinity' };

/** A finite decimal number: value = (negative ? -1 : 1) × digits / 10^scale; `digits` has no leading zeros beyond the point. */
export interface Decimal {
  readonly negative: boolean;
  readonly digits: bigint;
  readonly scale: number;
}

/** Text as PostgreSQL prints it, trailing zeros kept. */
export function numericText(bytes: Buffer, at: number): string {
  const count = bytes.readInt16BE(at);
  const weight = bytes.readInt16BE(at + 2);
  const sign = bytes.readUInt16BE(at + 4);
  const scale = bytes.readInt16BE(at + 6);
  const special = SPECIAL[sign];
  if (special !== undefined) return special;
  const group = (index: number) =>
    index >= 0 && index < count ? String(bytes.readInt16BE(at + 8 + index * 2)).padStart(4, '0') : '0000';
  let whole = '';
  for (let i = 0; i <= weight; i++) whole += group(i);
  whole = whole.replace(/^0+(?=\d)/, '') || '0';
  let fraction = '';
  for (let i = weight + 1; fraction.length < scale; i++) fraction += group(i);
  return `${sign === NEGATIVE ? '-' : ''}${whole}${scale > 0 ? `.${fraction.slice(0, scale)}` : ''}`;
}

/** More than a numeric has digits; to read a number takes time by the square of its length. */
const MOST_CHARACTERS = 150_000;

/** Parses PostgreSQL's or a person's decimal text (`-12.50`, `1e3`); null where it is not a finite decimal number. */
export function parseDecimal(text: string): Decimal | null {
  if (text.length > MOST_CHARACTERS) return null;
  const match = /^\s*([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?\s*$/.exec(text);
  if (!match || (match[2] === '' && (match[3] ?? '') === '')) return null;
  const fraction = match[3] ?? '';
  let digits = BigInt(`${match[2]}${fraction}` || '0');
  let scale = fraction.length - Number(match[4] ?? 0);
  if (scale < 0) {
    digits *= 10n ** BigInt(-scale);
    scale = 0;
  }
  return { negative: match[1] === '-' && digits !== 0n, digits, scale };
}

/** The same value with exactly `scale` digits after the point, or null where that would round. */
export function rescale(value: Decimal, scale: number): Decimal | null {
  if (value.scale === scale) return value;
  if (value.scale < scale) {
    return { ...value, digits: value.digits * 10n ** BigInt(scale - value.scale), scale };
  }
  const factor = 10n ** BigInt(value.scale - scale);
  if (value.digits % factor !== 0n) return null;
  return { ...value, digits: value.digits / factor, scale };
}

/** Negative, zero or positive as `a` is below, equal to or above `b`. */
export function compareDecimals(a: Decimal, b: Decimal): number {
  const scale = Math.max(a.scale, b.scale);
  const left = signed(a) * 10n ** BigInt(scale - a.scale);
  const right = signed(b) * 10n ** BigInt(scale - b.scale);
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Writes a numeric field with its length. Makes its own room. */
export function writeNumeric(out: ByteWriter, value: Decimal): void {
  const pad = (4 - (value.scale % 4)) % 4;
  let text = `${value.digits}${'0'.repeat(pad)}`;
  text = text.padStart(Math.ceil(text.length / 4) * 4, '0');
  const groups: number[] = [];
  for (let i = 0; i < text.length; i += 4) groups.push(Number(text.slice(i, i + 4)));
  let weight = groups.length - 1 - (value.scale + pad) / 4;
  let first = 0;
  while (first < groups.length && groups[first] === 0) {
    first++;
    weight--;
  }
  let last = groups.length;
  while (last > first && groups[last - 1] === 0) last--;
  if (first === last) weight = 0;
  out.ensure(12 + (last - first) * 2);
  out.int32(8 + (last - first) * 2);
  out.int16(last - first);
  out.int16(weight);
  out.int16(value.negative ? NEGATIVE : 0);
  out.int16(value.scale);
  for (let i = first; i < last; i++) out.int16(groups[i]!);
}

function signed(value: Decimal): bigint {
  return value.negative ? -value.digits : value.digits;
}
