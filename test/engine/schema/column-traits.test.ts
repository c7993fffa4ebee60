import { describe, expect, test } from 'vitest';
import type { Column, ColumnProfile } from '../../../engine/schema/catalog.ts';
import { traitsOf } from '../../../engine/schema/column-traits.ts';
import { column, table } from './build-catalog.ts';

const TAKEN_AT = '2026-01-02T12:00:00.000Z';

function profiled(
  name: string,
  type: string,
  change: Partial<ColumnProfile>,
  more: Partial<Column> = {},
): Column {
  return column(name, type, {
    profile: {
      ...{
        sampledRows: 100,
        nullRate: 0,
        distinct: 50,
        distinctIsExact: true,
        min: null,
        max: null,
        maxLength: null,
      },
      ...{ patterns: {}, codes: null, personal: null },
      ...change,
    },
    ...more,
  });
}

const codes = (...values: string[]) => values.map((value) => ({ value, count: 30 }));
const kindsOf = (item: Column, change = {}) =>
  traitsOf(table({ name: 't', columns: [column('id'), item], ...change }), item, TAKEN_AT).map((trait) =>
    trait.kind === 'written-as-text' ? trait.what : trait.kind,
  );

describe('a column is', () => {
  test.each([
    ['unused', profiled('a', 'text', { nullRate: 1, distinct: 0 })],
    ['unused', profiled('a', 'text', { distinct: 1, patterns: { blank: 1 } })],
    ['constant', profiled('a', 'int4', { distinct: 1 })],
    ['flag', profiled('a', 'int2', { distinct: 2, codes: codes('0', '1') })],
    ['flag', profiled('a', 'text', { distinct: 2, codes: codes('Y', 'N'), patterns: { 'boolean-word': 1 } })],
    ['enumeration', profiled('state', 'int2', { distinct: 3, codes: codes('1', '2', '3') })],
    ['enumeration', profiled('a', 'varchar', { distinct: 3, codes: codes('NEW', 'OLD', 'GONE') })],
    ['money', profiled('a', 'text', { patterns: { money: 0.97, blank: 0.03 } })],
    ['json', profiled('a', 'text', { patterns: { json: 1 } })],
    ['date', profiled('a', 'varchar', { patterns: { date: 1 } })],
    ['base64', profiled('a', 'text', { patterns: { base64: 1 } })],
    ['clock', profiled('a', 'timestamp', {})],
  ])('%s', (kind, item) => {
    expect(kindsOf(item)).toEqual([kind]);
  });

  test.each([
    ['an amount, not a code', profiled('quantity', 'int4', { distinct: 3, codes: codes('1', '2', '3') })],
    ['mostly but not nearly always money', profiled('a', 'text', { patterns: { money: 0.8 } })],
    ['the same in a handful of rows', profiled('a', 'int4', { sampledRows: 3, distinct: 1 })],
    ['a moment with its zone', profiled('a', 'timestamptz', {})],
  ])('nothing special: %s', (_, item) => {
    expect(kindsOf(item)).toEqual([]);
  });

  test('no code where it is a key', () => {
    const item = profiled('owner', 'int4', { distinct: 3, codes: codes('1', '2', '3') });
    expect(kindsOf(item, { references: { owner: 'people' } })).toEqual([]);
  });
});

test('a code is explained by its comment or by a rule of its table', () => {
  const explained = (item: Column, change = {}) =>
    traitsOf(table({ name: 't', columns: [item], ...change }), item, TAKEN_AT)[0];
  const plain = profiled('state', 'int2', { distinct: 3, codes: codes('1', '2', '3') });
  expect(explained(plain)).toMatchObject({ explained: null });
  expect(explained({ ...plain, comment: '1=new, 2=open, 3=done' })).toMatchObject({ explained: 'comment' });
  const checks = [{ name: 'c', definition: 'CHECK ((state = ANY (ARRAY[1, 2, 3])))', columns: ['state'] }];
  expect(explained(plain, { checks })).toMatchObject({ explained: 'check' });
});

test('a clock that runs ahead of UTC gives itself away, but only where the time is surely past', () => {
  const ahead = (name: string, max: string) => {
    const item = profiled(name, 'timestamp', { max });
    return traitsOf(table({ name: 't', columns: [item] }), item, TAKEN_AT)[0];
  };
  expect(ahead('created_at', '2026-01-02 13:58:00')).toMatchObject({ hoursAhead: 2 });
  expect(ahead('created_at', '2026-01-02 11:58:00')).toMatchObject({ hoursAhead: null });
  expect(ahead('created_at', '2031-01-01 00:00:00')).toMatchObject({ hoursAhead: null });
  expect(ahead('due_at', '2026-01-02 13:58:00')).toMatchObject({ hoursAhead: null });
});
