import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ByteWriter } from '../../../../engine/db/binary/byte-writer.ts';
import {
  compareDecimals,
  numericText,
  parseDecimal,
  rescale,
  writeNumeric,
} from '../../../../engine/db/binary/numeric.ts';
import { useTestDatabase } from '../../../helpers/test-database.ts';

const database = useTestDatabase();
const decimalText = fc
  .tuple(fc.boolean(), fc.bigInt({ min: 0n, max: 10n ** 30n }), fc.stringMatching(/^\d{0,14}$/))
  .map(([negative, whole, fraction]) => `${negative ? '-' : ''}${whole}${fraction ? `.${fraction}` : ''}`);

function encoded(text: string): Buffer {
  const out = new ByteWriter();
  writeNumeric(out, parseDecimal(text)!);
  return out.bytes.subarray(4, out.position);
}

describe('binary numeric', () => {
  test('writes the very bytes that PostgreSQL sends, and reads them back as it prints them', async () => {
    const texts = [
      ...fc.sample(decimalText, 300),
      '0',
      '0.00',
      '-0.5',
      '10000',
      '0.0001',
      '99999999.9999',
      '1e3',
      '1e-3',
      '100.10',
    ];
    const rows = await database.query<{ sent: Buffer; printed: string }>(
      'select numeric_send(n) as sent, n::text as printed from unnest($1::text[]) with ordinality as t(x, i), lateral (select x::numeric) as c(n) order by i',
      [texts],
    );
    for (const [i, { sent, printed }] of rows.entries()) {
      expect(encoded(texts[i]!).toString('hex'), texts[i]).toBe(sent.toString('hex'));
      expect(numericText(sent, 0)).toBe(printed);
    }
  });

  test('names the values that are no numbers', async () => {
    const [row] = await database.query<{ sent: Buffer }>("select numeric_send('NaN') as sent");
    expect(numericText(row!.sent, 0)).toBe('NaN');
    expect(parseDecimal('NaN')).toBeNull();
    expect(parseDecimal('')).toBeNull();
    expect(parseDecimal('.')).toBeNull();
  });

  test('changes scale only where nothing is lost', () => {
    expect(rescale(parseDecimal('1.500')!, 2)).toEqual(parseDecimal('1.50'));
    expect(rescale(parseDecimal('1.505')!, 2)).toBeNull();
    expect(rescale(parseDecimal('7')!, 4)).toEqual(parseDecimal('7.0000'));
  });

  test('compares by value, whatever the scale', () => {
    expect(compareDecimals(parseDecimal('1.50')!, parseDecimal('1.5')!)).toBe(0);
    expect(compareDecimals(parseDecimal('-2')!, parseDecimal('-1.999')!)).toBe(-1);
    expect(compareDecimals(parseDecimal('100')!, parseDecimal('99.99')!)).toBe(1);
  });
});
