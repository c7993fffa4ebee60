import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createTranslator } from 'use-intl/core';
import { expect, test } from 'vitest';
import german from '../../../web/texts/de.json' with { type: 'json' };
import english from '../../../web/texts/en.json' with { type: 'json' };

interface Texts {
  readonly [key: string]: string | Texts;
}

function flat(texts: Texts, before = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) =>
    typeof value === 'string'
      ? [[`${before}${key}`, value] as [string, string]]
      : flat(value, `${before}${key}.`),
  );
}

const en = flat(english);
const de = flat(german);

/** Names of the values that a text takes: what a brace begins that does not stand in an argument itself. */
function values(text: string): string[] {
  const names = new Set<string>();
  let depth = 0;
  for (const { 0: mark, index } of text.matchAll(/[{}]/g)) {
    if (mark === '}') depth -= 1;
    else if (depth % 2 === 0)
      names.add(/^\{(\w+)/.exec(text.slice(index))?.[1] ?? text.slice(index, index + 20));
    if (mark === '{') depth += 1;
  }
  return [...names].sort();
}

test('both languages say the same things, with the same values', () => {
  expect(de.map(([key]) => key).sort()).toEqual(en.map(([key]) => key).sort());
  const other = new Map(de);
  for (const [key, text] of en) expect([key, values(other.get(key) ?? '')]).toEqual([key, values(text)]);
});

test('nothing shouts and nothing praises', () => {
  for (const [key, text] of [...en, ...de]) {
    expect([key, text]).not.toEqual([key, expect.stringMatching(/!|\p{Extended_Pictographic}/u)]);
  }
});

test.each([
  ['en', english as Texts, en],
  ['de', german as Texts, de],
])('every text of %s can be said', (locale, messages, all) => {
  const t = createTranslator({
    locale,
    messages: messages as never,
    onError: (error) => {
      throw error;
    },
  }) as unknown as (key: string, given: Record<string, string | number>) => string;
  for (const [key, text] of all.filter(([, said]) => said !== '')) {
    const given = Object.fromEntries(values(text).map((name) => [name, 2]));
    expect([key, t(key, given)]).not.toEqual([key, '']);
  }
});

test('no component writes a sentence of its own', () => {
  const root = join(import.meta.dirname, '..', '..', '..', 'web');
  const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.tsx') && !name.startsWith('dist'),
  );
  const spoken = files.flatMap((name) =>
    readFileSync(join(root, name), 'utf8')
      .split('\n')
      // words between two tags, or in an attribute that is read out
      .filter((line) =>
        /^\s*[A-Z][a-z]+( [a-z]+){2,}\.?$|(?:aria-label|placeholder|title)="[A-Za-z]/.test(line),
      )
      .map((line) => `${name}: ${line.trim()}`),
  );
  expect(spoken).toEqual([]);
});
