/** One look for everybody who watches: how often, when not at all, and what is told when it fails. */
import { expect, test } from 'vitest';
import { MigrationError } from '../../../engine/core/errors.ts';
import { createLive } from '../../../server/live/live.ts';
import type { LiveEvent } from '../../../server/shapes/events.ts';
import { fakeView } from '../../cli/agents/fake-guide.ts';
import { fakeStatus } from '../../cli/fake-engine.ts';
import { createFakeDesk, createStepClock, settled } from './fake-desk.ts';
import { type EventReader, readEvents } from './read-events.ts';

const quiet = { state: 'waiting', cardId: 'c1', guideId: 'g1' } as const;

function begin() {
  const clock = createStepClock();
  const at = createFakeDesk(clock);
  const live = createLive(at.migrations, clock);
  const watch = (lastId: number | null = null): EventReader => readEvents(live.events('own', lastId));
  return { clock, at, live, watch, fake: at.fake };
}

const types = (events: readonly LiveEvent[]) => events.map(({ type }) => type);

test('fifty who watch cost as many looks as one', async () => {
  const looksWith = async (viewers: number) => {
    const { clock, at, watch, fake } = begin();
    fake.run = fakeStatus({ state: 'copying', alive: true });
    const readers = Array.from({ length: viewers }, () => watch());
    await clock.advance(10_000);
    const looks = at.looks();
    for (const reader of readers) await reader.leave();
    return looks;
  };
  const one = await looksWith(1);
  expect(one).toBeGreaterThan(5);
  expect(await looksWith(50)).toBe(one);
});

test('nobody looks where nobody watches, and one who comes back begins it again', async () => {
  const { clock, at, live, watch } = begin();
  await clock.advance(60_000);
  expect(at.looks()).toBe(0);
  const reader = watch();
  await clock.advance(10_000);
  expect(at.looks()).toBeGreaterThan(0);
  expect(live.readers()).toBe(1);
  await reader.leave();
  await clock.advance(1000);
  const before = at.looks();
  await clock.advance(60_000);
  expect(at.looks()).toBe(before);
  expect(live.readers()).toBe(0);
  watch();
  await clock.advance(1000);
  expect(at.looks()).toBeGreaterThan(before);
});

test('it looks more often while something moves, and at once when something was done', async () => {
  const { clock, at, live, watch, fake } = begin();
  watch();
  await clock.advance(20_000);
  const atRest = at.looks();
  fake.run = fakeStatus({ state: 'copying', alive: true });
  await clock.advance(5000);
  const begun = at.looks();
  await clock.advance(20_000);
  expect(at.looks() - begun).toBeGreaterThan(2 * atRest);
  fake.run = null;
  await clock.advance(10_000);
  const before = at.looks();
  live.nudge('own', null);
  await settled();
  await clock.advance(300);
  expect(at.looks()).toBe(before + 1);
  for (let times = 0; times < 100; times++) live.nudge('own', null);
  await clock.advance(1000);
  expect(at.looks() - before).toBeLessThan(8);
});

test('a card that changes and a run that begins are told to everybody, with growing ids', async () => {
  const { clock, watch, fake } = begin();
  const [one, other] = [watch(), watch()];
  await clock.advance(1000);
  fake.view = fakeView({ ...quiet, words: 'Shall I?', choices: [{ id: 'yes', label: 'Yes' }] });
  await clock.advance(6000);
  fake.run = fakeStatus({ state: 'copying', alive: true });
  await clock.advance(6000);
  const seen = await one.seen();
  expect(types(seen).slice(0, 3)).toEqual(['hello', 'guide.changed', 'chat.changed']);
  expect(types(seen)).toContain('migration.started');
  expect(await other.seen()).toEqual(seen);
  const ids = seen.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b));
});

test('a database that does not answer is told once, and once that it does again', async () => {
  const { clock, at, watch } = begin();
  const reader = watch();
  await clock.advance(1000);
  at.failWith = new MigrationError({ code: 'CONNECTION_REFUSED', message: 'It is away.', hint: 'Start it.' });
  await clock.advance(60_000);
  at.failWith = null;
  await clock.advance(20_000);
  const seen = await reader.seen();
  expect(seen.filter(({ type }) => type === 'trouble')).toMatchObject([
    { words: 'It is away.', hint: 'Start it.' },
    { words: null },
  ]);
});

test('words of an error that is not ours are not told', async () => {
  const { clock, at, watch } = begin();
  const reader = watch();
  await clock.advance(1000);
  at.failWith = new Error('password=hunter2');
  await clock.advance(6000);
  expect(JSON.stringify(await reader.seen())).not.toContain('hunter2');
});

test('what was done beside the guide makes it look, in the name of whoever did it', async () => {
  const { clock, live, watch, fake } = begin();
  watch();
  fake.view = fakeView(quiet);
  await clock.advance(6000);
  live.nudge('own', 'Otto');
  await settled();
  expect(fake.answers).toEqual([{ answer: 'look', by: 'Otto', cardId: 'c1' }]);
  live.nudge('own', null);
  await settled();
  expect(fake.answers).toHaveLength(1);
});

test('steps that are done and the end of a run are told once, and not where the guide tells them', async () => {
  const { clock, watch, fake } = begin();
  const reader = watch();
  fake.run = fakeStatus({ state: 'copying', alive: true });
  await clock.advance(10_000);
  fake.run = fakeStatus({ state: 'completed', alive: false });
  await clock.advance(10_000);
  const news = (await reader.seen()).filter(({ type }) => type === 'news');
  expect(news.length).toBeGreaterThan(0);
  expect(JSON.stringify(news.at(-1))).toContain('steps are done and checked');

  fake.view = fakeView({ state: 'working', guideId: 'g1' });
  fake.run = fakeStatus({ runId: 'r2', state: 'copying', alive: true });
  await clock.advance(6000);
  fake.run = fakeStatus({ runId: 'r2', state: 'completed', alive: false });
  fake.view = fakeView({ ...quiet, words: 'All is in.' });
  await clock.advance(10_000);
  const later = (await reader.seen()).filter(({ type }) => type === 'news').slice(news.length);
  expect(JSON.stringify(later)).not.toContain('All 2 steps');
  expect(fake.notes).toEqual(['All is in.']);
});
