import { expect, test } from 'vitest';
import { nameOnPage } from '../../../web/shell/name-on-page.ts';
import german from '../../../web/texts/de.json' with { type: 'json' };
import english from '../../../web/texts/en.json' with { type: 'json' };

test('the sample is called in the language of the page, whatever the server calls it', () => {
  const sample = { id: 'sample', name: 'A name of the server' } as const;
  expect(nameOnPage(sample, () => german.home.sample.name)).toBe('Üben mit Beispieldaten');
  expect(nameOnPage(sample, () => english.home.sample.name)).toBe('Practice with sample data');
});

test('databases of one’s own keep their name', () => {
  expect(nameOnPage({ id: 'own', name: 'clinic' }, (key) => key)).toBe('clinic');
});
