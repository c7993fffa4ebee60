import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  addDecimals,
  formatDecimal,
  isZero,
  subtractDecimals,
  trimZeros,
} from '../../../engine/report/decimal.ts';

const decimal = fc
  .tuple(fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }), fc.integer({ min: 0, max: 12 }))
  .map(([digits, scale]) => subtractDecimals(addDecimals('0', textOf(digits, scale)), '0'));

function textOf(digits: bigint, scale: number): string {
  const text = (digits < 0n ? -digits : digits).toString().padStart(scale + 1, '0');
  const point = text.length - scale;
  return `${digits < 0n ? '-' : ''}${text.slice(0, point)}${scale > 0 ? `.${text.slice(point)}` : ''}`;
}

test('what binary fractions cannot hold is exact', () => {
  expect(addDecimals('0.1', '0.2')).toBe('0.3');
  expect(addDecimals('9007199254740993.005', '-0.005')).toBe('9007199254740993.000');
  expect(subtractDecimals('8214377.15', '8214377.14')).toBe('0.01');
});

test('a sum less one of its parts is the other part', () => {
  fc.assert(
    fc.property(decimal, decimal, (a, b) =>
      isZero(subtractDecimals(subtractDecimals(addDecimals(a, b), b), a)),
    ),
  );
});

test('zeros that say nothing go, digits never do', () => {
  expect(trimZeros('63856.550000', '0.00')).toBe('63856.55');
  expect(trimZeros('63856.551000', '0.00')).toBe('63856.551');
  expect(trimZeros('100', '0.00')).toBe('100');
  expect(trimZeros('0.000000', '12.50')).toBe('0.00');
  expect(trimZeros('NaN', '0.00')).toBe('NaN');
});

test('NaN and Infinity are never swallowed', () => {
  expect(addDecimals('1', 'NaN')).toBe('NaN');
  expect(isZero(subtractDecimals('NaN', '1'))).toBe(false);
});

test('digits are grouped, never rounded', () => {
  expect(formatDecimal('-1234567.500')).toBe('−1,234,567.500');
  expect(formatDecimal('12.123456')).toBe('12.123456');
});
