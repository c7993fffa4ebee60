import { expect, test } from 'vitest';
import { newsPlaces } from '../../../web/screens/guide/news-place.ts';

const at = (minute: number) => `2026-11-21T10:${String(minute).padStart(2, '0')}:00.000Z`;
const news = (...minutes: number[]) => minutes.map((minute) => ({ at: at(minute) }));

test('news stand where they happened, between what was said before and after', () => {
  expect(newsPlaces([at(1), at(3), at(5)], news(0, 2, 3, 4, 6))).toEqual([0, 1, 2, 2, 3]);
  expect(newsPlaces([], news(1))).toEqual([0]);
});

test('what was just typed has no time: it was said with its answer, or now', () => {
  expect(newsPlaces([at(1), null, at(5)], news(3, 6)), 'before the question, after the answer').toEqual([
    1, 3,
  ]);
  expect(newsPlaces([at(1), null], news(3))).toEqual([1]);
});

test('none is lost or told twice where a clock went back', () => {
  expect(newsPlaces([at(5), at(2), at(6)], news(3, 5))).toEqual([0, 2]);
});
