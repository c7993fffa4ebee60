/**
 * The least and the greatest of a column, as far as they may be told. An end is the value of one record, and what a column
 * is called does not say whose: so of a day the year is told, of a time the hour, of a large number two figures, rounded
 * away from the middle so that all values lie in between. Keys of records are told as they are.
 */

export interface Ends {
  readonly min: string | null;
  readonly max: string | null;
}

/** Whole numbers below are too few to be anybody's. */
const SMALL = 1000;
const LARGEST = 1e15;

/** `storage`: name of a type of numbers, days or times. */
export function roughEnds(storage: string, { min, max }: Ends): Ends {
  return {
    min: min === null ? null : rough(storage, min, Math.floor),
    max: max === null ? null : rough(storage, max, Math.ceil),
  };
}

function rough(storage: string, value: string, round: (value: number) => number): string | null {
  if (/^(date|timestamp)/.test(storage)) return yearOf(value);
  if (/^time/.test(storage)) return `${value.slice(0, 2)}:00`;
  const number = Number(value);
  if (!Number.isFinite(number) || Math.abs(number) > LARGEST) return null;
  if (Number.isInteger(number) && Math.abs(number) < SMALL) return String(number);
  const step = Math.max(1, 10 ** (Math.floor(Math.log10(Math.abs(number))) - 1));
  return String(round(number / step) * step + 0);
}

function yearOf(value: string): string | null {
  const [year] = /^\d{4,}/.exec(value) ?? [];
  if (year === undefined) return null;
  return value.endsWith('BC') ? `${year} BC` : year;
}
