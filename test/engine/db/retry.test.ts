import { expect, test } from 'vitest';
import { createClock } from '../../../engine/core/clock.ts';
import { createRecovery, type RecoveryOptions } from '../../../engine/db/recovery.ts';
import { type FaultWatch, withRetry } from '../../../engine/db/retry.ts';

const deadlock = () => Object.assign(new Error('deadlock'), { code: '40P01' });
const badRow = () => Object.assign(new Error('bad row'), { code: '22P02' });
const place = { step: 'batch', entity: 'orders', batchId: 3 };

function failing(times: number, error: () => Error, options: RecoveryOptions) {
  const sleeps: number[] = [];
  const told: string[] = [];
  const watch: FaultWatch = {
    retrying: (_, { kind, strategy }, attempt) => void told.push(`retrying ${kind} ${strategy} ${attempt}`),
    recovered: async (_, { kind }, attempt) => void told.push(`recovered ${kind} ${attempt}`),
    interrupted: async (_, __, attempt) => void told.push(`interrupted ${attempt}`),
    gaveUp: async (_, { kind }, __, attempt) => void told.push(`gave up ${kind} ${attempt}`),
  };
  let calls = 0;
  const work = async () => {
    calls++;
    if (calls <= times) throw error();
    return 'done';
  };
  const clock = { sleep: async (milliseconds: number) => void sleeps.push(milliseconds) };
  const retry = () =>
    withRetry(work, { recovery: createRecovery({ random: () => 0, ...options }), clock, place, watch });
  return { sleeps, told, calls: () => calls, retry };
}

test('tries again what may pass, waiting longer each time, and tells that it helped', async () => {
  const { retry, sleeps, told } = failing(3, deadlock, { maxAttempts: 5 });
  await expect(retry()).resolves.toBe('done');
  expect(sleeps).toEqual([100, 200, 400]);
  expect(told).toEqual([
    'retrying deadlock retry 1',
    'retrying deadlock retry 2',
    'retrying deadlock retry 3',
    'recovered deadlock 4',
  ]);
});

test('gives up after the given attempts, with the last error', async () => {
  const { retry, calls, told } = failing(9, deadlock, { maxAttempts: 3 });
  await expect(retry()).rejects.toMatchObject({ code: '40P01' });
  expect(calls()).toBe(3);
  expect(told.at(-1)).toBe('gave up deadlock 3');
});

test('does not try again what cannot pass', async () => {
  const { retry, calls, told } = failing(1, badRow, { maxAttempts: 5 });
  await expect(retry()).rejects.toMatchObject({ code: '22P02' });
  expect(calls()).toBe(1);
  expect(told).toEqual(['gave up wrong-length-or-type 1']);
});

test('tries nothing again where recovery is switched off, whatever a handler says', async () => {
  const handlers = [{ match: {}, decide: { strategy: 'retry', attempts: 9 } }] as const;
  const { retry, calls } = failing(1, deadlock, { maxAttempts: 5, enabled: false, handlers });
  await expect(retry()).rejects.toMatchObject({ code: '40P01' });
  expect(calls()).toBe(1);
});

test('work that happened after all is not done twice', async () => {
  let calls = 0;
  const done = await withRetry(
    async () => {
      calls++;
      throw deadlock();
    },
    {
      recovery: createRecovery({ maxAttempts: 5 }),
      clock: { sleep: async () => {} },
      place,
      happened: async () => ({ result: 'committed' }),
    },
  );
  expect([done, calls]).toEqual(['committed', 1]);
});

test('an abort ends the waiting', async () => {
  const stop = new AbortController();
  const waiting = withRetry(
    async () => {
      throw deadlock();
    },
    { recovery: createRecovery({ maxAttempts: 99 }), clock: createClock(), place, signal: stop.signal },
  );
  stop.abort();
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError' });
});
