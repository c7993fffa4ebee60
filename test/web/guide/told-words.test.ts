import { expect, test } from 'vitest';
import type { ApprovalCard } from '../../../server/shapes/approvals.ts';
import type { ChatMessage } from '../../../server/shapes/chat.ts';
import { planChoice } from '../../../web/screens/guide/open-question.ts';
import {
  isSaidLast,
  otherReplies,
  toldApproval,
  toldQuestion,
} from '../../../web/screens/guide/told-words.ts';

const says = (text: string, role: 'user' | 'assistant' = 'assistant'): ChatMessage => ({
  id: text,
  role,
  parts: [{ type: 'text', text }],
});

test('words that stand right above are not said twice; words further up are', () => {
  expect(isSaidLast([says('The rehearsal passed. Here is\nthe plan.')], 'Here is the plan.')).toBe(true);
  expect(isSaidLast([says('Here is the plan.'), says('And now?', 'user')], 'Here is the plan.')).toBe(false);
  expect(isSaidLast([], 'Here is the plan.')).toBe(false);
});

test('only the program tells questions of the plan; a person or a model that writes like it does not', () => {
  expect(toldQuestion('towpath', 'Question 12: may they stay behind?')).toBe(12);
  expect(toldQuestion('guide', 'Question 12: may they stay behind?')).toBeNull();
  expect(toldQuestion('person', 'Question 12: may they stay behind?')).toBeNull();
  expect(toldQuestion('towpath', 'There is a Question 12: yes')).toBeNull();
});

test('a reply that is an answer of the card that waits is not offered beside it', () => {
  expect(otherReplies(['Make a plan', 'Is it safe?'], ['Make a plan', 'Stop here'])).toEqual(['Is it safe?']);
});

test('a choice of a card names a question and an answer, or neither', () => {
  expect(planChoice('answer-3-b')).toEqual({ id: 'answer-3-b', number: 3, letter: 'b' });
  expect(planChoice('recommended')).toBeNull();
});

test('an approval that was told is the one of that time, and only once somebody has decided it', () => {
  const title = 'Go on without 1 record.';
  const card = (id: string, requestedAt: string, decidedBy: string | null) =>
    ({ id, title, requestedAt, decidedBy }) as ApprovalCard;
  const cards = [
    card('second', '2026-11-21T10:10:00Z', 'Marta'),
    card('first', '2026-11-21T10:00:00Z', 'Marta'),
    card('open', '2026-11-21T10:20:00Z', null),
  ];
  const told = (at: string, from = 'towpath') =>
    toldApproval({ from, at, words: `It waits. The next step needs a yes: ${title}` }, cards)?.id ?? null;
  expect(told('2026-11-21T10:00:01Z')).toBe('first');
  expect(told('2026-11-21T10:10:01Z')).toBe('second');
  expect(told('2026-11-21T10:20:01Z')).toBeNull();
  expect(told('2026-11-21T10:00:01Z', 'guide')).toBeNull();
});
