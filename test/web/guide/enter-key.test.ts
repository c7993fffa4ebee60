import { expect, test } from 'vitest';
import { enterDoesNothing } from '../../../web/screens/guide/enter-key.ts';

const enter = { key: 'Enter', shiftKey: false, isComposing: false };
const free = { isRunning: false, operate: true };

test('Enter leaves the draft as it is while the guide answers and while the server is not reached', () => {
  expect(enterDoesNothing(enter, free)).toBe(false);
  expect(enterDoesNothing(enter, { ...free, isRunning: true })).toBe(true);
  expect(enterDoesNothing(enter, { ...free, operate: false })).toBe(true);
});

test('a line break that is meant, and a key of a method of writing, are never kept from anybody', () => {
  const away = { isRunning: true, operate: false };
  expect(enterDoesNothing({ ...enter, shiftKey: true }, away)).toBe(false);
  expect(enterDoesNothing({ ...enter, isComposing: true }, away)).toBe(false);
  expect(enterDoesNothing({ ...enter, key: 'a' }, away)).toBe(false);
});
