import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createClock } from '../../../engine/core/clock.ts';
import { backoff, withRetry } from '../../../engine/db/retry.ts';

const deadlock = () => Object.assign(new Error('deadlock'), { code: '40P01' });
const badRow = () => Object.assign(new Error('bad row'), { code: '22P02' });

function failing(times: number, error: () => Error) {
  const sleeps: number[] = [];
  let calls = 0;
  return {
    sleeps,
    calls: () => calls,
    clock: { sleep: async (milliseconds: number) => void sleeps.push(milliseconds) },
    work: async () => {
      calls++;
      if (calls <= times) throw error();
      return 'done';
    },
  };
}

test('tries again what may pass, waiting longer each time', async () => {
  const { work, clock, sleeps } = failing(3, deadlock);
  await expect(withRetry(work, { attempts: 5, clock, random: () => 0 })).resolves.toBe('done');
  expect(sleeps).toEqual([100, 200, 400]);
});

test('gives up after the given attempts, with the last error', async () => {
  const { work, clock, calls } = failing(9, deadlock);
  await expect(withRetry(work, { attempts: 3, clock })).rejects.toMatchObject({ code: '40P01' });
  expect(calls()).toBe(3);
});

test('does not try again what cannot pass', async () => {
  const { work, clock, calls } = failing(1, badRow);
  await expect(withRetry(work, { attempts: 5, clock })).rejects.toMatchObject({ code: '22P02' });
  expect(calls()).toBe(1);
});

test('an abort ends the waiting', async () => {
  const stop = new AbortController();
  const { work } = failing(9, deadlock);
  const waiting = withRetry(work, { attempts: 99, clock: createClock(), signal: stop.signal });
  stop.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});

test('the wait lies between half the step and the step, and never above half a minute', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 500 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      (attempt, random) => {
        const step = Math.min(30_000, 200 * 2 ** (attempt - 1));
        const wait = backoff(attempt, () => random);
        expect(wait).toBeGreaterThanOrEqual(Math.floor(step / 2));
        expect(wait).toBeLessThanOrEqual(step);
      },
    ),
  );
});
