import { expect, test } from 'vitest';
import { createEventPublisher, type TowpathEvent } from '../../../engine/core/events.ts';

const clock = { now: () => new Date('2026-03-04T05:06:07.000Z') };
const paused = { type: 'migration.paused', runId: 'r', reason: 'asked to' } as const;

test('a listener gets the event with its time, until it is unsubscribed', () => {
  const events = createEventPublisher({ clock });
  const seen: TowpathEvent[] = [];
  const unsubscribe = events.subscribe((event) => void seen.push(event));
  events.publish(paused);
  unsubscribe();
  unsubscribe();
  events.publish(paused);
  expect(seen).toEqual([{ ...paused, at: '2026-03-04T05:06:07.000Z' }]);
});

test('a listener that fails harms neither the publisher nor the others', async () => {
  const failures: unknown[] = [];
  const events = createEventPublisher({
    clock,
    onListenerError: (error) => {
      failures.push(error);
      throw new Error('even this');
    },
  });
  let reached = 0;
  events.subscribe(() => {
    throw new Error('at once');
  });
  events.subscribe(() => Promise.reject(new Error('later')));
  events.subscribe(() => void reached++);
  events.publish(paused);
  await expect.poll(() => failures.map(String)).toEqual(['Error: at once', 'Error: later']);
  expect(reached).toBe(1);
});

test('the same function subscribed twice is called twice and removed one by one', () => {
  const events = createEventPublisher({ clock });
  let calls = 0;
  const listener = () => void calls++;
  const unsubscribe = events.subscribe(listener);
  events.subscribe(listener);
  events.publish(paused);
  unsubscribe();
  events.publish(paused);
  expect(calls).toBe(3);
});

test('a listener may unsubscribe another while an event is on its way', () => {
  const events = createEventPublisher({ clock });
  const seen: string[] = [];
  events.subscribe(() => {
    seen.push('first');
    second();
  });
  const second = events.subscribe(() => void seen.push('second'));
  events.publish(paused);
  events.publish(paused);
  expect(seen).toEqual(['first', 'second', 'first']);
});
