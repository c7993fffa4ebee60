import fc from 'fast-check';
import { expect, test } from 'vitest';
import { addDecimals, sameDecimal } from '../../../engine/validation/decimal-sums.ts';
import {
  addRow,
  BUCKETS,
  bucketOf,
  bucketRange,
  createBucketSums,
  differingBuckets,
} from '../../../engine/validation/rows/bucket-sums.ts';
import { comparableJson } from '../../../engine/validation/rows/comparable-json.ts';
import { createRowHash } from '../../../engine/validation/rows/row-hash.ts';
import { RowTable } from '../../../engine/validation/rows/row-table.ts';

const bytes = fc.uint8Array({ minLength: 0, maxLength: 60 });

function hashed(row: Uint8Array, at = 0): string {
  const framed = Buffer.concat([Buffer.alloc(at, 7), row, Buffer.alloc(3, 9)]);
  const words = new Int32Array(4);
  createRowHash([1, 2])(framed, at, at + row.length, words);
  return words.join();
}

test('the hash depends on the bytes, not on where they lie', () => {
  fc.assert(fc.property(bytes, fc.nat(20), (row, at) => hashed(row, at) === hashed(row)));
});

test('any changed byte and any length changes every result', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 1, maxLength: 60 }),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      (row, where, change) => {
        const other = Uint8Array.from(row);
        other[where % row.length]! ^= change;
        expect(hashed(other)).not.toBe(hashed(row));
        expect(hashed(Buffer.concat([row, Buffer.alloc(1)]))).not.toBe(hashed(row));
        const [a, b] = [hashed(row).split(','), hashed(other).split(',')];
        expect(a.slice(0, 2).every((word, i) => word !== b[i])).toBe(true);
      },
    ),
  );
});

test('two comparisons have different seeds', () => {
  const [a, b] = [new Int32Array(4), new Int32Array(4)];
  createRowHash()(Buffer.from('row'), 0, 3, a);
  createRowHash()(Buffer.from('row'), 0, 3, b);
  expect(a).not.toEqual(b);
});

test('sums do not depend on the order of rows, and tell the bucket that differs', () => {
  const row = fc.tuple(fc.integer(), fc.tuple(fc.integer(), fc.integer(), fc.integer(), fc.integer()));
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 40 }), (rows) => {
      const [a, b] = [createBucketSums(), createBucketSums()];
      for (const [id, hash] of rows) addRow(a, bucketOf(id), Int32Array.from(hash));
      for (const [id, hash] of [...rows].reverse()) addRow(b, bucketOf(id), Int32Array.from(hash));
      expect(differingBuckets(a, b)).toEqual([]);
      const [id, [x, y, z, w]] = rows[0]!;
      addRow(a, bucketOf(id), Int32Array.of(x, y, z, w));
      expect(differingBuckets(a, b)).toEqual([bucketOf(id)]);
    }),
  );
});

test('buckets are ranges of ids without gaps', () => {
  expect(bucketRange(0).low).toBe('00000000-0000-0000-0000-000000000000');
  expect(bucketRange(BUCKETS - 1).high).toBe('ffffffff-ffff-ffff-ffff-ffffffffffff');
  expect(bucketRange(0xabc)).toEqual({
    low: 'abc00000-0000-0000-0000-000000000000',
    high: 'abcfffff-ffff-ffff-ffff-ffffffffffff',
  });
  expect(bucketOf(0xabcdef01 | 0)).toBe(0xabc);
});

test('the table of rows tells equal, different, absent and unseen, like a map', () => {
  const id = fc.tuple(fc.integer(), fc.integer({ min: 0, max: 3 }), fc.integer(), fc.integer());
  fc.assert(
    fc.property(
      fc.uniqueArray(id, { selector: String, maxLength: 60 }),
      fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }),
      (ids, seen) => {
        const table = new RowTable(ids.length);
        for (const one of ids) table.add(Int32Array.from(one), Int32Array.from(one));
        expect(table.size).toBe(ids.length);
        ids.forEach((one, i) => {
          if (!seen[i]) return;
          const hash = Int32Array.from(one);
          if (i % 2 === 0) expect(table.compare(Int32Array.from(one), hash)).toBe('equal');
          hash[3]! ^= 1;
          expect(table.compare(Int32Array.from(one), hash)).toBe('different');
        });
        expect(table.compare(Int32Array.of(1, 9, 1, 1), Int32Array.of(0, 0, 0, 0))).toBe('absent');
        const unseen: string[] = [];
        table.forEachUnseen((one) => unseen.push(one.join()));
        expect(unseen.sort()).toEqual(
          ids
            .filter((_, i) => !seen[i])
            .map(String)
            .sort(),
        );
      },
    ),
  );
});

test('texts that jsonb holds as one value have one spelling, others do not', () => {
  const spellings = (...texts: string[]) => new Set(texts.map(comparableJson)).size;
  expect(
    spellings('{"b":1,"a":[1e2, "\\u00fc"]}', ' { "a" : [100,"ü"], "b": 1 } ', '{"b":7,"a":[100,"ü"],"b":1}'),
  ).toBe(1);
  expect(spellings('1', '1.0', '1.00', '10e-1')).toBe(3);
  expect(spellings('12345678901234567890', '12345678901234567891')).toBe(2);
  expect(spellings('-0', '0')).toBe(1);
  expect(spellings('"1"', '1')).toBe(2);
  expect(spellings('{"__proto__":1}', '{}')).toBe(2);
});

test('decimals are added exactly', () => {
  expect(addDecimals('0.1', '0.2')).toBe('0.3');
  expect(addDecimals('99999999999999999999.99', '0.01')).toBe('100000000000000000000.00');
  expect(addDecimals('1', '2.50', -1)).toBe('-1.50');
  expect(sameDecimal('1.50', '1.5')).toBe(true);
  expect(sameDecimal('1.50', '1.51')).toBe(false);
  expect(() => addDecimals('NaN', '1')).toThrow(RangeError);
});
