import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createBatch } from '../../../web/api/batch.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('ten thousand things within a moment are handed on as few, each once', async () => {
  const handed: (readonly string[])[] = [];
  const batch = createBatch<string>((items) => handed.push(items), 700);
  for (let at = 0; at < 1000; at += 1) {
    for (let n = 0; n < 10; n += 1) batch.add(`thing ${n % 2}`);
    await vi.advanceTimersByTimeAsync(1);
  }
  await vi.advanceTimersByTimeAsync(1000);
  expect(handed.length).toBeLessThanOrEqual(4);
  for (const items of handed) expect([...items].sort()).toEqual(['thing 0', 'thing 1']);
});

test('the first comes through at once, and nothing after the end', async () => {
  const handed: string[] = [];
  const batch = createBatch<string>((items) => handed.push(...items), 700);
  batch.add('first');
  await vi.advanceTimersByTimeAsync(50);
  expect(handed).toEqual(['first']);
  batch.add('second');
  batch.stop();
  await vi.advanceTimersByTimeAsync(5000);
  expect(handed).toEqual(['first']);
});
