import { expect, test } from 'vitest';
import type { LiveEvent } from '../../../server/shapes/events.ts';
import { after, madeOld, quiet } from '../../../web/api/what-is-new.ts';

const at = '2026-11-21T10:00:00Z';
const news = (id: number): LiveEvent => ({ type: 'news', id, at, words: `step ${id}` });

test('of the news the last three are shown, however many there are', () => {
  let live = quiet;
  for (let id = 1; id <= 10_000; id += 1) live = after(live, news(id));
  expect(live.news.map(({ id }) => id)).toEqual([9998, 9999, 10_000]);
});

test('trouble stays until it is said to be over', () => {
  const troubled = after(quiet, { type: 'trouble', id: 1, at, words: 'It does not answer.', hint: 'Wait.' });
  expect(after(troubled, news(2)).trouble).toEqual({ words: 'It does not answer.', hint: 'Wait.' });
  expect(after(troubled, { type: 'trouble', id: 3, at, words: null, hint: null }).trouble).toBeNull();
});

test('an event makes old what it is about, and nothing else', () => {
  const names = (type: LiveEvent['type']) => madeOld(type, 'own').map((key) => key.join('/'));
  expect(names('chat.changed')).toEqual(['migrations/own/messages']);
  expect(names('approval.granted')).toEqual([
    'migrations/own',
    'migrations/own/approvals',
    'migrations/own/guide',
  ]);
  expect(names('entity.completed'), 'it carries what is new').toEqual([]);
  expect(names('migration.completed')).toContain('migrations/own/run');
  expect(names('state.changed')).toContain('plan/own');
  expect(names('migration.progress')).toEqual([]);
  expect(names('migration.level'), 'progress comes with it').toEqual(['migrations/own']);
});

test('where events were missed, everything is old', () => {
  const all = madeOld('reset', 'sample').map((key) => key.join('/'));
  for (const subject of ['guide', 'messages', 'questions', 'approvals', 'run'])
    expect(all).toContain(`migrations/sample/${subject}`);
  expect(all).toContain('plan/sample');
});
