import { expect, test } from 'vitest';
import type { RunStatus } from '../../../engine/contract/run.ts';
import type { RunLook } from '../../../server/migrations/run-watch.ts';
import { runViewOf } from '../../../server/views/run-view.ts';
import { fakeEntity, fakeStatus } from '../../cli/fake-engine.ts';

const entities = [
  fakeEntity({ entity: 'a', level: 1, state: 'completed', totalRecords: 100, rowsRead: 100 }),
  fakeEntity({ entity: 'b', level: 2, state: 'copying', totalRecords: 50, rowsRead: 20 }),
  fakeEntity({ entity: 'c', level: 3, state: 'pending', totalRecords: 0, rowsRead: 0 }),
];

function viewOf(status: Partial<RunStatus>, rowsPerSecond = 10) {
  const look: RunLook = {
    at: '2026-11-12T10:00:00.000Z',
    status: fakeStatus({ state: 'copying', alive: true, entities, ...status }),
    plan: null,
    forecast: new Map([['c', 30]]),
    progress: {
      ...{ rowsDone: 120, rowsTotal: 180, rowsPerSecond, remainingMilliseconds: 6000, batches: 3 },
      ...{ batchMilliseconds: 1, entitiesDone: 1, entitiesTotal: 3, active: [] },
    },
    throughput: [],
  };
  return runViewOf(look).data;
}

test('what is copied and what is checked are two numbers, of all that is to come', () => {
  const { progress, byLevel } = viewOf({});
  expect(progress).toMatchObject({ rowsTotal: 180, rowsDone: 120, rowsChecked: 100, rowsPerSecond: 10 });
  expect(byLevel.map(({ state }) => state)).toEqual(['passed', 'copying', 'to-do']);
});

test('the time left is a range, and there is none where nothing moves', () => {
  const { low, likely, high } = viewOf({}).progress.secondsLeft!;
  expect([low <= likely, likely <= high, low < high]).toEqual([true, true, true]);
  expect(viewOf({ alive: false }).progress).toMatchObject({ secondsLeft: null, rowsPerSecond: null });
  expect(viewOf({}, 0).progress).toMatchObject({ secondsLeft: null, rowsPerSecond: null });
});

test('a level whose rows are in is not passed before its gate has opened', () => {
  const all = entities.map((entity) => ({ ...entity, state: 'completed' as const, rowsRead: 5 }));
  const closed = { code: 'GATE_CLOSED', message: 'Closed.', hint: '' };
  const stopped = viewOf({ state: 'paused', alive: false, entities: all, error: closed });
  expect(stopped.byLevel.at(-1)!.state).toBe('stopped');
  expect(stopped.progress.rowsChecked).toBeLessThan(stopped.progress.rowsDone);
  expect(viewOf({ entities: all }).byLevel.at(-1)!.state).toBe('checking');
});
