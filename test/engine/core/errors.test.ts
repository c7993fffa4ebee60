import { expect, test } from 'vitest';
import { createClock } from '../../../engine/core/clock.ts';
import { isAbort, MigrationError } from '../../../engine/core/errors.ts';

test('an error reports what a person can act on, and neither stack nor cause', () => {
  const error = new MigrationError({
    code: 'X',
    message: 'It broke.',
    hint: 'Mend it.',
    cause: new Error('row of Alice'),
  });
  expect(JSON.parse(JSON.stringify(error))).toEqual({
    code: 'X',
    message: 'It broke.',
    hint: 'Mend it.',
    retryable: false,
    severity: 'critical',
    details: {},
  });
  expect(error).toBeInstanceOf(Error);
});

test('a sleep ends with its signal, and that is told from other errors', async () => {
  const stop = new AbortController();
  const sleeping = createClock().sleep(60_000, stop.signal);
  stop.abort();
  const error = await sleeping.catch((thrown: unknown) => thrown);
  expect(isAbort(error)).toBe(true);
  expect(isAbort(new Error('aborted'))).toBe(false);
});

test('monotonic time does not go back', async () => {
  const clock = createClock();
  const before = clock.monotonic();
  await clock.sleep(1);
  expect(clock.monotonic()).toBeGreaterThan(before);
});
