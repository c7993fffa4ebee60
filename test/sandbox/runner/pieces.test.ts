import fc from 'fast-check';
import { expect, test } from 'vitest';
import { usualLimits } from '../../../sandbox/limits.ts';
import { cutIntoPieces } from '../../../sandbox/runner/pieces.ts';
import { createPlaces } from '../../../sandbox/runner/places.ts';

const limits = { ...usualLimits, messageCharacters: 100, rowCharacters: 300 };

test('pieces are the batch again, in order, and bounded', () => {
  const cell = fc.option(fc.string({ maxLength: 60 }));
  fc.assert(
    fc.property(fc.array(fc.array(cell, { minLength: 2, maxLength: 2 }), { maxLength: 40 }), (rows) => {
      const pieces = cutIntoPieces(rows, limits);
      expect(pieces.flatMap((piece) => piece.rows)).toEqual(rows);
      for (const piece of pieces) {
        expect(rows[piece.start]).toBe(piece.rows[0]);
        expect(piece.rows.length === 1 || piece.rows.flat().join('').length <= 100).toBe(true);
      }
    }),
  );
});

test('one row that is too long is named', () => {
  const act = () => cutIntoPieces([['a'], ['b'], ['x'.repeat(400)]], limits);
  expect(act).toThrowError(expect.objectContaining({ kind: 'input-limit', rowIndex: 2 }));
});

test('so many at a time, in order, also after a failure', async () => {
  const places = createPlaces(2);
  let working = 0;
  let most = 0;
  const done: number[] = [];
  const work = (number: number) =>
    places.within(async () => {
      most = Math.max(most, ++working);
      await new Promise((resolve) => setTimeout(resolve, 2));
      working--;
      done.push(number);
      if (number === 1) throw new Error('one');
    });
  await Promise.allSettled([0, 1, 2, 3, 4].map(work));
  expect(most).toBe(2);
  expect(done).toEqual([0, 1, 2, 3, 4]);
});
