import { createTranslator } from 'use-intl/core';
import { expect, test } from 'vitest';
import { speechFor } from '../../../web/texts/locale.ts';

test.each([
  [['en-GB'], 'en', 'en-GB'],
  [['de-CH', 'en'], 'de', 'de-CH'],
  [['de'], 'de', 'de-DE'],
  // the first language that the page has
  [['fr-CA', 'de-DE', 'en'], 'de', 'de-DE'],
  // English sentences, and numbers as the reader's country writes them
  [['fr-FR'], 'en', 'en-FR'],
  [['pl'], 'en', 'en-PL'],
  [['en-US@posix'], 'en', 'en'],
  [[], 'en', 'en'],
])('%j is spoken to in %s, written as %s', (wanted, language, locale) => {
  expect(speechFor(wanted)).toEqual({ language, locale });
});

test('a sentence is counted by the rules of its own language', () => {
  const said = (wanted: string[]) =>
    createTranslator({
      locale: speechFor(wanted).locale,
      messages: { rows: '{count, plural, one {# row} other {# rows}}' },
    })('rows', { count: 0 });
  expect(said(['fr-FR'])).toBe('0 rows');
  expect(said(['en'])).toBe('0 rows');
});
