/** Two looks, and what is told of the difference. */
import { expect, test } from 'vitest';
import { createProgressTracker } from '../../../desk/run-progress.ts';
import type { ApprovalCard } from '../../../engine/contract/approvals.ts';
import type { GuideView } from '../../../engine/contract/guide.ts';
import type { RunStatus } from '../../../engine/contract/run.ts';
import { runFactsOf } from '../../../engine/journey/run-facts.ts';
import { eventsBetween } from '../../../server/live/differences.ts';
import type { Look } from '../../../server/live/look.ts';
import { liveEvent } from '../../../server/shapes/events.ts';
import { runViewOf } from '../../../server/views/run-view.ts';
import { fakeCard, fakeView } from '../../cli/agents/fake-guide.ts';
import { fakeState } from '../../cli/agents/fake-state.ts';
import { fakeEntity, fakeStatus } from '../../cli/fake-engine.ts';

interface Parts {
  readonly run?: RunStatus;
  readonly guide?: Partial<GuideView>;
  readonly approvals?: readonly ApprovalCard[];
  readonly planHash?: string;
}

let looks = 0;

function look({ run, guide = {}, approvals = [], planHash }: Parts = {}): Look {
  looks += 1;
  const at = new Date(Date.parse('2026-11-12T10:00:00.000Z') + looks * 1000).toISOString();
  const plan = planHash === undefined ? null : { ...planOf(planHash) };
  const journey = fakeState({ run: run === undefined ? null : runFactsOf(run), plan });
  const common = { journey, guide: fakeView(guide), approvals };
  if (run === undefined) return { ...common, run: null };
  const tracker = createProgressTracker();
  tracker.seeStatus(run, new Date(at));
  const seen = { at, status: run, plan: null, forecast: new Map(), progress: tracker.current() };
  return { ...common, run: { status: run, view: runViewOf({ ...seen, throughput: [] }).data } };
}

function planOf(hash: string) {
  return {
    ...{ hash, migration: 'lab', entities: 1, levels: 1, rows: 1 },
    ...{ excluded: 0, seconds: 1, mistakes: 0, questions: 0 },
  };
}

/** All of them have the promised shape. */
function told(before: Parts, now: Parts): string[] {
  const events = eventsBetween(look(before), look(now));
  for (const event of events) liveEvent.parse({ ...event, id: 1, at: '2026-11-12T10:00:00.000Z' });
  return events.map(({ type }) => type);
}

const first = (state: 'pending' | 'copying' | 'finishing' | 'completed', rowsRead = 0) =>
  fakeEntity({ entity: 'patients', level: 1, state, totalRecords: 100, rowsRead, written: rowsRead });
const second = (state: 'pending' | 'copying' | 'completed') =>
  fakeEntity({ entity: 'doctors', level: 2, state, totalRecords: 10, rowsRead: 0 });
const moving = (...entities: RunStatus['entities'][number][]) =>
  fakeStatus({ state: 'copying', alive: true, finishedAt: null, entities });

test('where nothing changed nothing is told', () => {
  const same = { run: moving(first('copying', 5)), approvals: [fakeCard()], planHash: 'a' };
  expect(told(same, same)).toEqual([]);
});

test('a run from its beginning to its end', () => {
  const begun = { run: moving(first('pending'), second('pending')) };
  expect(told({}, begun)).toEqual(['migration.started', 'migration.progress', 'state.changed']);
  const copying = { run: moving(first('copying', 40), second('pending')) };
  expect(told(begun, copying)).toEqual(['entity.started', 'migration.progress']);
  const further = { run: moving(first('copying', 80), second('pending')) };
  expect(told(copying, further)).toEqual(['entity.progress', 'migration.progress']);
  const nextLevel = { run: moving(first('completed', 100), second('copying')) };
  expect(told(further, nextLevel)).toEqual([
    'entity.completed',
    'entity.started',
    'migration.level',
    'migration.progress',
  ]);
  const done = fakeStatus({ entities: [first('completed', 100), second('completed')] });
  expect(told(nextLevel, { run: done })).toEqual([
    'entity.completed',
    'migration.level',
    'migration.progress',
    'migration.completed',
    'state.changed',
  ]);
});

test.each([
  ['paused', null, 'migration.paused'],
  ['cancelled', null, 'migration.cancelled'],
  ['failed', { code: 'GATE_CLOSED', message: 'Closed.', hint: 'Look.' }, 'migration.failed'],
  ['rolled-back', null, 'migration.rolled-back'],
  ['copying', null, 'migration.interrupted'],
] as const)('a run that comes to rest as %s', (state, error, type) => {
  const run = moving(first('copying', 40), second('pending'));
  const events = told({ run }, { run: { ...run, state, alive: false, error } });
  expect(events.filter((one) => one.startsWith('migration.') && one !== 'migration.progress')).toEqual([
    type,
  ]);
  const resumed = told({ run: { ...run, state, alive: false, error } }, { run });
  expect(resumed).toContain('migration.resumed');
});

test('approvals, from being asked for to being used', () => {
  const asked = [fakeCard()];
  const granted = [fakeCard({ state: 'granted', decidedBy: 'Ada' })];
  const used = [fakeCard({ state: 'used', decidedBy: 'Ada' })];
  expect(told({}, { approvals: asked })).toEqual(['approval.requested']);
  expect(told({ approvals: asked }, { approvals: granted })).toEqual(['approval.granted']);
  expect(told({ approvals: granted }, { approvals: used })).toEqual(['approval.used']);
  const all = eventsBetween(look(), look({ approvals: used }));
  expect(all).toMatchObject([
    { type: 'approval.requested', by: 'migration-execution' },
    { type: 'approval.granted', by: 'Ada' },
    { type: 'approval.used', by: 'Ada' },
  ]);
  expect(told({ approvals: asked }, { approvals: [fakeCard({ state: 'declined' })] })).toEqual([
    'approval.declined',
  ]);
  expect(told({ approvals: asked }, { approvals: [fakeCard({ state: 'expired' })] })).toEqual([
    'approval.expired',
  ]);
});

test('another card, another plan', () => {
  expect(told({}, { guide: { state: 'waiting', cardId: 'c1' } })).toEqual(['guide.changed']);
  expect(told({ planHash: 'a' }, { planHash: 'b' })).toEqual(['state.changed']);
});
