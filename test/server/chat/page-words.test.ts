/** A chat answer that names commands, told to somebody who has a page and no terminal; streamed in pieces of any size. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { JourneyCard } from '../../../engine/contract/journey-state.ts';
import { createPageWords, pageWords } from '../../../server/chat/page-words.ts';
import { guideOnPage } from '../../../server/views/guide-on-page.ts';

function streamed(pieces: readonly string[]): string {
  const words = createPageWords();
  return pieces.map((piece) => words.add(piece)).join('') + words.end();
}

test.each([
  ['Continue it with towpath resume run-7.', 'Continue it with “Go on” in “Progress”.'],
  ['It stopped. towpath list shows it.\nGo on?', 'It stopped. “Progress” shows it.\nGo on?'],
  [
    'Nothing was changed. towpath preflight names what is missing.',
    'Nothing was changed. The check of both databases in “Guide” names what is missing.',
  ],
  ['Say `towpath approve` again.', 'Say the card in “Guide” again.'],
  ['Take them elsewhere: towpath quarantine export', 'Take them elsewhere: towpath quarantine export'],
  ['Towpath moved two towels.', 'Towpath moved two towels.'],
])('%s', (said, shown) => {
  expect(pageWords(said)).toBe(shown);
  expect(streamed([...said]), 'letter by letter').toBe(shown);
});

test('however an answer is cut, the words are the same', () => {
  const word = fc.constantFrom(
    'towpath resume run-7',
    'towpath list',
    ' ',
    '.',
    '\n',
    '“',
    '”',
    '`',
    'to',
    'a',
  );
  fc.assert(
    fc.property(fc.array(word), fc.array(fc.nat(12), { size: 'medium' }), (words, cuts) => {
      const text = words.join('');
      const pieces: string[] = [];
      let at = 0;
      for (const cut of cuts) {
        pieces.push(text.slice(at, at + cut));
        at += cut;
      }
      expect(streamed([...pieces, text.slice(at)])).toBe(pageWords(text));
    }),
  );
});

test('words without a command are not kept back', () => {
  const words = createPageWords();
  expect(words.add('I found 45 tables. The ')).toBe('I found 45 tables. The ');
  expect(words.add('last towpath resume')).toBe('last ');
  expect(words.end()).toBe('“Go on” in “Progress”');
});

test('the card that waits says it as the conversation does', () => {
  const card: JourneyCard = {
    ...{ kind: 'problem', step: 'migrate', title: 'It stopped', recommended: 'again', choices: [] },
    text: 'Go on: towpath resume run-7',
    problems: [{ what: 'It stopped.', remedy: 'See it: towpath status run-7' }],
  };
  const view = guideOnPage({
    ...{ state: 'waiting', guideId: 'g', card, cardId: 'c', choices: [], outcome: null },
    words: card.text,
  });
  expect(view.words).toBe(pageWords(card.text));
  expect(view.card).toMatchObject({
    text: 'Go on: “Go on” in “Progress”',
    problems: [{ remedy: 'See it: “Progress”' }],
  });
});
