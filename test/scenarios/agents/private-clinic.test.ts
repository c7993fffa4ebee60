/** What the other test relies on: that planted values are told from others, in whatever form. */
import { expect, test } from 'vitest';
import { foundIn, planted } from './private-clinic.ts';

test('there are at least fifty, and none is part of another', () => {
  const values = Object.values(planted).map((value) => value.toLowerCase());
  expect(values.length).toBeGreaterThanOrEqual(50);
  for (const value of values) expect(values.filter((other) => other.includes(value))).toEqual([value]);
});

test('a value is found as it is, in other case and spacing, and encoded', () => {
  const { fullName, birthDate, umlaut } = planted;
  const [first, last] = fullName.split(' ') as [string, string];
  for (const text of [
    `xx${fullName}xx`,
    fullName.toUpperCase(),
    `${first}_${last}`,
    `${first}${last}`.toLowerCase(),
    Buffer.from(`who: ${fullName}, and more`).toString('base64'),
    Buffer.from(`wh: ${fullName}, and more`).toString('base64'),
    Buffer.from(`w: ${fullName}, and more`).toString('base64'),
    Buffer.from(`who: ${fullName}`).toString('hex'),
  ])
    expect(foundIn(text).join(), text).toContain('fullName');
  expect(foundIn('born 16.07.1931').join()).toContain('birthDate');
  expect(foundIn(`at ${birthDate}T00:00`).join()).toContain('birthDate');
  expect(foundIn('jurgenthaal').join()).toContain('umlaut');
  expect(foundIn(`a ${umlaut} b`).join()).toContain('umlaut');
  expect(foundIn('nothing of anybody, 86,214 records, B••• Q•••, 0000-00-00')).toEqual([]);
});
