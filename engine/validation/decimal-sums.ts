/** Exact arithmetic on decimals as PostgreSQL prints them. */
import { type Decimal, parseDecimal, rescale } from '../db/binary/numeric.ts';

/** a + sign × b. Throws RangeError where one is no finite decimal. */
export function addDecimals(a: string, b: string, sign: 1 | -1 = 1): string {
  const [x, y] = [parse(a), parse(b)];
  const scale = Math.max(x.scale, y.scale);
  const sum = signed(rescale(x, scale)!) + BigInt(sign) * signed(rescale(y, scale)!);
  const digits = String(sum < 0n ? -sum : sum).padStart(scale + 1, '0');
  const whole = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
  return sum < 0n ? `-${whole}` : whole;
}

/** Equal as numbers: 1.50 and 1.5 are the same amount. */
export function sameDecimal(a: string, b: string): boolean {
  return /^-?0*\.?0*$/.test(addDecimals(a, b, -1));
}

function parse(text: string): Decimal {
  const decimal = parseDecimal(text);
  if (!decimal) throw new RangeError('not a finite decimal number');
  return decimal;
}

function signed(value: Decimal): bigint {
  return value.negative ? -value.digits : value.digits;
}
