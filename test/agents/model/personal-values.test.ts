import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maskText, maskValue } from '../../../agents/model/personal-values.ts';

describe('taken out', () => {
  test.each([
    ['ada.lovelace+x@mail.example.org', '[e-mail]'],
    ['müller@exämple.de', '[e-mail]'],
    ['+49 170 1234567', '[phone]'],
    ['+1 (555) 010-4477', '[phone]'],
    ['(555) 010-4477', '[phone]'],
    ['555-010-4477', '[phone]'],
    ['555.010.4477', '[phone]'],
    ['0170 1234567', '[phone]'],
    ['030/9018-20', '[phone]'],
    ['DE89 3704 0044 0532 0130 00', '[account number]'],
    ['GB33BUKB20201555555555', '[account number]'],
    ['4111 1111 1111 1111', '[account number]'],
    ['4111111111111111', '[number]'],
    ['078-05-1120', '[number]'],
    ['004917012345678', '[number]'],
    [`sk-${'x'.repeat(16)}0123`, '[redacted]'],
    ['postgres://me:word@host/db', 'postgres://[redacted]@host/db'],
  ])('%s', (value, masked) => {
    expect(maskText(value)).toEqual({ value: masked, count: 1 });
    expect(maskText(`It is "${value}", I think.`).value).not.toContain(value);
  });

  test('in any depth of a value, in keys, and under the name of a secret', () => {
    const value = {
      rows: [{ 'a@b.example': 'x', note: ['call +49 170 1234567'], password: 'short', n: null }],
    };
    expect(maskValue(value)).toEqual({
      value: { rows: [{ '[e-mail]': 'x', note: ['call [phone]'], password: '[redacted]', n: null }] },
      count: 3,
    });
    expect(maskValue(4_111_111_111_111_111).value).toBe('[number]');
  });
});

test.each([
  '86,214 rows, 1,204 payments, 412,318.55 in all',
  '43 822 system messages in 35–50 seconds, 0.35 %',
  'run 0b9f6a3e-1c2d-4e5f-8a9b-0c1d2e3f4a5b since 2026-11-21T07:10:42.123Z',
  'plan 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  'sum 1204567890.55 of column sample_number',
  'billing.invoice_items, order 4711, status 99, step 4 of 11, 10.0.0.12',
  '2019-03-04 to 2020-05-06, PostgreSQL 15.18',
  'A•••@example.com',
])('left as it is: %s', (text) => {
  expect(maskText(text)).toEqual({ value: text, count: 0 });
  expect(maskValue({ text, bytes: 4_831_838_208 })).toEqual({
    value: { text, bytes: 4_831_838_208 },
    count: 0,
  });
});

test('whatever stands around it, an address or a long number does not get through', () => {
  const around = fc
    .string({ unit: 'grapheme', maxLength: 20 })
    .filter((text) => !/[\w@.\d-]$|^[\w@.\d-]/.test(text));
  const value = fc.constantFrom('ada@example.org', '123456789012');
  fc.assert(
    fc.property(around, value, around, (before, planted, after) => {
      expect(maskText(`${before} ${planted} ${after}`).value).not.toContain(planted);
    }),
  );
});

test('a long text takes no long time', () => {
  const text = 'a.b-c_d+1 2(3)4/5 '.repeat(20_000);
  const started = performance.now();
  maskText(text);
  expect(performance.now() - started).toBeLessThan(2000);
});
