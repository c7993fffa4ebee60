/** In which unit numbers count from 1970, where they say so: by the column's smallest and largest value, moments from 1995 to 2065. */
const UNITS = [
  { unit: 'seconds', each: 1 },
  { unit: 'milliseconds', each: 1000 },
  { unit: 'microseconds', each: 1_000_000 },
] as const;

export type EpochUnit = (typeof UNITS)[number]['unit'];

export function epochUnitOf(min: string | null, max: string | null): EpochUnit | null {
  if (min === null || max === null) return null;
  const found = UNITS.find(({ each }) => Number(min) >= 8e8 * each && Number(max) <= 3e9 * each);
  return found?.unit ?? null;
}
