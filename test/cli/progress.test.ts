import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isoDuration } from '../../cli/text/iso-duration.ts';
import { formatTable, plainText } from '../../cli/text/table.ts';
import { createProgressTracker } from '../../desk/run-progress.ts';
import { timeLeft } from '../../desk/time-left.ts';
import type { NewEvent, TowpathEvent } from '../../engine/core/events.ts';
import { fakeEntity, fakeStatus } from './fake-engine.ts';

const start = Date.parse('2026-11-12T10:00:00.000Z');

const at = (seconds: number, event: NewEvent): TowpathEvent => ({
  ...event,
  at: new Date(start + seconds * 1000).toISOString(),
});

const started: NewEvent = {
  type: 'migration.started',
  runId: 'r1',
  migration: 'm',
  entities: ['a', 'b'],
  rowsTotal: 1000,
  resumed: false,
  dryRun: false,
};

const batch = (entity: string, rowsRead: number): NewEvent => ({
  type: 'batch.completed',
  runId: 'r1',
  entity,
  batchId: 1,
  rowsRead,
  rowsWritten: rowsRead,
  rowsQuarantined: 0,
  rowsRepaired: 0,
  rowsDone: 0,
  rowsTotal: 0,
  bytesRead: 0,
  bytesWritten: 0,
  milliseconds: 20,
  nextBatchSize: 1,
});

describe('how far a run is', () => {
  test('rows of all entities, pace and time left from the batches', () => {
    const tracker = createProgressTracker();
    tracker.see(at(0, started));
    tracker.see(at(0, { type: 'entity.started', runId: 'r1', entity: 'a', level: 1, rowsTotal: 600 }));
    tracker.see(at(0, { type: 'entity.started', runId: 'r1', entity: 'b', level: 1, rowsTotal: 400 }));
    expect(tracker.current()).toMatchObject({ rowsDone: 0, rowsPerSecond: 0, remainingMilliseconds: null });
    tracker.see(at(1, batch('a', 100)));
    tracker.see(at(2, batch('b', 100)));
    expect(tracker.current()).toMatchObject({
      rowsDone: 200,
      rowsTotal: 1000,
      rowsPerSecond: 100,
      remainingMilliseconds: 8000,
      batches: 2,
      batchMilliseconds: 40,
      entitiesDone: 0,
      entitiesTotal: 2,
    });
    expect(tracker.current().active.map(({ entity }) => entity)).toEqual(['a', 'b']);
  });

  test('in the first seconds of a move the time left is not said: they are slower than the rest', () => {
    const tracker = createProgressTracker();
    tracker.see(at(0, { ...started, rowsTotal: 100_000 }));
    // tables are made first; that says nothing about how fast rows move
    tracker.see(at(8, { type: 'entity.started', runId: 'r1', entity: 'a', level: 1, rowsTotal: 100_000 }));
    const left = (second: number) => {
      tracker.see(at(second, batch('a', 100)));
      return tracker.current().remainingMilliseconds;
    };
    expect([9, 10, 11, 12].map(left)).toEqual([null, null, null, null]);
    expect(tracker.current().rowsPerSecond).toBe(100);
    expect(left(13)).toBe(995_000);
  });

  test('two batches are not enough, however far apart; a fifth of the rows is, however soon', () => {
    const tracker = createProgressTracker();
    tracker.see(at(0, started));
    tracker.see(at(0, { type: 'entity.started', runId: 'r1', entity: 'a', level: 1, rowsTotal: 1000 }));
    tracker.see(at(6, batch('a', 60)));
    tracker.see(at(9, batch('a', 60)));
    expect(tracker.current().remainingMilliseconds).toBeNull();
    tracker.see(at(9.5, batch('a', 80)));
    expect(tracker.current().remainingMilliseconds).toBeGreaterThan(0);
  });

  test('a move that nobody watched from its start is judged by what is seen of it, unless it is known to be old', () => {
    const looks = (isSettled: boolean) => {
      const tracker = createProgressTracker({ isSettled });
      for (const [second, rowsRead] of [
        [0, 5000],
        [1, 6000],
      ] as const) {
        const entities = [fakeEntity({ state: 'copying', totalRecords: 100_000, rowsRead })];
        tracker.seeStatus(fakeStatus({ entities }), new Date(start + second * 1000));
      }
      return tracker.current().remainingMilliseconds;
    };
    expect(looks(false)).toBeNull();
    expect(looks(true)).toBe(94_000);
  });

  test('the pace is that of the last seconds, not of the whole run', () => {
    const tracker = createProgressTracker();
    tracker.see(at(0, { ...started, rowsTotal: 1_000_000 }));
    tracker.see(at(0, { type: 'entity.started', runId: 'r1', entity: 'a', level: 1, rowsTotal: 1_000_000 }));
    for (let second = 1; second <= 60; second++) tracker.see(at(second, batch('a', second <= 40 ? 10 : 500)));
    expect(tracker.current().rowsPerSecond).toBeGreaterThan(450);
  });

  test('a status read from the control schema says the same', () => {
    const tracker = createProgressTracker();
    const status = (rowsRead: number) =>
      fakeStatus({
        entities: [
          fakeEntity({ state: 'copying', totalRecords: 100, rowsRead }),
          fakeEntity({ entity: 'b', state: 'pending', totalRecords: 50, rowsRead: 0 }),
        ],
      });
    tracker.seeStatus(status(10), new Date(start));
    tracker.seeStatus(status(30), new Date(start + 2000));
    expect(tracker.current()).toMatchObject({
      rowsDone: 30,
      rowsTotal: 150,
      rowsPerSecond: 10,
      remainingMilliseconds: 12_000,
    });
  });

  test('what has not begun counts as the plan expects, and what the plan leaves out never counts', () => {
    const tracker = createProgressTracker();
    const status = fakeStatus({
      entities: [
        fakeEntity({ entity: 'a', state: 'copying', totalRecords: 100, excluded: 40, rowsRead: 10 }),
        fakeEntity({ entity: 'b', state: 'pending', totalRecords: 0, rowsRead: 0 }),
      ],
    });
    tracker.seeStatus(status, new Date(start), new Map([['b', 70]]));
    expect(tracker.current().rowsTotal).toBe(170);
    expect(tracker.entity('a')?.rowsTotal).toBe(100);
  });

  test('never more done than there is', () => {
    const tracker = createProgressTracker();
    tracker.see(at(0, { ...started, rowsTotal: 5 }));
    tracker.see(at(0, { type: 'entity.started', runId: 'r1', entity: 'a', level: 1, rowsTotal: 5 }));
    tracker.see(at(1, batch('a', 9)));
    const { rowsDone, rowsTotal } = tracker.current();
    expect(rowsDone).toBeLessThanOrEqual(rowsTotal);
  });
});

