/** What a reader gets who begins, comes back, was away too long, or does not read. */
import { setTimeout as sleep } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createClock } from '../../../engine/core/clock.ts';
import { openEventStream, usualEventStream } from '../../../server/live/event-stream.ts';
import { createFeed, type Feed } from '../../../server/live/feed.ts';
import { createStepClock, settled } from './fake-desk.ts';
import { eventsIn, readEvents } from './read-events.ts';

const clock = createClock();
const news = (feed: Feed, ...words: readonly (string | number)[]) => {
  for (const word of words) feed.publish({ type: 'news', words: String(word) });
};

function read(feed: Feed, lastId: number | null, settings = usualEventStream) {
  let ended = 0;
  const stream = openEventStream(feed, clock, { lastId, onEnd: () => (ended += 1) }, settings);
  return { stream, reader: () => readEvents(stream), ended: () => ended };
}

const wordsOf = (events: readonly { type: string }[]) =>
  events.map((event) => ('words' in event ? event.words : event.type));

test('who begins is greeted, and gets what happens from then on', async () => {
  const feed = createFeed(clock);
  news(feed, 'old');
  const reader = read(feed, null).reader();
  await reader.seen();
  news(feed, 'new');
  expect(wordsOf(await reader.seen())).toEqual(['hello', 'new']);
});

test('who comes back gets exactly what was missed, and nothing twice', () =>
  fc.assert(
    fc.asyncProperty(fc.nat(30), fc.nat(30), async (before, after) => {
      const feed = createFeed(clock);
      const first = read(feed, null).reader();
      await first.seen();
      for (let number = 0; number < before; number++) news(feed, number);
      const seen = await first.seen();
      await first.leave();
      for (let number = 0; number < after; number++) news(feed, before + number);
      const again = read(feed, seen.at(-1)!.id).reader();
      expect(wordsOf([...seen.slice(1), ...(await again.seen())])).toEqual(
        Array.from({ length: before + after }, (_, number) => String(number)),
      );
      await again.leave();
    }),
    { numRuns: 20 },
  ));

test('who was away too long, or comes from another process, begins anew', async () => {
  const step = createStepClock();
  const feed = createFeed(step, 5);
  news(feed, 1);
  const known = feed.newest();
  news(feed, 2, 3, 4, 5, 6, 7);
  for (const strange of [known, 0, 17, feed.newest() + 1000]) {
    const reader = read(feed, strange).reader();
    const seen = await reader.seen();
    expect(wordsOf(seen), String(strange)).toEqual(['reset']);
    expect(seen[0]?.id).toBe(feed.newest());
    news(feed, 'next');
    expect(wordsOf(await reader.seen())).toEqual(['reset', 'next']);
    await reader.leave();
  }
  await step.advance(60_000);
  const restarted = createFeed(step);
  expect(restarted.newest()).toBeGreaterThan(feed.newest());
  expect(wordsOf(await read(restarted, feed.newest()).reader().seen())).toEqual(['reset']);
});

test('ten thousand events reach a reader that keeps up, in order', async () => {
  const feed = createFeed(clock);
  const reader = read(feed, null).reader();
  for (let hundred = 0; hundred < 100; hundred++) {
    for (let one = 0; one < 100; one++) news(feed, hundred * 100 + one);
    await settled();
  }
  const seen = await reader.seen();
  expect(wordsOf(seen)).toEqual(['hello', ...Array.from({ length: 10_000 }, (_, number) => String(number))]);
});

test('one that does not read is dropped, and the others get everything meanwhile', async () => {
  const feed = createFeed(clock, 50);
  const settings = { beatMilliseconds: 10, patienceMilliseconds: 40 };
  const slow = read(feed, null, settings);
  const quick = read(feed, null, settings);
  const reader = quick.reader();
  for (let number = 0; number < 200; number++) {
    news(feed, number);
    await sleep(1);
  }
  await expect.poll(slow.ended).toBe(1);
  expect(wordsOf(await reader.seen())).toHaveLength(201);
  expect(quick.ended()).toBe(0);
  expect(await readEvents(slow.stream).ended).toBe('broken');
});

test('a heartbeat comes while nothing happens, and a reader that is only quiet stays', async () => {
  const feed = createFeed(clock);
  const { reader, ended } = read(feed, null, { beatMilliseconds: 10, patienceMilliseconds: 40 });
  const reading = reader();
  await expect.poll(() => reading.comments().length).toBeGreaterThan(8);
  expect(ended()).toBe(0);
  news(feed, 'at last');
  expect(wordsOf(await reading.seen())).toContain('at last');
  await reading.leave();
  expect(ended()).toBe(1);
});

test('a line break in what is told cannot end a message', async () => {
  const feed = createFeed(clock);
  const reader = read(feed, null).reader();
  await reader.seen();
  news(feed, 'a\n\nid: 5\ndata: {"type":"reset"}\r\nevent: x');
  expect((await reader.seen()).map(({ type }) => type)).toEqual(['hello', 'news']);
  expect(eventsIn('nothing')).toEqual([]);
});
