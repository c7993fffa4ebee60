/** Names and places of an error, and nothing of what it says. */
import { expect, test } from 'vitest';
import { framesOf } from '../../../engine/core/frames.ts';

const value = 'Ada Lovelace';

test('the place is told from the folder of Towpath on, the text is not', () => {
  const frames = framesOf(new TypeError(`cannot take ${value}`));
  expect(frames[0]).toBe('TypeError');
  expect(frames[1]).toMatch(/test\/engine\/core\/frames\.test\.ts:\d+:\d+/);
  expect(frames.join()).not.toContain(value);
  expect(frames.join()).not.toContain(process.cwd());
});

test('a text of several lines that looks like places stays out, and so does that of a cause', () => {
  const cause = new Error(`one\n    at ${value} (somewhere.ts:1:1)\n    at last`);
  const frames = framesOf(new RangeError('above', { cause }));
  expect(frames.filter((name) => /^\w*Error$/.test(name))).toEqual(['RangeError', 'Error']);
  expect(frames.join()).not.toContain(value);
});

test('what is no error has no place', () => {
  expect(framesOf('a text')).toEqual([]);
  expect(framesOf(null)).toEqual([]);
});
