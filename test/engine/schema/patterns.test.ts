/** Generated values that are, and are not, what a pattern says; asked of the server, whose expressions decide. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Pattern } from '../../../engine/schema/catalog.ts';
import { looksLikeSql, PATTERNS } from '../../../engine/schema/patterns.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';

const database = useTestDatabase();

async function looksLike(pattern: Pattern, values: readonly string[]): Promise<readonly boolean[]> {
  const rows = await database.query<{ yes: boolean }>(
    `select ${looksLikeSql(pattern, 's.v', 'length(s.v)')} as yes from unnest($1::text[]) with ordinality s(v, n) order by n`,
    [values],
  );
  return rows.map(({ yes }) => yes);
}

const digits = (least: number, most = least) => fc.stringMatching(new RegExp(`^[0-9]{${least},${most}}$`));
const word = fc.stringMatching(/^[a-z]{2,9}$/);
const title = fc
  .tuple(fc.constantFrom(...'ABCDEFGHIJKLMNOPRSTUVWÄÖÜÉŁ'), fc.stringMatching(/^[a-zäöüéł]{1,9}$/))
  .map((parts) => parts.join(''));
const sentence = fc
  .tuple(title, fc.array(word, { minLength: 5, maxLength: 12 }))
  .map(([first, rest]) => `${[first, ...rest].join(' ')}.`);
const two = (least: number, most: number) =>
  fc.integer({ min: least, max: most }).map((number) => String(number).padStart(2, '0'));
const day = fc
  .tuple(fc.integer({ min: 1900, max: 2099 }), two(1, 12), two(1, 28))
  .map((parts) => parts.join('-'));
const spaced = <T extends string>(value: fc.Arbitrary<T>) =>
  fc.tuple(fc.constantFrom('', ' '), value, fc.constantFrom('', ' ')).map((parts) => parts.join(''));

const positives: Readonly<Record<Pattern, fc.Arbitrary<string>>> = {
  email: spaced(fc.emailAddress()),
  phone: spaced(
    fc
      .tuple(
        fc.constantFrom('+', '00', ''),
        fc.array(digits(2, 4), { minLength: 3, maxLength: 4 }),
        fc.constantFrom(' ', '-', ''),
      )
      .map(([start, groups, separator]) => start + groups.join(separator === '' ? '' : separator))
      .filter((value) => !/^\d{4}-\d\d-\d\d/.test(value) && value.replace(/\D/g, '').length > 6),
  ),
  money: spaced(
    fc
      .tuple(fc.constantFrom('', '$', '€', 'EUR '), fc.integer({ min: 0, max: 999_999_999 }), two(0, 99))
      .map(([sign, whole, cents]) => `${sign}${whole.toLocaleString('en-US')}.${cents}`),
  ),
  json: fc
    .oneof(fc.object(), fc.array(fc.oneof(fc.integer(), fc.string(), fc.constant(null))))
    .map((value) => JSON.stringify(value).replaceAll('\\u0000', '')),
  url: fc.webUrl(),
  date: spaced(
    fc.oneof(
      day,
      day.map((value) => `${value} 10:20:30+02`),
      fc.tuple(two(1, 28), two(1, 12), fc.constantFrom('1999', '2020')).map((parts) => parts.join('.')),
    ),
  ),
  uuid: spaced(fc.uuid()),
  'boolean-word': spaced(fc.constantFrom('Y', 'n', 'true', 'FALSE', 'Yes', 'off')),
  number: spaced(
    fc.oneof(
      fc.integer().map(String),
      fc.tuple(fc.nat(), digits(1, 6)).map((p) => p.join('.')),
    ),
  ),
  base64: fc
    .uint8Array({ minLength: 24, maxLength: 400 })
    .map((bytes) => `A1b+${Buffer.from(bytes).toString('base64')}`),
  name: spaced(
    fc.tuple(title, fc.constantFrom(' ', ' van ', ' K. ', ' de la '), title).map((parts) => parts.join('')),
  ),
  address: fc.oneof(
    fc
      .tuple(fc.integer({ min: 1, max: 9999 }), title, fc.constantFrom('Street', 'Ave', 'road', 'Ln.'))
      .map((parts) => parts.join(' ')),
    fc
      .tuple(title, fc.constantFrom('straße ', 'weg ', 'gasse '), fc.integer({ min: 1, max: 300 }))
      .map((parts) => parts.join('')),
    fc
      .tuple(fc.integer({ min: 1, max: 300 }), fc.constantFrom('rue de', 'via', 'rua'), title)
      .map((parts) => parts.join(' ')),
  ),
  'national-id': spaced(
    fc.oneof(
      fc.tuple(digits(3), digits(2), digits(4)).map((parts) => parts.join('-')),
      fc.tuple(digits(3), digits(3), digits(3), digits(2)).map(([a, b, c, d]) => `${a}.${b}.${c}-${d}`),
      fc.tuple(digits(8), fc.constantFrom(...'TRWAGMYFPDXBNJZSQVHLCKE')).map((parts) => parts.join('')),
      digits(6).map((number) => `AB${number}C`),
    ),
  ),
  iban: fc
    .tuple(fc.constantFrom('DE', 'GB', 'FR', 'NL'), digits(2), fc.stringMatching(/^[A-Z0-9]{12,20}$/))
    .map((parts) => parts.join('')),
  card: fc
    .tuple(
      fc.constantFrom('4', '5'),
      digits(3),
      digits(4),
      digits(4),
      digits(4),
      fc.constantFrom(' ', '-', ''),
    )
    .map(([a, b, c, d, e, gap]) => [a + b, c, d, e].join(gap)),
  ip: spaced(
    fc.oneof(
      fc.ipV4(),
      fc.ipV6().filter((value) => !value.includes('.')),
    ),
  ),
  blank: fc.stringMatching(/^[ \t\n]{0,20}$/),
};

/** What must not pass, besides a sentence, which nothing but itself is. */
const negatives: Readonly<Record<Pattern, fc.Arbitrary<string>>> = {
  email: fc.oneof(
    fc.webUrl().filter((url) => !url.includes('@')),
    word,
  ),
  phone: fc.oneof(day, fc.ipV4(), digits(1, 5), word),
  money: fc.oneof(fc.integer().map(String), day, fc.ipV4(), word),
  json: fc.oneof(
    word.map((value) => `[${value} text`),
    word.map((value) => `{${value}}`),
    fc.integer().map(String),
  ),
  url: fc.oneof(fc.emailAddress(), word),
  date: fc.oneof(fc.ipV4(), digits(8, 14), fc.uuid()),
  uuid: fc.oneof(fc.stringMatching(/^[0-9a-f]{31}$/), fc.stringMatching(/^[g-z]{32}$/)),
  'boolean-word': fc.oneof(digits(1, 3), fc.constantFrom('maybe', 'yess', 'truely')),
  number: fc.oneof(day, fc.ipV4(), word),
  base64: fc.oneof(fc.stringMatching(/^[0-9a-f]{64}$/), fc.stringMatching(/^[a-z]{24,60}$/), fc.uuid()),
  name: fc.oneof(
    title,
    fc.tuple(word, word).map((parts) => parts.join(' ')),
    day,
    fc.emailAddress(),
  ),
  address: fc.oneof(
    fc.tuple(title, title).map((parts) => parts.join(' ')),
    day,
    fc.emailAddress(),
  ),
  'national-id': fc.oneof(day, digits(4, 8), fc.uuid(), word),
  iban: fc.oneof(digits(16, 20), fc.uuid(), word),
  card: fc.oneof(digits(10, 13), digits(20, 22), day),
  ip: fc.oneof(digits(1, 12), day, word, fc.constantFrom('10:20', '23:59')),
  blank: fc.oneof(word, fc.integer().map(String)),
};

