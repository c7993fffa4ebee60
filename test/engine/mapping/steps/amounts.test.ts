/** Amounts and moments are exact: what comes out is, digit for digit, what went in. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Misfit } from '../../../../engine/mapping/misfit.ts';
import { stepFor } from './run-step.ts';

const digits = fc.bigInt({ min: 0n, max: 10n ** 30n }).map(String);
const cents = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 0, maxLength: 2 });

/** `1234567` → `1 234 567` with any separator. */
function grouped(text: string, separator: string): string {
  return text.replace(/\B(?=(\d{3})+$)/g, separator);
}

describe('money', () => {
  test.each([
    [',', '.', ['€', 'EUR']],
    ['.', ',', ['$', 'US$']],
    ['.', "'", ['CHF']],
    [',', ' ', ['kr']],
  ])('point %s, thousands %s', (point, thousands, signs) => {
    const run = stepFor({ kind: 'money', scale: 2, point, thousands, signs });
    fc.assert(
      fc.property(digits, cents, fc.boolean(), fc.nat(3), (whole, fraction, negative, form) => {
        const amount = `${grouped(whole, thousands)}${fraction && point}${fraction}`;
        const minus = negative ? '-' : '';
        const written = [
          `${minus}${amount}`,
          ` ${minus}${signs[0]} ${amount} `,
          `${amount}${minus} ${signs.at(-1)}`,
          `${signs[0]!.toLowerCase()}${minus}${amount}`,
        ][form];
        expect(run(written!)).toBe(`${minus}${whole}${fraction && '.'}${fraction}`);
      }),
    );
  });

  test.each([
    '1.23.4',
    '12.34',
    '1,2,3',
    '1.234,567',
    '12 €',
    'USD 5',
    '1.234 5',
    '',
    '€',
    '-',
    '1..2',
    ',',
    '--5',
    '-5-',
  ])('%s is not guessed at', (text) => {
    expect(
      stepFor({ kind: 'money', scale: 2, point: ',', thousands: '.', signs: ['EUR'] })(text),
    ).toBeInstanceOf(Misfit);
  });

  test('more digits than the scale do not fit, and are never rounded', () => {
    const run = stepFor({ kind: 'money', scale: 2 });
    expect(run('0.10')).toBe('0.10');
    expect(run('0.100')).toBe('0.100');
    expect(run('0.101')).toMatchObject({ reason: 'excess-scale' });
  });
});

describe('epoch', () => {
  test.each([
    ['seconds', 1_000_000n],
    ['milliseconds', 1000n],
    ['microseconds', 1n],
  ])('%s, exact to the microsecond', (unit, each) => {
    const run = stepFor({ kind: 'epoch', unit });
    const last = 8_000_000_000_000_000n;
    fc.assert(
      fc.property(fc.bigInt({ min: -60_000_000_000_000_000n, max: last }), (microseconds) => {
        const [sign, size] = microseconds < 0n ? ['-', -microseconds] : ['', microseconds];
        const fraction = String(size % each).padStart(String(each).length - 1, '0');
        const value = run(`${sign}${size / each}${each === 1n ? '' : `.${fraction}`}`);
        expect(typeof value).toBe('string');
        const [, moment, rest] = /^(.*)\.(\d{6})\+00$/.exec(value as string)!;
        const [day, time] = moment!.split(' ');
        const year = day!.split('-')[0]!;
        const iso = year.length > 4 ? `+${day!.padStart(12, '0')}` : day;
        expect(BigInt(Date.parse(`${iso}T${time}Z`)) * 1000n + BigInt(rest!)).toBe(microseconds);
      }),
    );
  });

  test('what is finer, or beyond the calendar, does not fit', () => {
    expect(stepFor({ kind: 'epoch' })('0.0000001')).toMatchObject({ reason: 'excess-scale' });
    expect(stepFor({ kind: 'epoch' })('1e20')).toMatchObject({ reason: 'out-of-range' });
    expect(stepFor({ kind: 'epoch' })('-1e12')).toMatchObject({ reason: 'out-of-range' });
  });
});
