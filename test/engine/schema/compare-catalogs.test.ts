import { expect, test } from 'vitest';
import { compareCatalogs } from '../../../engine/schema/compare-catalogs.ts';
import { fingerprintOf } from '../../../engine/schema/fingerprint.ts';
import { catalog, column, type TableSpec } from './build-catalog.ts';

const before: TableSpec[] = [
  {
    name: 'orders',
    columns: [column('id'), column('status', 'int2'), column('note', 'text')],
    references: { user_id: 'users' },
  },
  { name: 'users' },
  { name: 'leaving' },
];

test('nothing changed, nothing told; order and statistics do not count', () => {
  const other = before.map((table) => ({ ...table, exactRows: 99, comment: 'x' })).reverse();
  expect(compareCatalogs(catalog(before), catalog(other))).toEqual([]);
  expect(fingerprintOf(catalog(other))).toBe(fingerprintOf(catalog(before)));
});

test('each change is told with its column, in words', () => {
  const after: TableSpec[] = [
    {
      name: 'orders',
      columns: [
        column('id'),
        column('status', 'int4', { nullable: true, default: '0' }),
        column('total', 'numeric'),
      ],
      key: ['id', 'status'],
    },
    { name: 'users' },
    { name: 'arriving' },
  ];
  expect(compareCatalogs(catalog(before), catalog(after))).toEqual([
    {
      schema: 'public',
      name: 'arriving',
      kind: 'added',
      changes: [{ column: null, text: 'arriving is new' }],
    },
    {
      schema: 'public',
      name: 'leaving',
      kind: 'removed',
      changes: [{ column: null, text: 'leaving is gone' }],
    },
    {
      schema: 'public',
      name: 'orders',
      kind: 'changed',
      changes: [
        { column: 'note', text: 'note is gone' },
        { column: 'user_id', text: 'user_id is gone' },
        { column: 'status', text: 'status was smallint, is integer' },
        { column: 'status', text: 'status may be empty now' },
        { column: 'status', text: 'status has the default 0' },
        { column: 'total', text: 'total (numeric) is new' },
        { column: null, text: 'the primary key id is gone' },
        { column: null, text: 'the primary key id, status is new' },
        { column: null, text: 'the foreign key (user_id) to users (id) is gone' },
      ],
    },
  ]);
});

test('new words of an enumeration are told at the columns that use it', () => {
  const mood = { ...column('mood').type, kind: 'enum' as const, schema: 'public', name: 'mood' };
  const base = catalog([{ name: 'people', columns: [column('id'), column('mood', 'mood', { type: mood })] }]);
  const old = { ...base, enums: [{ schema: 'public', name: 'mood', labels: ['sad', 'ok'] }] };
  const now = { ...base, enums: [{ schema: 'public', name: 'mood', labels: ['sad', 'happy'] }] };
  expect(compareCatalogs(old, now)).toMatchObject([
    {
      name: 'people',
      changes: [{ column: 'mood', text: 'the values of mood (mood) changed: new: happy; gone: ok' }],
    },
  ]);
});
