/**
 * Everything that a copy of rows does not carry over, one entry each, with what becomes of it: nothing of the old
 * database is dropped without a word. What the plan file decides entity by entity (checks, unique keys, plain indexes,
 * columns) stands there and not here. Words only, no definitions: those may hold values.
 */
import type { Catalog, Table } from '../catalog.ts';
import type { CatalogObject } from '../catalog-objects.ts';
import { displayName } from '../table-key.ts';
import { objectsOfColumns } from './column-objects.ts';
import type { OtherKind, OtherObjectRow } from './other-objects.sql.ts';
import type { Others } from './read-others.ts';
import { objectsOfRules } from './rule-objects.ts';

type Source = Pick<Catalog, 'tables' | 'enums' | 'domains'> & Others;

/** Sorted by kind, schema, table and name. */
export function listObjects(source: Source): CatalogObject[] {
  const moving = source.tables.filter((table) => !table.housekeeping);
  return [
    ...moving.flatMap((table) => [
      ...objectOfTable(table),
      ...objectsOfColumns(table),
      ...objectsOfRules(table),
    ]),
    ...objectsOfTypes(source),
    ...owners(moving),
    ...source.sequences.map(sequence),
    ...source.extensions.map(
      ({ schema, name, version }): CatalogObject => ({
        kind: 'extension',
        schema,
        name,
        what: `extension ${name} ${version}`,
        fate: 'left',
        reason: 'install it in the new database where its functions or types are still wanted',
      }),
    ),
    ...source.rest.map(other),
  ].sort(byPlace);
}