describe.each(Object.keys(PATTERNS) as Pattern[])('%s', (pattern) => {
  test('is seen in generated values', async () => {
    const property = fc.asyncProperty(
      fc.array(positives[pattern], { minLength: 30, maxLength: 30 }),
      async (values) => {
        const seen = await looksLike(pattern, values);
        expect(values.filter((_, i) => !seen[i])).toEqual([]);
      },
    );
    await fc.assert(property, { numRuns: 12, endOnFailure: true });
  });

  test('is not seen in values of other kinds', async () => {
    const others = fc.oneof(sentence, negatives[pattern]);
    const property = fc.asyncProperty(fc.array(others, { minLength: 30, maxLength: 30 }), async (values) => {
      const seen = await looksLike(pattern, values);
      expect(values.filter((_, i) => seen[i])).toEqual([]);
    });
    await fc.assert(property, { numRuns: 12, endOnFailure: true });
  });
});

test('text made to trouble a regular expression is answered at once', async () => {
  const hostile = [
    'a'.repeat(1000),
    `${'a@'.repeat(499)}!`,
    `${' '.repeat(999)}x`,
    `${'1,111'.repeat(199)}x`,
    `${'Aa '.repeat(333)}9`,
    `[${'['.repeat(900)}`,
    `${'0'.repeat(999)}x`,
    `${'A1b+'.repeat(249)}!`,
  ];
  await database.query("set statement_timeout = '5s'");
  for (const pattern of Object.keys(PATTERNS) as Pattern[]) await looksLike(pattern, hostile);
  await database.query('reset statement_timeout');
});
