/** What an entity refers to: declared foreign keys first, then what analysis inferred; one meaning per column. */
import type { Catalog, Table } from '../schema/catalog.ts';
import { displayName, tableKey } from '../schema/table-key.ts';
import { type EntityKey, entityKeyOf } from './entity-key.ts';

export interface EntityReference {
  readonly kind: 'declared' | 'inferred' | 'generic';
  /** Source column; for generic relations the one with the row's number. */
  readonly column: string;
  readonly nullable: boolean;
  /** Entities pointed at: one, or several for generic relations. */
  readonly entities: readonly string[];
  readonly generic: {
    readonly typeColumn: string;
    readonly entities: Readonly<Record<string, string>>;
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
    if (relation.kind !== 'generic' || tableKey(relation.table) !== tableKey(table)) continue;
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
      generic: { typeColumn: relation.typeColumn, entities: Object.fromEntries(targets) },
      confidence: relation.confidence,
      reason: relation.reason,
    });
  }
  for (const key of table.foreignKeys) {
    const [column] = key.columns as [string];
    const entity = entities.get(tableKey(key.references));
    const parentKey = keys.get(tableKey(key.references));
    const name = displayName(key.references);
    if (key.columns.length > 1) {
      for (const part of key.columns)
        refuse(part, `refers to ${name} by ${key.columns.length} columns at once; the old values are kept`);
    } else if (!entity || !parentKey)
      refuse(column, `refers to ${name}, which is not moved; the old value is kept`);
    else if (parentKey.columns.length !== 1 || parentKey.columns[0] !== key.references.columns[0]) {
      refuse(
        column,
        `refers to ${name}.${key.references.columns[0]}, which is not its key; the old value is kept`,
      );
    } else if (!carried.has(column)) {
      carried.set(column, {
        kind: 'declared',
        column,
        nullable: nullable.get(column) ?? true,
        entities: [entity],
        generic: null,
        confidence: 1,
        reason: key.validated
          ? `foreign key to ${name}`
          : `foreign key to ${name}, whose old rows the server never checked`,
      });
    }
  }
  for (const relation of catalog.inferred) {
    if (relation.kind !== 'foreign-key' || tableKey(relation.table) !== tableKey(table)) continue;
    const entity = entities.get(tableKey(relation.references));
    const parentKey = keys.get(tableKey(relation.references));
    if (!entity || parentKey?.columns[0] !== relation.references.column || parentKey.columns.length !== 1)
      continue;
    if (relation.confidence < LEAST_CONFIDENCE || carried.has(relation.column)) continue;
    carried.set(relation.column, {
      kind: 'inferred',
      column: relation.column,
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

export function entityKeys(tables: readonly Table[]): ReadonlyMap<string, EntityKey> {
  return new Map(tables.map((table) => [tableKey(table), entityKeyOf(table)]));
}
