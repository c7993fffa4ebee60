/** What the page makes of events is what the server would have answered, had it been asked again. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createProgressTracker } from '../../../desk/run-progress.ts';
import type { RunStatus } from '../../../engine/contract/run.ts';
import { eventsBetween } from '../../../server/live/differences.ts';
import type { Look } from '../../../server/live/look.ts';
import type { LiveEvent } from '../../../server/shapes/events.ts';
import type { RunView } from '../../../server/shapes/runs.ts';
import { runViewOf } from '../../../server/views/run-view.ts';
import { runAfter } from '../../../web/api/run-told.ts';
import { fakeView } from '../../cli/agents/fake-guide.ts';
import { fakeState } from '../../cli/agents/fake-state.ts';
import { fakeEntity, fakeStatus } from '../../cli/fake-engine.ts';

const start = Date.parse('2026-11-12T10:00:00.000Z');
const timeOf = (second: number) => new Date(start + second * 1000).toISOString();

function viewAt(second: number, status: RunStatus, tracker = createProgressTracker()): RunView {
  tracker.seeStatus(status, new Date(timeOf(second)));
  const common = { at: timeOf(second), status, plan: null, forecast: new Map<string, number>() };
  return runViewOf({ ...common, progress: tracker.current(), throughput: [] });
}

function between(before: RunView, now: RunView, status: RunStatus): LiveEvent[] {
  const around = { journey: fakeState(), guide: fakeView(), approvals: [] };
  const lookOf = ({ data }: RunView): Look => ({ ...around, run: { status, view: data } });
  return eventsBetween(lookOf(before), lookOf(now)).map(
    (event, place) => ({ ...event, id: place + 1, at: now.data.progress.at }) as LiveEvent,
  );
}

const states = ['pending', 'copying', 'finishing', 'completed'] as const;
const entities = [
  { entity: 'patients', level: 1, totalRecords: 100 },
  { entity: 'visits', level: 2, totalRecords: 900 },
  { entity: 'payments', level: 2, totalRecords: 50 },
];
const moved = fc.array(
  fc.tuple(...entities.map(() => fc.record({ steps: fc.nat(1), rows: fc.nat(40), quarantined: fc.nat(3) }))),
  { maxLength: 12 },
);

test('after any number of looks the page shows the newest, and never asked for it', () =>
  fc.assert(
    fc.property(moved, (looks) => {
      const tracker = createProgressTracker();
      const places = entities.map((entity) => ({
        ...{ ...entity, written: 0, rowsRead: 0, quarantined: 0, at: 0 },
      }));
      const statusNow = () =>
        fakeStatus({
          ...{ state: 'copying', alive: true, finishedAt: null },
          entities: places.map(({ at, ...entity }) => fakeEntity({ ...entity, state: states[at]! })),
        });
      let before = viewAt(0, statusNow(), tracker);
      let shown = before;
      for (const [second, changes] of looks.entries()) {
        changes.forEach(({ steps, rows, quarantined }, which) => {
          const place = places[which]!;
          place.at = Math.min(states.length - 1, place.at + steps);
          if (states[place.at] !== 'copying') return;
          place.rowsRead += rows;
          place.written += rows;
          place.quarantined += rows === 0 ? 0 : quarantined;
        });
        const now = viewAt(second + 1, statusNow(), tracker);
        for (const event of between(before, now, statusNow())) shown = runAfter(shown, event);
        const isTold = JSON.stringify({ ...shown.data.progress, at: '' });
        expect(isTold).toBe(JSON.stringify({ ...now.data.progress, at: '' }));
        expect({ ...shown.data, progress: null }).toEqual({ ...now.data, progress: null });
        before = now;
      }
    }),
  ));

test('what is older than what was fetched, or of another run, changes nothing', () => {
  const earlier = viewAt(
    1,
    fakeStatus({ state: 'copying', alive: true, entities: [fakeEntity({ rowsRead: 4 })] }),
  );
  const later = viewAt(
    5,
    fakeStatus({ state: 'copying', alive: true, entities: [fakeEntity({ rowsRead: 9 })] }),
  );
  const events = between(earlier, later, fakeStatus());
  expect(events.map(({ type }) => type)).toEqual(['entity.progress', 'migration.progress']);
  for (const event of events) {
    expect(runAfter(earlier, event)).not.toBe(earlier);
    expect(runAfter(later, { ...event, at: timeOf(4) }), 'older').toBe(later);
    const other: RunView = { ...earlier, data: { ...earlier.data, runId: 'another' } };
    expect(runAfter(other, event), 'another run').toBe(other);
  }
  const news: LiveEvent = { type: 'news', id: 9, at: timeOf(9), words: 'It is done.' };
  expect(runAfter(earlier, news)).toBe(earlier);
});