function byPlace(a: CatalogObject, b: CatalogObject): number {
  return (
    compare(a.kind, b.kind) ||
    compare(a.schema ?? '', b.schema ?? '') ||
    compare(a.table?.name ?? '', b.table?.name ?? '') ||
    compare(a.name, b.name)
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function objectOfTable(table: Table): CatalogObject[] {
  const place = { schema: table.schema, name: table.name };
  switch (table.kind) {
    case 'view':
    case 'materialized-view':
      return [
        {
          ...place,
          kind: table.kind,
          what: `${table.kind === 'view' ? 'a view' : 'a stored view'} ${reads(table)}`,
          fate: 'left',
          reason:
            'it has no rows of its own; where it is still wanted, define it again over the new tables, whose names and keys differ',
        },
      ];
    case 'foreign':
      return [
        {
          ...place,
          kind: 'foreign-table',
          what: `rows that another server keeps (${table.foreign?.server ?? 'unknown'})`,
          fate: 'left',
          reason:
            'migrate the server that keeps the rows, or copy them into a table of the old database first',
        },
      ];
    case 'partition':
      return [
        {
          ...place,
          kind: 'partition',
          ...(table.parent ? { table: table.parent } : {}),
          what: `part of ${table.parent ? displayName(table.parent) : 'a divided table'}`,
          fate: 'replaced',
          reason: 'its rows move with the whole table, which is not divided in the new database',
        },
      ];
    default:
      return table.unlogged
        ? [
            {
              ...place,
              kind: 'unlogged',
              table: place,
              what: 'a table that a crash of the server empties',
              fate: 'replaced',
              reason: 'the new table is an ordinary one and outlives a crash',
            },
          ]
        : [];
  }
}

/** New tables belong to whoever makes them. */
function owners(tables: readonly Table[]): CatalogObject[] {
  const real = tables.filter(({ kind }) => kind === 'table' || kind === 'partitioned');
  const groups = Map.groupBy(real, ({ owner }) => owner ?? '');
  return [...groups].flatMap(([name, { length }]): CatalogObject[] =>
    name === ''
      ? []
      : [
          {
            kind: 'owner',
            schema: null,
            name,
            what: `owns ${length.toLocaleString('en-US')} ${length === 1 ? 'table' : 'tables'}`,
            fate: 'replaced',
            reason: 'the new tables belong to the user who migrates',
          },
        ],
  );
}

function reads({ view }: Table): string {
  const names = (view?.reads ?? []).map(displayName);
  if (names.length === 0) return 'that reads no table';
  const more = names.length > 5 ? ` and ${names.length - 5} more` : '';
  return `over ${names.slice(0, 5).join(', ')}${more}`;
}

function objectsOfTypes({ enums, domains, composites, ranges }: Source): CatalogObject[] {
  const type = (
    kind: CatalogObject['kind'],
    { schema, name }: { readonly schema: string; readonly name: string },
    what: string,
    reason: string,
  ): CatalogObject => ({ kind, schema, name, what, fate: 'replaced', reason });
  return [
    ...enums.map((item) =>
      type(
        'enum',
        item,
        `a type of ${item.labels.length} words`,
        'its columns become text that a check limits to the same words',
      ),
    ),
    ...domains.map((item) =>
      type(
        'domain',
        item,
        `a named kind of ${item.baseType}`,
        item.checks.length > 0
          ? 'its columns take the type under it; rules that every server understands become checks, which the plan lists'
          : 'its columns take the type under it',
      ),
    ),
    ...composites.map((item) =>
      type('composite-type', item, `a type of ${item.fields.length} fields`, 'its columns become JSON'),
    ),
    ...ranges.map((item) => type('range-type', item, `spans of ${item.subtype}`, 'its columns become text')),
  ];
}

function sequence({ schema, name, owner }: Others['sequences'][number]): CatalogObject {
  const start = { kind: 'sequence' as const, schema, name };
  if (owner === null)
    return {
      ...start,
      what: 'a counter that belongs to no column',
      fate: 'left',
      reason: 'where something still counts with it, make it again and set it past its last number',
    };
  return {
    ...start,
    table: { schema: owner.schema, name: owner.name },
    what: `numbers ${owner.column}`,
    fate: 'replaced',
    reason:
      'new rows get a uuid; a number that people still need for new rows must be made by the new system',
  };
}

const BY_PEOPLE = 'rows do not need it; make it again where the new system still wants it';

/** What `detail` of the query means depends on the kind. */
const OTHERS: Readonly<
  Record<OtherKind, (detail: string | null) => readonly [what: string, reason: string]>
> = {
  function: (language) => [`a function in ${language}`, BY_PEOPLE],
  procedure: (language) => [`a procedure in ${language}`, BY_PEOPLE],
  aggregate: () => ['an aggregate function', BY_PEOPLE],
  operator: () => ['an operator', BY_PEOPLE],
  collation: () => [
    'an order of texts',
    'columns that used it are ordered and compared as the new database does by default',
  ],
  'text-search': () => ['settings of text search', BY_PEOPLE],
  statistics: () => ['statistics over several columns', BY_PEOPLE],
  'foreign-server': (wrapper) => [`another server, reached by ${wrapper}`, BY_PEOPLE],
  publication: (which) => [
    `announces changes of ${which}`,
    'who listens must be pointed to the new database at the cutover',
  ],
  subscription: () => [
    'receives changes from another server',
    'rows keep arriving in the old database; point the sender to the new one at the cutover',
  ],
  'event-trigger': (event) => [`runs at ${event}`, BY_PEOPLE],
  'large-objects': (count) => [
    `${Number(count).toLocaleString('en-US')} large objects outside of all tables`,
    'columns of type oid keep their numbers, but what these point at does not move; copy it into bytea columns first',
  ],
  schema: (tables) =>
    tables === 'closed'
      ? [
          'a schema that this user may not look into',
          'grant usage on it and analyse again where its tables should move',
        ]
      : [
          `a schema with ${Number(tables).toLocaleString('en-US')} ${tables === '1' ? 'table or view' : 'tables and views'} that was not asked for`,
          'name it with --schema where its tables should move',
        ],
};

function other(row: OtherObjectRow): CatalogObject {
  const [what, reason] = OTHERS[row.kind](row.detail);
  return { kind: row.kind, schema: row.schema, name: row.name, what, fate: 'left', reason };
}
