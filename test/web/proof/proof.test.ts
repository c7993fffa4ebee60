import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { comparedOfAll } from '../../../web/screens/proof/compared.ts';
import { exactly, isNothing, signsOf } from '../../../web/screens/proof/exact.ts';
import { notMoved, rowsNotMoved } from '../../../web/screens/proof/not-moved.ts';
import { missingOf } from '../../../web/screens/proof/signature.ts';

describe('money is shown digit for digit', () => {
  const english = signsOf('en-GB');

  test('longer than a number of JavaScript can be', () => {
    expect(exactly('90071992547409931234567890.1200', english)).toBe(
      '90,071,992,547,409,931,234,567,890.1200',
    );
    expect(exactly('-41230.60', english)).toBe('−41,230.60');
    expect(exactly('0', english)).toBe('0');
    expect(exactly('NaN', english), 'what is no amount is shown as it is').toBe('NaN');
  });

  test('in the signs of the reader, with the same digits', () => {
    expect(exactly('1234567.5', signsOf('de-DE'))).toBe('1.234.567,5');
    const digits = fc
      .tuple(fc.bigInt({ min: 0n, max: 10n ** 40n }), fc.stringMatching(/^(\.\d{1,9})?$/))
      .map(([whole, fraction]) => `${whole}${fraction}`);
    fc.assert(
      fc.property(digits, fc.constantFrom('en-GB', 'de-DE', 'fr-FR', 'en-IN', 'ar-EG'), (amount, locale) => {
        const shown = exactly(amount, signsOf(locale));
        expect(shown.replaceAll(/\D/g, '')).toBe(amount.replaceAll(/\D/g, ''));
      }),
    );
  });

  test('no difference is only zero', () => {
    expect(['0', '0.00', '-0.0000'].every(isNothing)).toBe(true);
    expect(['0.01', '-0.0001', '', 'NaN'].some(isNothing)).toBe(false);
  });
});

describe('a whole is no better than its weakest table', () => {
  const of = (compared: Parameters<typeof comparedOfAll>[0][number]['compared'], moved = 5) => ({
    compared,
    moved,
  });

  test('all match only where all that moved was compared', () => {
    expect(comparedOfAll([of('match'), of('match')])).toBe('match');
    expect(comparedOfAll([of('match'), of('not-compared', 0)])).toBe('match');
    expect(comparedOfAll([of('match'), of('not-compared')])).toBe('not-compared');
    expect(comparedOfAll([of('match'), of('could-not-check')])).toBe('could-not-check');
    expect(comparedOfAll([of('could-not-check'), of('differs')])).toBe('differs');
    expect(comparedOfAll([]), 'nothing was compared').toBe('not-compared');
  });
});

describe('rows that are not in the new system', () => {
  const counts = { source: 10, leftOut: 0, setAside: 0, duplicates: 0, moved: 0, repaired: 0, missing: 0 };
  const table = { name: 'a', title: 'A', level: 1, begun: true, compared: 'match' as const, ...counts };
  const proof = {
    setAside: [
      { entity: 'payments', title: 'Payments', column: null, rows: 3, explanation: 'no purchase' },
      { entity: 'tasks', title: 'Tasks', column: null, rows: 10, explanation: 'unknown code' },
    ],
    tables: [{ ...table, leftOut: 2, duplicates: 4 }, table, { ...table, name: 'b', title: 'B', missing: 1 }],
    approvals: [
      {
        action: 'accept-set-aside:payments',
        approver: 'Petra Novak',
        title: '',
        at: '2026-11-12T10:00:00Z',
        reason: null,
        planHash: '',
      },
    ],
    totals: { ...counts, setAside: 13, leftOut: 2, duplicates: 4, missing: 1 },
  };

  test('every one has its line, and who accepted it is named', () => {
    const lines = notMoved(proof);
    expect(lines.map(({ rows, title, why, by }) => [rows, title, why.kind, by])).toEqual([
      [3, 'Payments', 'cause', 'Petra Novak'],
      [10, 'Tasks', 'cause', null],
      [2, 'A', 'left-out', null],
      [4, 'A', 'same', null],
      [1, 'B', 'missing', null],
    ]);
    expect(lines.reduce((sum, { rows }) => sum + rows, 0)).toBe(rowsNotMoved(proof));
  });
});

test('nobody signs with a statement or a name missing', () => {
  const needed = ['read-not-moved', 'read-not-checked'] as const;
  const all = new Set(needed);
  expect(missingOf({ needed, made: new Set(['read-not-moved'] as const), name: 'Marta' })).toBe('statements');
  expect(missingOf({ needed, made: all, name: ' M ' })).toBe('name');
  expect(missingOf({ needed, made: all, name: 'Marta' })).toBeNull();
  expect(missingOf({ needed: [], made: new Set(), name: 'Marta' })).toBeNull();
});
