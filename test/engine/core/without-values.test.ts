import { expect, test } from 'vitest';
import { withoutValues } from '../../../engine/core/redaction.ts';
import { shownText } from '../../../engine/core/shown-text.ts';

const hidden: readonly (readonly [string, string])[] = [
  ['invalid input syntax for type integer: "Zebulon"', 'invalid input syntax for type integer: “…”'],
  ['invalid input syntax for type json: "{"a": "Zebulon"}"', 'invalid input syntax for type json: “…”'],
  [
    'null value in column "email" of relation "profiles" violates not-null constraint',
    'null value in column "email" of relation "profiles" violates not-null constraint',
  ],
  [
    'duplicate key value violates unique constraint "users_email_key"\nKey (email)=(z(e)b@q.example) already exists.',
    'duplicate key value violates unique constraint "users_email_key"\nKey (email)=(…) already exists.',
  ],
  ['Failing row contains (1, Zebulon, (2), null).', 'Failing row contains (…).'],
  ['Token "Zebulon "Quix" is invalid', 'Token “…” is invalid'],
  ['“a ”Quix“ b” and “towpath map”', '“…” and “towpath map”'],
  [
    "status has 'O'Brien' in it, and doesn't fit; isn't known",
    "status has ‘…’ in it, and doesn't fit; isn't known",
  ],
  ['orders: status has “Zebulon” in 3 rows', 'orders: status has “…” in 3 rows'],
  ['Run “towpath analyze” again', 'Run “towpath analyze” again'],
  ['call +44 (0)20 7946 0018 or zeb@quix.example', 'call [number] or [e-mail]'],
  ['account 4929123412341234, card 4929 1234 1234 1234', 'account [number], card [number]'],
  [
    'the earliest born_on is 1901-02-03, 1950-01-01 was expected',
    'the earliest born_on is [date], [date] was expected',
  ],
  ['at 2026-01-02 03:04:05.678+00 it broke', 'at [date] it broke'],
  ['953224 rows of 2191123 rows in 12 columns', '953224 rows of 2191123 rows in 12 columns'],
  [
    'the row 6f1c2d3e-0000-4000-8000-0123456789ab is extra',
    'the row 6f1c2d3e-0000-4000-8000-0123456789ab is extra',
  ],
  ['Run 20261121-074150-7fa5 of 07700 900123', 'Run 20261121-074150-7fa5 of [number]'],
  ['run_20261112_1004 stopped after 12,345 rows', 'run_20261112_1004 stopped after 12,345 rows'],
];

test.each(hidden)('%s', (text, shown) => {
  expect(withoutValues(text)).toBe(shown);
});

test('text from a database is one short line without hidden characters', () => {
  expect(shownText('a\r\nb\u001b[31m\u202ec\u200bd\u2028e')).toBe('a b [31mcd e');
  expect([...shownText('x'.repeat(500))]).toHaveLength(200);
  expect(shownText('😀'.repeat(201)).endsWith('😀…')).toBe(true);
});
