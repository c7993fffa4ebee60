import { expect, test } from 'vitest';
import type { ChatMessage } from '../../../server/shapes/chat.ts';
import { mergeHistory } from '../../../web/screens/guide/merge-history.ts';

const meta = { voice: 'x', from: 'guide', offline: true, at: '2026-11-21T10:00:00Z' } as const;

function said(id: string, role: 'user' | 'assistant', text: string, withMeta = true): ChatMessage {
  return { id, role, parts: [{ type: 'text', text }], ...(withMeta ? { metadata: meta } : {}) };
}

test('what was streamed stays the same message under its own id, and gets the time the server knows', () => {
  const mine = [said('local-1', 'user', 'hello', false), said('local-2', 'assistant', 'Hello.')];
  const kept = [said('1', 'user', 'hello'), said('2', 'assistant', 'Hello.')];
  const merged = mergeHistory(mine, kept);
  expect(merged.map(({ id }) => id)).toEqual(['local-1', 'local-2']);
  expect(merged[0]?.metadata).toEqual(meta);
  expect(merged[1]).toBe(mine[1]);
});

test('what was told meanwhile is added, what somebody else said stands in its place', () => {
  const shown = [said('1', 'user', 'hello'), said('2', 'assistant', 'Hello.')];
  const kept = [...shown, said('3', 'user', 'and I?'), said('4', 'assistant', 'You too.')];
  expect(mergeHistory(shown, kept).map(({ id }) => id)).toEqual(['1', '2', '3', '4']);
});

test('where the two differ, what is kept is right', () => {
  const shown = [said('1', 'user', 'hello'), said('2', 'assistant', 'Hel')];
  const kept = [said('1', 'user', 'hello'), said('9', 'assistant', 'Hello.')];
  expect(mergeHistory(shown, kept)).toEqual(kept);
});

test('of a long conversation only the newest are sent; the shown ones keep their ids', () => {
  const shown = [said('a', 'user', 'one'), said('b', 'assistant', 'two'), said('c', 'user', 'three')];
  const kept = [said('2', 'assistant', 'two'), said('3', 'user', 'three'), said('4', 'assistant', 'four')];
  expect(mergeHistory(shown, kept).map(({ id }) => id)).toEqual(['b', 'c', '4']);
});

test('a card that changed is another message', () => {
  const card = (choices: string[]): ChatMessage => ({
    id: 'x',
    role: 'assistant',
    metadata: meta,
    parts: [{ type: 'data-choices', data: { choices } }],
  });
  expect(mergeHistory([card(['A'])], [card(['B'])])).toEqual([card(['B'])]);
});

test('what the guide was busy with does not make another message of an answer', () => {
  const kept = said('9', 'assistant', 'Hello.');
  const shown: ChatMessage = {
    ...kept,
    id: 'local',
    parts: [{ type: 'data-busy', id: 'busy', data: { words: null } }, ...kept.parts],
  };
  expect(mergeHistory([shown], [kept]).map(({ id }) => id)).toEqual(['local']);
});
