import { expect, test } from 'vitest';
import type { MoneyLine } from '../../../server/shapes/proof.ts';
import { foldedSums } from '../../../web/screens/proof/folded-sums.ts';

const line = (column: string, difference: string) => ({ column, difference }) as MoneyLine;
const lines = (count: number) => Array.from({ length: count }, (_, index) => line(`c${index}`, '0.00'));

test('a few sums stand as they are', () => {
  expect(foldedSums(lines(15))).toEqual({ first: lines(15), rest: [] });
});

test('of many sums a dozen is shown at once, and none is lost', () => {
  const { first, rest } = foldedSums(lines(40));
  expect([first.length, rest.length]).toEqual([12, 28]);
  expect([...first, ...rest]).toEqual(lines(40));
});

test('a difference is never folded, wherever it stands', () => {
  const differ = Array.from({ length: 20 }, (_, index) => line(`d${index}`, '-0.01'));
  const { first, rest } = foldedSums([...lines(30), ...differ]);
  expect(first).toEqual(differ);
  expect(rest).toHaveLength(30);
});
