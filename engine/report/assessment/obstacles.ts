/** What makes the tables of a catalog hard, table by table, and how that is told for many of them at once. */
import type { Catalog } from '../../schema/catalog.ts';
import { type Obstacle, type ObstacleKind, obstaclesOf } from '../../schema/difficulty.ts';
import { tableKey } from '../../schema/table-key.ts';
import { tablesInRings } from '../../schema/tables-in-rings.ts';

export function obstaclesByTable(catalog: Catalog): ReadonlyMap<string, readonly Obstacle[]> {
  const rings = tablesInRings(catalog.tables);
  const ofTable = Map.groupBy(catalog.inferred, ({ table }) => tableKey(table));
  return new Map(
    catalog.tables.map((table) => {
      const key = tableKey(table);
      return [key, obstaclesOf(table, ofTable.get(key) ?? [], rings.has(key))];
    }),
  );
}

/** After `12 tables` or `1 table`. */
export const OBSTACLE_WORDS: Readonly<Record<ObstacleKind, readonly [one: string, many: string]>> = {
  'no-key': ['has no primary key', 'have no primary key'],
  'composite-key': ['has a key of several columns', 'have a key of several columns'],
  ring: ['is part of a ring', 'form rings, each waiting for another'],
  'composite-reference': [
    'refers to another by several columns at once',
    'refer to another by several columns at once',
  ],
  generic: ['points at rows of several tables', 'point at rows of several tables'],
  undeclared: ['has links that no rule declares', 'have links that no rule declares'],
  unchecked: ['has links that were never checked', 'have links that were never checked'],
  'own-types': ['has types of its own making', 'have types of their own making'],
  'many-rows': ['holds more than a million rows', 'hold more than a million rows each'],
  'many-bytes': ['holds more than 2 GB', 'hold more than 2 GB each'],
  'row-security': [
    'has row-level security, which may hide rows from the reader',
    'have row-level security, which may hide rows from the reader',
  ],
  triggers: ['has triggers', 'have triggers'],
  exclusions: ['compares rows with each other in a rule', 'compare rows with each other in a rule'],
  wide: ['has more than 100 columns', 'have more than 100 columns each'],
  'no-columns': ['has no columns', 'have no columns'],
};
