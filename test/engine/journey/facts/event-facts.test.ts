import { expect, test } from 'vitest';
import type { RecentEvent } from '../../../../engine/contract/report.ts';
import { eventFacts } from '../../../../engine/journey/facts/event-facts.ts';

const event = (actor: string, action: string, runId: string | null, title?: string): RecentEvent => ({
  ...{ at: '2026-11-12T10:00:00.000Z', kind: 'audit', actor, action, runId, entity: null, message: null },
  details: { ...(runId === null ? {} : { runId }), ...(title === undefined ? {} : { title, maxRows: 7 }) },
});

const happened = [
  event('Marta', 'approval.granted', null, 'Rehearse with 500 records of each kind.'),
  event('rehearsal', 'migration.start', 'r-1'),
  event('towpath', 'run.copying', 'r-1'),
  event('towpath', 'run.completed', 'r-1'),
  event('towpath', 'run.completed', 'm-2'),
];

const told = async (limit: number) =>
  (await eventFacts({ recentEvents: async (most) => happened.slice(-most) }, limit)).data;

test('the end of a rehearsal is not told as the end of the move, however few events are asked for', async () => {
  const last = (await told(2)).map(({ who, what }) => `${who} ${what}`);
  expect(last).toEqual([
    'towpath in the rehearsal: completed the move: run r-1.',
    'towpath completed the move: run m-2.',
  ]);
  expect((await told(50)).map(({ who }) => who)).toEqual([
    'Marta',
    'towpath',
    'towpath',
    'towpath',
    'towpath',
  ]);
});

test('a title that is a sentence stands in one', async () => {
  expect((await told(50))[0]!.what).toBe(
    'said yes: Rehearse with 500 records of each kind, at most 7 records.',
  );
});

test('what was set aside is named with its kind, and an approval of no record speaks of none', async () => {
  const used = (details: RecentEvent['details']): RecentEvent => ({
    ...event('Marta', 'approval.used', null),
    details,
  });
  const events = [
    used({ action: 'accept-set-aside:discounts', maxRows: 1 }),
    used({ title: 'Accept the result.', maxRows: 0 }),
  ];
  const { data } = await eventFacts({ recentEvents: async () => events }, 9);
  expect(data.map(({ what }) => what)).toEqual([
    'used an approval: accept set aside of discounts, at most 1 record.',
    'used an approval: Accept the result.',
  ]);
});
