import { expect, test } from 'vitest';
import { outlinePlan } from '../../../engine/plan/outline.ts';
import { risksOfObjects } from '../../../engine/plan/risks-of-objects.ts';
import type { CatalogObject } from '../../../engine/schema/catalog-objects.ts';
import { catalog } from '../schema/build-catalog.ts';

const object = (
  kind: CatalogObject['kind'],
  name: string,
  schema: string | null = 'public',
): CatalogObject => ({
  kind,
  schema,
  name,
  what: '3 large objects outside of all tables',
  fate: 'left',
  reason: 'because',
});

test('what the old database did besides keeping rows is a risk, counted by kind', () => {
  const objects = [
    object('trigger', 'a'),
    object('trigger', 'b'),
    object('policy', 'c'),
    object('schema', 'aside', null),
    object('foreign-table', 'far', 'shop'),
    object('large-objects', 'large objects', null),
    object('index', 'is no risk'),
  ];
  expect(risksOfObjects({ objects }).map(({ severity, text }) => `${severity}: ${text}`)).toEqual([
    'medium: The old database does more than keep rows: 2 triggers and 1 row-level security policy. None of it moves; the assessment says for each what to do (towpath analyze --report FILE).',
    'medium: Nothing moves of a schema that was not looked into: aside.',
    'high: The old database keeps 3 large objects outside of all tables. They do not move, so numbers that point at them lead nowhere.',
    'medium: Rows of shop.far are kept by another server and do not move.',
  ]);
  expect(risksOfObjects({})).toEqual([]);
});

test('a part whose whole was not analysed does not claim to move with it', () => {
  const parent = { schema: 'elsewhere', name: 'measures' };
  const { excluded } = outlinePlan(
    catalog([{ name: 'users' }, { name: 'measures_2020', kind: 'partition', parent }]),
  );
  expect(excluded).toMatchObject([
    { table: 'measures_2020', reason: expect.stringContaining('its rows do not move unless') },
  ]);
});
