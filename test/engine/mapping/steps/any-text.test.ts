/** What holds for every transform, whatever the text: it answers, leaves null alone, and does not change its mind. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Misfit } from '../../../../engine/mapping/misfit.ts';
import { stepFor } from './run-step.ts';

const LIKE_DATA = [
  ...[
    '',
    ' ',
    '\u00a0',
    '0',
    '-0',
    '1e9999',
    '1.5e3',
    'NaN',
    'Infinity',
    '-infinity',
    '9'.repeat(400),
    '0x1F',
    '١٢٣',
  ],
  ...[
    '1.234,50 €',
    '--1',
    '-1-',
    '(12)',
    '€',
    '$',
    '1,2,3',
    '+49 30 123456',
    '030 1',
    'tel:1;ext=5',
    '+',
    '1'.repeat(300),
  ],
  ...[
    'a@b.co',
    'a@b',
    '@',
    'A@B.CO ',
    '2020-02-30',
    '2020-02-29 10:00',
    '0000-00-00',
    '10000-01-01',
    '44-03-15 BC',
  ],
  ...[
    '0044-03-15 BC',
    '2020-01-01 00:00:00+05:30:15',
    '99999-12-31',
    '275761-01-01',
    '{}',
    '[',
    '{"a":"\\u0000"}',
    '{"a":"\\ud800"}',
  ],
  ...[
    '"\\\\u0000"',
    '1e400',
    '{a,b}',
    '{{a},{b,c}}',
    '{"a\\"b",NULL}',
    '[0:1]={1,2}',
    '{',
    '}',
    '{,}',
    '{"',
    '$1',
    '$'.concat('{x}'),
    '\\',
  ],
  ...[
    '\ud800',
    '\udfff',
    '\u0000',
    '😀',
    'e\u0301',
    'İ',
    'ß',
    '\u202e',
    'constructor',
    '__proto__',
    'toString',
    'a'.repeat(120_000),
  ],
];
const anyText = fc.oneof(
  fc.constantFrom(...LIKE_DATA),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc
    .tuple(fc.constantFrom(...LIKE_DATA), fc.constantFrom(...LIKE_DATA))
    .map(([a, b]) => a.slice(0, 500) + b.slice(0, 500)),
);

type Case = readonly [name: string, written: unknown, type?: string];

const ONCE: readonly Case[] = [
  ['trim', { kind: 'trim' }],
  ['lower', { kind: 'lower' }],
  ['upper', { kind: 'upper' }],
  ['empty-to-null', { kind: 'empty-to-null', words: ['n/a'] }],
  ['boolean', { kind: 'boolean', true: ['true', 'y'], false: ['false', 'n'] }],
  ['time-zone', { kind: 'time-zone', zone: 'Europe/Berlin' }],
  ['json', { kind: 'json' }],
  ['money', { kind: 'money', scale: 2 }],
  ['money without separators', { kind: 'money', scale: 2, signs: ['€', 'EUR', '$'] }],
  ['email', { kind: 'email' }],
  ['phone', { kind: 'phone', country: 'DE' }],
  ['phone that is possible', { kind: 'phone', country: 'US', check: 'possible', extension: 'drop' }],
  ['phone or as it is', { kind: 'phone', otherwise: 'keep' }],
  ['split', { kind: 'split', separator: 'a' }],
  ['split from the end', { kind: 'split', separator: ' ', fromEnd: true }],
  ['replace', { kind: 'replace', pattern: '[^a-z0-9]+', with: '' }],
  ['redact', { kind: 'mask', style: 'redact' }],
  ['year of a text', { kind: 'mask', style: 'year-only' }],
  ['year of a date', { kind: 'mask', style: 'year-only' }, 'date'],
  ['array', { kind: 'array', each: { kind: 'trim' } }, 'text[]'],
];
const ALWAYS_NEW: readonly Case[] = [
  ['epoch', { kind: 'epoch', unit: 'milliseconds' }],
  ['epoch in microseconds', { kind: 'epoch', unit: 'microseconds' }],
  ['choice', { kind: 'choice', map: { 1: 'one' } }],
  ['choice to null', { kind: 'choice', map: { 1: 'one' }, unknown: 'null' }],
  ['json or text', { kind: 'json', otherwise: 'text' }],
  ['German money', { kind: 'money', scale: 2, point: ',', thousands: '.', signs: ['€'] }],
  ['Swiss money', { kind: 'money', scale: 0, thousands: "'" }],
  ['email or misfit', { kind: 'email', onMalformed: 'misfit' }],
  ['phone with extension', { kind: 'phone', extension: 'keep' }],
  ['rest of a split', { kind: 'split', separator: ', ', part: 2, rest: true, missing: 'misfit' }],
  ['rest from the end', { kind: 'split', separator: '--', part: 3, rest: true, fromEnd: true }],
  [
    'replace with groups',
    { kind: 'replace', pattern: '(\\w)(?P<n>.)?', with: '$'.concat('{n}$1$$'), ignoreCase: true },
  ],
  ['replace nothing', { kind: 'replace', pattern: 'a*', with: 'x', noMatch: 'null' }],
  ['hash', { kind: 'hash' }],
  ['keyed hash', { kind: 'hash', keyed: true }],
  ['keep-domain', { kind: 'mask', style: 'keep-domain' }],
  ...['shape', 'name', 'first-name', 'last-name', 'email', 'phone', 'street', 'city', 'company'].map(
    (as) => [`fake ${as}`, { kind: 'mask', style: 'fake', as }] as const,
  ),
  ['list', { kind: 'array', separator: ';', each: [{ kind: 'epoch' }], elements: 'drop' }, 'text[]'],
];

function named([name, written, type]: Case): readonly [
  string,
  { written: unknown; type: string | undefined },
] {
  return [name, { written, type }];
}

describe.each([...ONCE, ...ALWAYS_NEW].map(named))('%s', (_, { written, type }) => {
  test('answers for any text, the same each time', () => {
    const run = stepFor(written, type);
    const again = stepFor(written, type);
    fc.assert(
      fc.property(anyText, (text) => {
        const value = run(text);
        expect(value === null || typeof value === 'string' || value instanceof Misfit).toBe(true);
        expect(again(text)).toEqual(value);
      }),
    );
  });
  test('leaves null alone', () => {
    expect(stepFor(written, type)(null)).toBeNull();
  });
});

test.each(ONCE.map(named))('%s done twice is as done once', (_, { written, type }) => {
  const run = stepFor(written, type);
  fc.assert(
    fc.property(anyText, (text) => {
      const value = run(text);
      if (typeof value === 'string') expect(run(value)).toEqual(value);
    }),
  );
});

test('a masked value is not the value, and differs where values differ', () => {
  for (const written of [
    { kind: 'hash', keyed: true },
    { kind: 'mask', style: 'fake', as: 'email' },
  ]) {
    const run = stepFor(written);
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }), (a, b) => {
        expect(run(a)).not.toBe(a);
        if (a !== b) expect(run(a)).not.toBe(run(b));
      }),
    );
  }
});

test('a cell of many millions of characters is no trouble', () => {
  for (const text of ['a', '9', ' ', '{"', '\\'].map((piece) => piece.repeat(3_000_000))) {
    for (const [, written, type] of [...ONCE, ...ALWAYS_NEW]) {
      if (JSON.stringify(written).includes('shape')) continue;
      expect(() => stepFor(written, type)(text)).not.toThrow();
    }
  }
}, 120_000);
