import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Cell } from '../../../sandbox/contract.ts';
import { encodeRows } from '../../../sandbox/protocol/rows.ts';

/** As the harness reads it. */
function decode(text: string, width: number): Cell[][] {
  const [count = '', ...cells] = Buffer.from(text).toString('utf8').split('\0');
  expect(cells).toHaveLength(Number(count) * width);
  return Array.from({ length: Number(count) }, (_, row) =>
    cells.slice(row * width, (row + 1) * width).map(decodeCell),
  );
}

function decodeCell(text: string): Cell {
  if (text.startsWith('\u0001')) return text === '\u0001' ? null : text.slice(1);
  return text.startsWith('\u0002') ? JSON.parse(text.slice(1)) : text;
}

test('every cell comes out as it went in', () => {
  const marks = fc.constantFrom(
    '',
    '\0',
    '\u0001',
    '\u0002',
    '\u0003',
    '\u0001\0',
    '\u0002"x"',
    '\ud800',
    'a\udc00',
  );
  const text = fc.oneof(
    marks,
    fc.string({ unit: 'binary' }),
    fc.string({ unit: fc.nat(0xffff).map((n) => String.fromCharCode(n)) }),
  );
  const cell = fc.option(text, { nil: null });
  fc.assert(
    fc.property(
      fc
        .nat(4)
        .chain((width) => fc.array(fc.array(cell, { minLength: width, maxLength: width }), { maxLength: 5 })),
      (rows) => {
        const width = rows[0]?.length ?? 0;
        expect(decode(encodeRows(rows, width), width)).toEqual(rows);
      },
    ),
  );
});
