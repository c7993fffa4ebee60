import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  betweenTimes,
  roomFor,
  rowSteps,
  timeDetail,
  timeSteps,
} from '../../../web/screens/progress/pace-axes.ts';

const day = 86_400;

describe('times below the line', () => {
  const shown = {
    seconds: { hour: '2-digit', minute: '2-digit', second: '2-digit' },
    minutes: { hour: '2-digit', minute: '2-digit' },
    dayAndTime: { weekday: 'short', hour: '2-digit', minute: '2-digit' },
    day: { day: 'numeric', month: 'short' },
  } as const;

  test('no two of them read the same', () => {
    const step = fc.constantFrom(...timeSteps.filter((seconds) => seconds < 182 * day));
    fc.assert(
      fc.property(step, fc.integer({ min: 2, max: 6 }), fc.nat(100_000), (seconds, count, begin) => {
        const marks = Array.from({ length: count }, (_, index) => (begin + index) * seconds);
        fc.pre(seconds >= day || marks.at(-1)! - marks[0]! < 6 * day);
        const format = new Intl.DateTimeFormat('en-GB', {
          ...shown[timeDetail(marks, seconds)],
          timeZone: 'UTC',
        });
        const words = marks.map((mark) => format.format(new Date(mark * 1000)));
        expect(new Set(words).size, words.join(' ')).toBe(count);
      }),
    );
  });

  test('a move of a second has no time between two seconds', () => {
    expect(Math.min(...timeSteps)).toBe(1);
    expect(timeSteps.every(Number.isInteger)).toBe(true);
    expect(timeDetail([10, 11], 1)).toBe('seconds');
    expect([timeDetail([60], 60), timeDetail([86_400], day)], 'one alone').toEqual(['minutes', 'day']);
  });

  test('minutes may stand closer to each other than seconds', () => {
    const room = { short: 66, long: 92 };
    expect(betweenTimes({ span: 160, width: 230, ...room }), 'a minute has 86 pixels').toBeCloseTo(86.25);
    expect(betweenTimes({ span: 2, width: 230, ...room })).toBe(92);
    expect(betweenTimes({ span: 7200, width: 230, ...room })).toBe(66);
    expect(betweenTimes({ span: 2 * day, width: 230, ...room })).toBe(92);
  });
});

test('speeds beside the line are whole rows, and there is room for them', () => {
  expect(rowSteps.every((step) => Number.isInteger(step) && step >= 1)).toBe(true);
  expect(rowSteps).toEqual(rowSteps.toSorted((a, b) => a - b));
  expect([roomFor([]), roomFor(['0', '1,000'])]).toEqual([0, 43]);
});
