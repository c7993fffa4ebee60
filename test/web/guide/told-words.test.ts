import { expect, test } from 'vitest';
import type { ChatMessage } from '../../../server/shapes/chat.ts';
import { planChoice } from '../../../web/screens/guide/open-question.ts';
import { isSaidLast, otherReplies, toldQuestion } from '../../../web/screens/guide/told-words.ts';

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
