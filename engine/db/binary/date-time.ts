/**
 * Dates and timestamps between PostgreSQL's text (ISO style) and its binary form: days and microseconds since
 * 2000-01-01 (source: src/backend/utils/adt/timestamp.c). Never a JavaScript Date: those know neither infinity, nor
 * microseconds, nor years beyond 275760.
 */
import { EPOCH_OFFSET_DAYS } from './copy-format.ts';

const DATE = /^(\d{4,6})-(\d{2})-(\d{2})( BC)?$/;
const TIMESTAMP =
  /^(\d{4,6})-(\d{2})-(\d{2})[ T](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,6}))?)?(Z|[+-]\d{2}(?::?\d{2}){0,2})?( BC)?$/;
const DAY_MICROSECONDS = 86_400_000_000n;
export const DATE_INFINITY = 0x7fffffff;
export const DATE_MINUS_INFINITY = -0x80000000;
export const TIMESTAMP_INFINITY: bigint = 2n ** 63n - 1n;
export const TIMESTAMP_MINUS_INFINITY: bigint = -(2n ** 63n);

/** Days since 2000-01-01, or null where the text is no date of the calendar. */
export function parseDate(text: string): number | null {
  if (text === 'infinity') return DATE_INFINITY;
  if (text === '-infinity') return DATE_MINUS_INFINITY;
  const match = DATE.exec(text.trim());
  return match ? days(match[1]!, match[2]!, match[3]!, match[4] !== undefined) : null;
}

/** Microseconds since 2000-01-01 UTC; text without an offset counts as UTC. Null where the text is no timestamp. */
export function parseTimestamp(text: string): bigint | null {
  const trimmed = text.trim();
  if (trimmed === 'infinity') return TIMESTAMP_INFINITY;
  if (trimmed === '-infinity') return TIMESTAMP_MINUS_INFINITY;
  const match = TIMESTAMP.exec(trimmed);
  if (!match) {
    const date = parseDate(trimmed);
    return date === null ? null : BigInt(date) * DAY_MICROSECONDS;
  }
  const date = days(match[1]!, match[2]!, match[3]!, match[9] !== undefined);
  const [hour, minute, second] = [Number(match[4]), Number(match[5]), Number(match[6] ?? 0)];
  if (date === null || hour > 24 || minute > 59 || second > 60) return null;
  const seconds = (hour * 60 + minute) * 60 + second - offsetSeconds(match[8]);
  return (
    BigInt(date) * DAY_MICROSECONDS + BigInt(seconds) * 1_000_000n + BigInt((match[7] ?? '').padEnd(6, '0'))
  );
}

function offsetSeconds(text: string | undefined): number {
  if (text === undefined || text === 'Z') return 0;
  const digits = text.slice(1).replaceAll(':', '').padEnd(6, '0');
  const seconds =
    (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2, 4))) * 60 + Number(digits.slice(4, 6));
  return text[0] === '-' ? -seconds : seconds;
}

/** Days from civil date, proleptic Gregorian (Howard Hinnant, “chrono-compatible low-level date algorithms”). */
function days(yearText: string, monthText: string, dayText: string, beforeChrist: boolean): number | null {
  const month = Number(monthText);
  const day = Number(dayText);
  let year = Number(yearText);
  if (year === 0 || month < 1 || month > 12 || day < 1 || day > lastDay(year, month, beforeChrist))
    return null;
  if (beforeChrist) year = 1 - year;
  const y = month <= 2 ? year - 1 : year;
  const era = Math.floor(y / 400);
  const yearOfEra = y - era * 400;
  const dayOfYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468 - EPOCH_OFFSET_DAYS;
}

function lastDay(year: number, month: number, beforeChrist: boolean): number {
  if (month !== 2) return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  const y = beforeChrist ? 1 - year : year;
  return (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0 ? 29 : 28;
}
