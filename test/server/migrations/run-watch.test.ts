import { expect, test } from 'vitest';
import type { RunStatus } from '../../../engine/contract/run.ts';
import { MigrationError } from '../../../engine/core/errors.ts';
import { createRunWatch } from '../../../server/migrations/run-watch.ts';
import { fakeEntity, fakeStatus } from '../../cli/fake-engine.ts';

const start = Date.parse('2026-11-12T10:00:00.000Z');

function watched(rowsRead: () => number, alive: () => boolean = () => true) {
  const asked: string[] = [];
  let now = 0;
  const status = (): RunStatus =>
    fakeStatus({
      runId: 'r1',
      alive: alive(),
      entities: [fakeEntity({ entity: 'a', state: 'copying', totalRecords: 100, rowsRead: rowsRead() })],
    });
  const engine = {
    status: async (runId?: string) => {
      asked.push('status');
      if (runId === 'nothing') throw new MigrationError({ code: 'UNKNOWN_RUN', message: 'No.', hint: '' });
      return status();
    },
    storedPlan: async () => {
      asked.push('plan');
      throw new MigrationError({ code: 'UNKNOWN_PLAN', message: 'Not kept.', hint: '' });
    },
    throughput: async () => [],
  };
  const clock = { now: () => new Date(start + now), monotonic: () => now };
  return {
    watch: createRunWatch(engine, clock),
    asked,
    pass: (milliseconds: number) => (now += milliseconds),
  };
}

test('fifty who look at once cost one look', async () => {
  const { watch, asked, pass } = watched(() => 10);
  const looks = await Promise.all(Array.from({ length: 50 }, () => watch.look(null)));
  expect(asked).toEqual(['status', 'plan']);
  expect(new Set(looks).size).toBe(1);
  pass(1000);
  await watch.look(null);
  expect(asked, 'the plan of a run does not change').toEqual(['status', 'plan', 'status']);
});

test('what has changed is seen by the next one who looks', async () => {
  let rows = 10;
  const { watch, asked } = watched(() => rows);
  await watch.look(null);
  rows = 20;
  expect((await watch.look(null)).status.entities[0]!.rowsRead).toBe(10);
  watch.forget();
  expect((await watch.look(null)).status.entities[0]!.rowsRead).toBe(20);
  expect(asked).toEqual(['status', 'plan', 'status']);
});

test('the pace comes from two looks', async () => {
  let rows = 10;
  const { watch, pass } = watched(() => rows);
  expect((await watch.look(null)).progress.rowsPerSecond).toBe(0);
  rows = 30;
  pass(2000);
  expect((await watch.look(null)).progress).toMatchObject({ rowsPerSecond: 10, remainingMilliseconds: 7000 });
});

test('the time that a run stood still does not count once it goes on', async () => {
  let [rows, alive] = [10, true];
  const { watch, pass } = watched(
    () => rows,
    () => alive,
  );
  await watch.look(null);
  rows = 30;
  pass(2000);
  await watch.look(null);
  alive = false;
  pass(2000);
  await watch.look(null);
  pass(600_000);
  await watch.look(null);
  alive = true;
  pass(2000);
  await watch.look(null);
  rows = 50;
  pass(2000);
  expect((await watch.look(null)).progress).toMatchObject({ rowsPerSecond: 10 });
});

test('what failed is asked again by the next one', async () => {
  const { watch, asked } = watched(() => 0);
  await expect(watch.look('nothing')).rejects.toThrow('No.');
  await expect(watch.look('nothing')).rejects.toThrow('No.');
  expect(asked).toEqual(['status', 'status']);
});
