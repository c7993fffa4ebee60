/** Unix time as ISO text in UTC, exact to the microsecond for any moment of the calendar. */
import { parseDecimal, rescale } from '../../db/binary/numeric.ts';
import { Misfit } from '../misfit.ts';

const DIGITS = { seconds: 0, milliseconds: 3, microseconds: 6 } as const;
/** More digits are beyond the calendar in any unit. */
const MOST_DIGITS = 40;

export function epochText(value: string, unit: keyof typeof DIGITS): string | Misfit {
  const decimal = parseDecimal(value);
  if (!decimal) return new Misfit('not-a-number', 'not a number of seconds');
  const scaled = rescale({ ...decimal, scale: decimal.scale + DIGITS[unit] }, 6);
  if (!scaled) return new Misfit('excess-scale', 'finer than a microsecond');
  if (String(scaled.digits).length > MOST_DIGITS) return new Misfit('out-of-range', 'beyond the calendar');
  const microseconds = scaled.negative ? -scaled.digits : scaled.digits;
  const seconds = microseconds >= 0n ? microseconds / 1_000_000n : -((-microseconds + 999_999n) / 1_000_000n);
  const fraction = microseconds - seconds * 1_000_000n;
  const date = new Date(Number(seconds) * 1000);
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1) {
    return new Misfit('out-of-range', 'beyond the calendar');
  }
  const [day, time] = date.toISOString().replace(/^\+0*/, '').split('T') as [string, string];
  return `${day} ${time.slice(0, 8)}.${String(fraction).padStart(6, '0')}+00`;
}
