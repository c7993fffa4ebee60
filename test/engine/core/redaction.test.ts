import fc from 'fast-check';
import { expect, test } from 'vitest';
import { MigrationError } from '../../../engine/core/errors.ts';
import { redact, redactText, shape } from '../../../engine/core/redaction.ts';
import { Secret } from '../../../engine/core/secret.ts';

test.each([
  'postgres://user:hunter2@db.example:5432/app',
  'postgresql://user:hunter2/with@slash@db.example/app',
  'https://user:hunter2@host.example/path',
  'could not connect: password=hunter2 host=db',
  "the password: 'hunter2 with a space' was refused",
  'Authorization: Bearer hunter2hunter2',
  '?token=hunter2&x=1',
  'eyJhbGciOiJIUzI1NiJ9.eyJodW50ZXIyIjoxfQ.hunter2',
  'sk-proj-hunter2hunter2hunter2',
  'pbkdf2_sha256$600000$salt$hunter2',
  '$2b$12$hunter2hunter2hunter2',
  'write to hunter2@example.org today',
])('%s loses its secret', (text) => {
  expect(redactText(text)).not.toContain('hunter2');
});

test('what is left can still be read', () => {
  expect(redactText('at postgres://u:p@db.example:5432/app, port 5432')).toBe(
    'at postgres://[redacted]@db.example:5432/app, port 5432',
  );
  expect(redactText('batch 7 of patients: 500 rows in 0.4 s')).toBe('batch 7 of patients: 500 rows in 0.4 s');
});

const secretKey = fc.constantFrom(
  'password',
  'dbPassword',
  'passwd',
  'api_key',
  'apiKey',
  'token',
  'accessToken',
  'SUPABASE_SERVICE_ROLE',
  'secret',
  'authorization',
  'namespace',
  'SOURCE_DATABASE_URL',
  'connectionString',
);

test('a secret key hides its value at any depth', () => {
  const wrap = fc.array(fc.constantFrom('object', 'array', 'map', 'error' as const), { maxLength: 2 });
  fc.assert(
    fc.property(secretKey, wrap, (key, layers) => {
      let value: unknown = { [key]: 'hunter2', kept: 1 };
      for (const layer of layers) {
        if (layer === 'object') value = { inner: value };
        if (layer === 'array') value = [value];
        if (layer === 'map') value = new Map([['inner', value]]);
        if (layer === 'error')
          value = new MigrationError({ code: 'X', message: 'm', hint: 'h', details: { inner: value } });
      }
      const shown = JSON.stringify(redact(value));
      expect(shown).not.toContain('hunter2');
      expect(shown).toContain('"kept":1');
    }),
  );
});

test('counts of tokens are no secrets', () => {
  expect(redact({ tokens: 12, hasPassword: true })).toEqual({ tokens: 12, hasPassword: true });
});

test('a server error keeps names and code, and loses the row that it quotes', () => {
  const error = Object.assign(new Error('duplicate key: Alice'), {
    code: '23505',
    detail: 'Key (name)=(Alice) already exists.',
    where: 'COPY patients, line 3: "Alice"',
    table: 'patients',
    constraint: 'patients_name_key',
  });
  expect(redact({ error })).toEqual({
    error: { name: 'Error', code: '23505', table: 'patients', constraint: 'patients_name_key' },
  });
});

test('any value can be redacted, and the result is JSON', () => {
  fc.assert(
    fc.property(
      fc.anything({ withBigInt: true, withDate: true, withMap: true, withSet: true, withTypedArray: true }),
      (value) => {
        JSON.stringify(redact(value));
      },
    ),
  );
  const cycle: Record<string, unknown> = {};
  cycle.self = cycle;
  JSON.stringify(redact(cycle));
  expect(redact(new Secret('hunter2'))).toBe('[redacted]');
});

test.each([
  [null, 'null'],
  ['', 'empty text'],
  ['  ', 'blank text(2)'],
  ['4711', 'digits(4)'],
  ['-4.5', 'number(4)'],
  ['jo@example.org', 'e-mail(14)'],
  ['2026-01-02', 'date(10)'],
  ['+44 20 7946 0000', 'phone(16)'],
  ['{"a":1}', 'json(7)'],
  ['Zoë', 'letters(3)'],
  ['Zoë Smith', 'text(9)'],
  [true, 'boolean'],
  [Buffer.from('abc'), 'bytes(3)'],
])('the shape of a value: %s is %s', (value, description) => {
  expect(shape(value)).toBe(description);
});

test('a shape never holds letters of the value', () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[\u0400-\u04ff@. ]{1,30}$/), (value) => {
      expect(shape(value)).toMatch(/^[a-z -]+\(\d+\)$/);
    }),
  );
});