test.each([
  [null, 'time left not known yet'],
  [3000, 'a few seconds left'],
  [20_000, '15 s to 30 s left'],
  [300_000, '4 min to 7 min left'],
  [7_200_000, '1 h 36 min to 2 h 48 min left'],
])('time left of %s ms is a range: %s', (milliseconds, words) => {
  expect(timeLeft(milliseconds)).toBe(words);
});

test('the range holds the estimate', () => {
  fc.assert(
    fc.property(fc.integer({ min: 6, max: 59 }), (seconds) => {
      const [, low, high] =
        /^(\d+) s to (\d+) s left$/.exec(timeLeft(seconds * 1000)) ??
        /^(\d+) s to (\d+) min/.exec(timeLeft(seconds * 1000)) ??
        [];
      expect(Number(low)).toBeLessThanOrEqual(seconds);
      expect(Number(high)).toBeGreaterThan(0);
    }),
  );
});

test.each([
  [0, 'PT0S'],
  [62_345, 'PT1M2.345S'],
  [3_600_000, 'PT1H'],
  [90_061_500, 'PT25H1M1.5S'],
])('%i ms is %s', (milliseconds, text) => {
  expect(isoDuration(milliseconds)).toBe(text);
});

test('figures stand on the right, names from databases cannot move the cursor', () => {
  expect(
    formatTable(
      ['name', 'rows'],
      [
        ['a', '1,000'],
        ['long name', '7'],
      ],
    ),
  ).toEqual(['name        rows', 'a          1,000', 'long name      7']);
  expect(plainText('a\u001b[2Jb\u202ec\r\n')).toBe('a·[2Jb·c··');
  expect([...plainText('x'.repeat(500), 20)]).toHaveLength(20);
});
