/** What an entity refers to: declared foreign keys first, then what analysis inferred; one meaning per column. */
import type { Catalog, ColumnType, ForeignKey, Table, TableName } from '../schema/catalog.ts';
import { displayName, tableKey } from '../schema/table-key.ts';
import { type EntityKey, entityKeyOf } from './entity-key.ts';
import type { ReferenceMatch } from './plan-file.ts';

export interface EntityReference {
  readonly kind: 'declared' | 'inferred' | 'generic';
  /** Source column; for generic relations the one with the row's number; for several columns their names in a row. */
  readonly column: string;
  /** Where the source itself must find the parent. */
  readonly match: ReferenceMatch | null;
  readonly nullable: boolean;
  /** Entities pointed at: one, or several for generic relations. */
  readonly entities: readonly string[];
  readonly generic: {
    readonly typeColumn: string;
    readonly entities: Readonly<Record<string, string>>;
    /** Types in use whose table is not moved, or not there, with what the old software calls them. */
    readonly others: Readonly<Record<string, string>>;
    /** Ids, of those looked at, that lead nowhere. */
    readonly dangling: number;
  } | null;
  readonly confidence: number;
  readonly reason: string;
}

export interface References {
  readonly carried: readonly EntityReference[];
  /** In words: relations that become plain values, and why. */
  readonly notCarried: readonly { readonly column: string; readonly reason: string }[];
}

/** Inferred relations below this are left to people. */
const LEAST_CONFIDENCE = 0.5;

export function referencesOf(
  table: Table,
  catalog: Catalog,
  entities: ReadonlyMap<string, string>,
  keys: ReadonlyMap<string, EntityKey>,
): References {
  const carried = new Map<string, EntityReference>();
  const notCarried: { column: string; reason: string }[] = [];
  const nullable = new Map(table.columns.map((column) => [column.name, column.nullable]));
  const refuse = (column: string, reason: string) => notCarried.push({ column, reason });

  for (const relation of catalog.inferred) {
    if (relation.kind !== 'generic' || !isSame(relation.table, table)) continue;
    const targets = relation.targets.flatMap((target) => {
      const entity = entities.get(tableKey(target.table));
      return entity ? [[target.type, entity] as const] : [];
    });
    if (targets.length === 0) continue;
    carried.set(relation.idColumn, {
      kind: 'generic',
      column: relation.idColumn,
      nullable: nullable.get(relation.idColumn) ?? true,
      entities: [...new Set(targets.map(([, entity]) => entity))],
      match: null,
      generic: {
        typeColumn: relation.typeColumn,
        entities: Object.fromEntries(targets),
        others: Object.fromEntries(othersOf(relation, entities)),
        dangling: relation.dangling ?? 0,
      },
      confidence: relation.confidence,
      reason: relation.reason,
    });
  }
  for (const key of table.foreignKeys) {
    const entity = entities.get(tableKey(key.references));
    const parentKey = keys.get(tableKey(key.references));
    const parent = catalog.tables.find((item) => isSame(item, key.references));
    const name = displayName(key.references);
    if (!entity || !parentKey || !parent) {
      for (const part of key.columns)
        refuse(part, `refers to ${name}, which is not moved; the old value is kept`);
      continue;
    }
    if (key.period) {
      for (const part of key.columns)
        refuse(part, `refers to ${name} by a span of time, which names no one row; the old value is kept`);
      continue;
    }
    if (parentKey.columns.length === 0) {
      for (const part of key.columns)
        refuse(part, `refers to ${name}, which has no key that is never empty; the old value is kept`);
      continue;
    }
    const column = key.columns.join(', ');
    if (carried.has(column)) continue;
    carried.set(column, {
      kind: 'declared',
      column,
      match: isPlain(key, table, parent, parentKey)
        ? null
        : { columns: [...key.columns], parentColumns: [...key.references.columns] },
      nullable: key.columns.some((part) => nullable.get(part) ?? true),
      entities: [entity],
      generic: null,
      confidence: 1,
      reason: key.validated
        ? `foreign key to ${name}`
        : `foreign key to ${name}, whose old rows the server never checked`,
    });
  }
  for (const relation of catalog.inferred) {
    if (relation.kind !== 'foreign-key' || !isSame(relation.table, table)) continue;
    const entity = entities.get(tableKey(relation.references));
    const parentKey = keys.get(tableKey(relation.references));
    const parent = catalog.tables.find((item) => isSame(item, relation.references));
    if (!entity || !parentKey || !parent || parentKey.columns.length === 0) continue;
    const pair = { columns: [relation.column], references: { columns: [relation.references.column] } };
    if (relation.confidence < LEAST_CONFIDENCE || carried.has(relation.column)) continue;
    carried.set(relation.column, {
      kind: 'inferred',
      column: relation.column,
      match: isPlain(pair, table, parent, parentKey)
        ? null
        : { columns: pair.columns, parentColumns: pair.references.columns },
      nullable: nullable.get(relation.column) ?? true,
      entities: [entity],
      generic: null,
      confidence: relation.confidence,
      reason: relation.reason,
    });
  }
  const typeColumns = new Set([...carried.values()].map((reference) => reference.generic?.typeColumn));
  return {
    carried: [...carried.values()],
    notCarried: notCarried.filter((item) => !carried.has(item.column) && !typeColumns.has(item.column)),
  };
}

function othersOf(
  { targets, unresolved = [] }: Extract<Catalog['inferred'][number], { kind: 'generic' }>,
  entities: ReadonlyMap<string, string>,
): [string, string][] {
  const left = targets.filter(({ table }) => !entities.has(tableKey(table)));
  return [
    ...unresolved.map(({ type, label }): [string, string] => [type, label]),
    ...left.map(({ type, table }): [string, string] => [type, table.name]),
  ];
}

function isSame(a: TableName, b: TableName): boolean {
  return a.name === b.name && a.schema === b.schema;
}

const INTEGERS = new Set(['int2', 'int4', 'int8']);
const TEXTS = new Set(['text', 'varchar']);
/** Types whose equal values always have the same text. */
const SAME_TEXT = new Set(
  'bpchar uuid date timestamp timestamptz time bool bytea inet cidr macaddr macaddr8 char name oid'.split(
    ' ',
  ),
);

interface Pair {
  readonly columns: ForeignKey['columns'];
  readonly references: Pick<ForeignKey['references'], 'columns'>;
}

/** True where what the child holds is, letter for letter, the parent's legacy key. */
function isPlain(key: Pair, child: Table, parent: Table, parentKey: EntityKey): boolean {
  const [own, ...more] = key.columns;
  if (more.length > 0 || parentKey.columns.length !== 1) return false;
  if (parentKey.columns[0] !== key.references.columns[0]) return false;
  const [a, b] = [typeOf(child, own!), typeOf(parent, key.references.columns[0]!)];
  if (!a || !b || a.collation !== null || b.collation !== null) return false;
  const [from, to] = [a, b].map((type) => (type.kind === 'domain' ? type.of : type.name) ?? '') as [
    string,
    string,
  ];
  if (INTEGERS.has(from) && INTEGERS.has(to)) return true;
  if (TEXTS.has(from) && TEXTS.has(to)) return true;
  return from === to && (SAME_TEXT.has(from) || (a.kind === 'enum' && a.schema === b.schema));
}

function typeOf(table: Table, name: string): ColumnType | undefined {
  return table.columns.find((column) => column.name === name)?.type;
}

export function entityKeys(tables: readonly Table[]): ReadonlyMap<string, EntityKey> {
  return new Map(tables.map((table) => [tableKey(table), entityKeyOf(table)]));
}
