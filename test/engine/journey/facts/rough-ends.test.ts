/** An end is one record's value: what is told of it fits many. */
import { expect, test } from 'vitest';
import { roughEnds } from '../../../../engine/journey/facts/rough-ends.ts';

test.each([
  ['date', '1987-03-29', '1988-06-09', '1987', '1988'],
  ['timestamp', '1949-02-27 04:45:00', '0044-03-15 00:00:00 BC', '1949', '0044 BC'],
  ['timestamptz', '-infinity', 'infinity', null, null],
  ['time', '04:45:17', '23:10:00', '04:00', '23:00'],
  ['int4', '0', '99', '0', '99'],
  ['int4', '-999', '1774193882', '-999', '1800000000'],
  ['numeric', '-48213.77', '731946.83', '-49000', '740000'],
  ['numeric', '0.07', '12.5', '0', '13'],
  ['float8', '-0.2', '1e300', '-1', null],
  ['numeric', 'NaN', null, null, null],
] as const)('%s from %s to %s', (storage, min, max, least, greatest) => {
  expect(roughEnds(storage, { min, max })).toEqual({ min: least, max: greatest });
});

test('all values lie between the ends that are told', () => {
  for (let value = -5000; value < 5000; value += 7.3) {
    const { min, max } = roughEnds('numeric', { min: String(value), max: String(value) });
    expect(Number(min)).toBeLessThanOrEqual(value);
    expect(Number(max)).toBeGreaterThanOrEqual(value);
  }
});
