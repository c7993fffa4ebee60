/** Made-up words that fit a column's name, so that profiles see what they would see in earnest. */
import { between, pick, type Random } from './random.ts';

const FIRST = ['Ada', 'Bjørn', 'Chloé', 'Dmitri', 'Eve', 'Fatima', 'Göran', 'Hana'];
const LAST = ['Alder', 'Birch', 'Cedar', 'Dogwood', 'Elm', 'Fir', 'Gorse', 'Hazel'];
const WORDS = ['north', 'river', 'stone', 'quiet', 'amber', 'seven', 'lantern', 'mill', 'open', 'harbour'];

type Rule = readonly [RegExp, (random: Random, row: number) => string];

const RULES: readonly Rule[] = [
  [
    /e_?mail/,
    (random, row) =>
      `${pick(random, FIRST)
        .normalize('NFD')
        .replace(/[^A-Za-z]/g, '')}.${row}@example.org`,
  ],
  [/phone|mobile|fax/, (random) => `+44 20 7946 0${between(random, 100, 999)}`],
  [/url|uri|link|website/, (random, row) => `https://example.org/${pick(random, WORDS)}/${row}`],
  [/first_?name|given/, (random) => pick(random, FIRST)],
  [/last_?name|surname|family/, (random) => pick(random, LAST)],
  [/^ip$|_ip$|ip_address/, (random) => `192.0.2.${between(random, 1, 254)}`],
  [/slug|path|code|key|token|sha/, (random, row) => `${pick(random, WORDS)}-${row}`],
  [/colou?r/, (random) => between(random, 0x100000, 0xffffff).toString(16)],
  [/state|status|kind/, (random) => pick(random, ['active', 'planned', 'retired'])],
  [/address|street/, (random) => `${between(random, 1, 99)} ${pick(random, LAST)} Lane`],
  [/description|comment|note|body|text|content/, (random) => sentence(random)],
];

export function wordsFor(column: string, random: Random, row: number): string {
  const name = column.toLowerCase();
  const rule = RULES.find(([pattern]) => pattern.test(name));
  return rule ? rule[1](random, row) : `${pick(random, WORDS)} ${pick(random, WORDS)}`;
}

/** With what breaks careless programs: quotes, backslashes, tabs, line ends, other alphabets, nothing at all. */
function sentence(random: Random): string {
  return pick(random, [
    '',
    "It's “quoted”, 100 %\\ sure",
    'two\nlines\tand a tab',
    'Ünïcödé 日本語 🚂',
    'plain words',
    '  spaces  ',
    'NULL',
    '\\N',
  ]);
}
