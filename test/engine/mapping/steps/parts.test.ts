/** Transforms that take texts apart or put them together: nothing is lost on the way, and the policies hold. */
import { createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Misfit } from '../../../../engine/mapping/misfit.ts';
import { createHexHmac } from '../../../../engine/mapping/steps/hmac.ts';
import { stepFor } from './run-step.ts';

describe('split', () => {
  const parts = fc.array(fc.string({ unit: fc.constantFrom('x', 'y', '-', ' ') }), {
    minLength: 1,
    maxLength: 6,
  });

  test('gives the parts that joining put in, from either end', () => {
    fc.assert(
      fc.property(parts, fc.nat(7), (list, i) => {
        const text = list.join('::');
        expect(stepFor({ kind: 'split', separator: '::', part: i + 1 })(text)).toBe(list[i] ?? null);
        expect(stepFor({ kind: 'split', separator: '::', part: i + 1, fromEnd: true })(text)).toBe(
          list.at(-1 - i) ?? null,
        );
      }),
    );
  });

  test('a part and its rest are the whole', () => {
    fc.assert(
      fc.property(parts, (list) => {
        const text = list.join('::');
        const first = stepFor({ kind: 'split', separator: '::' })(text);
        const rest = stepFor({ kind: 'split', separator: '::', part: 2, rest: true })(text);
        expect(rest === null ? first : `${first}::${rest}`).toBe(text);
        const last = stepFor({ kind: 'split', separator: '::', fromEnd: true })(text);
        const before = stepFor({ kind: 'split', separator: '::', fromEnd: true, part: 2, rest: true })(text);
        expect(before === null ? last : `${before}::${last}`).toBe(text);
      }),
    );
  });

  test('a part that is not there', () => {
    expect(stepFor({ kind: 'split', separator: ' ', part: 2, missing: 'misfit' })('one')).toMatchObject({
      reason: 'missing-part',
    });
  });
});

describe('replace', () => {
  test.each([
    ['b+', 'X', 'abba', 'aXa'],
    ['(\\w+) (\\w+)', '$2, $1', 'Ada Lovelace', 'Lovelace, Ada'],
    ['(?P<y>\\d{4})-(?P<m>\\d\\d)', '$'.concat('{m}/$', '{y}'), '2020-05', '05/2020'],
    ['a', '$$', 'aa', '$$'],
    ['x*', '-', 'ab', '-a-b-'],
    ['(a)|(b)', '[$2]', 'ab', '[][b]'],
    ['😀', ':)', 'x😀y', 'x:)y'],
  ])('%s with %s', (pattern, text, value, expected) => {
    expect(stepFor({ kind: 'replace', pattern, with: text })(value)).toBe(expected);
  });

  test('agrees with the language on what both know', () => {
    const piece = fc.constantFrom('a', 'b', '[ab]', '(a|b)', 'a+', 'b?', '.', 'x');
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 1, maxLength: 4 }),
        fc.string({ unit: fc.constantFrom('a', 'b', 'x', '\n') }),
        (list, text) => {
          const pattern = list.join('');
          expect(stepFor({ kind: 'replace', pattern, with: '<$0>' })(text)).toBe(
            text.replace(new RegExp(pattern, 'gu'), '<$&>'),
          );
        },
      ),
    );
  });

  test('what is not found: kept, empty or no fit; only the first place where asked', () => {
    const run = (noMatch: string) => stepFor({ kind: 'replace', pattern: 'z', with: '', noMatch })('abc');
    expect([run('keep'), run('null')]).toEqual(['abc', null]);
    expect(run('misfit')).toMatchObject({ reason: 'no-match' });
    expect(stepFor({ kind: 'replace', pattern: 'A', with: '-', ignoreCase: true, first: true })('aa')).toBe(
      '-a',
    );
  });
});

test('a keyed hash is the HMAC that everybody computes, for texts of any length', () => {
  const key = Buffer.alloc(32, 9);
  const hmac = createHexHmac(key);
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (value) => {
      expect(hmac(value)).toBe(createHmac('sha256', key).update(value).digest('hex'));
    }),
  );
});

describe('template', () => {
  const fill = (text: string, ifNull: string, fields: Readonly<Record<string, string | null>>) => {
    const named = Object.fromEntries(
      Object.entries(fields).map(([name, value]) => [`t."${name}"::text`, value]),
    );
    return stepFor({ kind: 'template', text, ifNull }, 'text', named)(null);
  };

  test('puts any texts together, and braces are braces', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const [x, y] = [a.toWellFormed(), b.toWellFormed()];
        expect(fill('{{{a}|{b}}}', 'null', { a: x, b: y })).toBe(`{${x}|${y}}`);
      }),
    );
  });

  test.each([
    ['null', 'a', null, null],
    ['empty', 'a', null, '<a, >'],
    ['skip', 'a', null, '<a>'],
    ['skip', null, 'b', '<b>'],
    ['skip', null, null, null],
    ['skip', 'a', 'b', '<a, b>'],
    ['empty', null, null, '<, >'],
  ])('%s of %s and %s', (ifNull, a, b, expected) => {
    expect(fill('<{a}, {b}>', ifNull, { a, b })).toBe(expected);
  });

  test('misfit where a part is empty', () => {
    expect(fill('{a}{b}', 'misfit', { a: 'x', b: null })).toBeInstanceOf(Misfit);
  });
});

describe('lookup', () => {
  const look = (own: string | null, found: string | null, onMissing = 'quarantine') =>
    stepFor({ kind: 'lookup', entity: 'e', column: 'c', onMissing }, 'text', { 't."s"::text': own, found });

  test('tells apart: nothing to look up, no such row, an empty value, a value', () => {
    expect(look(null, null)(null)).toBeNull();
    expect(look('7', null)('7')).toMatchObject({ reason: 'lookup-missing' });
    expect(look('7', '-')('7')).toBeNull();
    expect(look('7', '=-')('7')).toBe('-');
    expect(look('7', '=')('7')).toBe('');
  });

  test('a missing row that becomes null is noted', () => {
    const run = look('7', null, 'null');
    expect(run('7')).toBeNull();
    expect(run.repairs).toEqual([{ column: 'c', rule: 'misfit-to-null', source: 's', original: '7' }]);
  });
});
