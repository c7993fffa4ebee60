import fc from 'fast-check';
import { expect, test } from 'vitest';
import { thinned } from '../../../server/views/throughput.ts';

const start = Date.parse('2026-11-12T10:00:00.000Z');
const second = (n: number, rowsPerSecond: number) => ({
  at: new Date(start + n * 1000).toISOString(),
  rowsPerSecond,
});

test('a short series stays as it is, seconds without a batch as zeros', () => {
  expect(thinned([second(0, 5), second(2, 7)])).toEqual(
    [second(0, 5), second(2, 7)].toSpliced(1, 0, second(1, 0)),
  );
  expect(thinned([])).toEqual([]);
});

test('a long one keeps its rows and its order, and is never longer than asked', () => {
  const series = fc
    .uniqueArray(fc.tuple(fc.nat(100_000), fc.nat(50_000)), { selector: ([at]) => at, minLength: 1 })
    .map((list) => list.sort(([a], [b]) => a - b).map(([at, rows]) => second(at, rows)));
  fc.assert(
    fc.property(series, fc.integer({ min: 1, max: 300 }), (all, most) => {
      const points = thinned(all, most);
      expect(points.length).toBeLessThanOrEqual(most);
      const length = Math.round((Date.parse(all.at(-1)!.at) - Date.parse(all[0]!.at)) / 1000) + 1;
      const span = Math.ceil(length / most);
      const rows = points.reduce(
        (sum, point, i) => sum + point.rowsPerSecond * Math.min(span, length - i * span),
        0,
      );
      const real = all.reduce((sum, { rowsPerSecond }) => sum + rowsPerSecond, 0);
      expect(Math.abs(rows - real)).toBeLessThanOrEqual(length / 2 + 1);
      for (let i = 1; i < points.length; i++) expect(points[i]!.at > points[i - 1]!.at).toBe(true);
    }),
  );
});
