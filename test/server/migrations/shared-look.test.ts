/** One look for all who ask within a moment, and a new one for whoever asks after a change. */
import { expect, test } from 'vitest';
import { createSharedLook } from '../../../server/migrations/shared-look.ts';

function counting() {
  let now = 0;
  let looks = 0;
  const shared = createSharedLook<string>({ monotonic: () => now });
  return {
    shared,
    wait: (milliseconds: number) => {
      now += milliseconds;
    },
    look: async () => ++looks,
  };
}

test('fifty who ask at once share one look, who asks later gets a new one', async () => {
  const { shared, look, wait } = counting();
  const all = await Promise.all(Array.from({ length: 50 }, () => shared.of('a', look)));
  expect(new Set(all)).toEqual(new Set([1]));
  expect(await shared.of('b', look), 'another thing').toBe(2);
  wait(799);
  expect(await shared.of('a', look)).toBe(1);
  wait(1);
  expect(await shared.of('a', look)).toBe(3);
});

test('after a change nobody gets a look from before it, not even one that is still under way', async () => {
  const { shared, look } = counting();
  const slow = Promise.withResolvers<number>();
  const before = shared.of('a', () => slow.promise);
  shared.forget();
  expect(await shared.of('a', look)).toBe(1);
  slow.resolve(-1);
  expect(await before).toBe(-1);
  expect(await shared.of('a', look), 'the older one that ended later does not count').toBe(1);
});

test('a look that failed is not shared with those who come after', async () => {
  const { shared, look } = counting();
  const failing = () => Promise.reject(new Error('away'));
  await expect(shared.of('a', failing)).rejects.toThrow('away');
  expect(await shared.of('a', look)).toBe(1);
});

test('what was asked for once does not stay for ever', async () => {
  const { shared, look } = counting();
  await shared.of('first', look);
  for (let i = 0; i < 60; i++) await shared.of(`key ${i}`, look);
  expect(await shared.of('first', look)).toBe(62);
});
