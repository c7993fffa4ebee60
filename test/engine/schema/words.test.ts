import { expect, test } from 'vitest';
import { commonPrefix, pluralOf, singularOf, wordsOf } from '../../../engine/schema/words.ts';

test.each([
  ['currentOrderId', ['current', 'order', 'id']],
  ['HTTPServer_log', ['http', 'server', 'log']],
  ['Zip Code', ['zip', 'code']],
  ['__', []],
])('%s in words', (name, words) => {
  expect(wordsOf(name)).toEqual(words);
});

test.each([
  ['case', 'cases'],
  ['category', 'categories'],
  ['class', 'classes'],
  ['status', 'statuses'],
  ['address', 'addresses'],
  ['box', 'boxes'],
  ['day', 'days'],
  ['person', 'people'],
  ['house', 'houses'],
])('%s ⇄ %s', (one, many) => {
  expect(pluralOf(one)).toBe(many);
  expect(singularOf(many)).toBe(one);
  expect(pluralOf(many)).toBe(many);
});

test('words without a plural stay', () => {
  for (const word of ['feedback', 'data', 'people', 'offices', 'ids', 'virtualchassis', 'archived'])
    expect(pluralOf(word)).toBe(word);
});

test('a prefix is common when at least half of the names, and three, begin with it', () => {
  expect(commonPrefix(['app_a', 'app_b', 'app_c', 'x', 'y'])).toBe('app');
  expect(commonPrefix(['app_a', 'app_b', 'x', 'y', 'z', 'w'])).toBeNull();
  expect(commonPrefix(['app_a', 'app_b'])).toBeNull();
});
