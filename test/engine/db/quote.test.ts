import fc from 'fast-check';
import { expect, test } from 'vitest';
import { quoteIdentifier, quoteLiteral, quoteTable } from '../../../engine/db/quote.ts';
import { useTestDatabase } from '../../helpers/test-database.ts';

const server = useTestDatabase();

const text = fc
  .string({
    unit: fc.oneof(
      fc.constantFrom("'", '"', '\\', '$', ';', '\n', '%'),
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
    ),
  })
  .filter((value) => !value.includes('\0') && value.isWellFormed());

test('the server reads a literal back as the text, with either meaning of the backslash', async () => {
  for (const setting of ['on', 'off']) {
    await server.query(`set standard_conforming_strings = ${setting}`);
    await fc.assert(
      fc.asyncProperty(text, async (value) => {
        expect(await server.query(`select ${quoteLiteral(value)} as value`)).toEqual([{ value }]);
      }),
      { numRuns: 60 },
    );
  }
});

test('the server reads an identifier back as the name', async () => {
  const name = text.filter((value) => value.length > 0 && Buffer.byteLength(value) <= 63);
  await fc.assert(
    fc.asyncProperty(name, async (value) => {
      expect(await server.query(`select 1 as ${quoteIdentifier(value)}`)).toEqual([{ [value]: 1 }]);
    }),
    { numRuns: 100 },
  );
});

test('a table is schema and name', () => {
  expect(quoteTable({ schema: 'public', name: 'we"ird' })).toBe('"public"."we""ird"');
});

test.each([[''], ['a\0b'], ['x'.repeat(64)], ['ä'.repeat(32)]])('%j is no name', (name) => {
  expect(() => quoteIdentifier(name)).toThrowError(expect.objectContaining({ code: 'INVALID_IDENTIFIER' }));
});

test('a NUL is no text', () => {
  expect(() => quoteLiteral('a\0b')).toThrowError(expect.objectContaining({ code: 'INVALID_LITERAL' }));
});
