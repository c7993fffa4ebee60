/** Numbers as people read them. */
import { expect, test } from 'vitest';
import { spanWords } from '../../../engine/report/words.ts';

test.each([
  [0.2, 0.9, 'about 1 second'],
  [1.2, 14.1, '1 to 15 seconds'],
  [59, 118.5, '59 to 119 seconds'],
  [95, 250, '1 to 5 minutes'],
  [3000, 7100, '50 to 119 minutes'],
  [6600, 11_100, '1 h 50 min to 3 h 5 min'],
])('%s to %s seconds: %s', (low, high, words) => {
  expect(spanWords({ low, high })).toBe(words);
});
