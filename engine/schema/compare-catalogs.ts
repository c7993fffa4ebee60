/** Drift: what changed between two analyses of a database, per table and in words. Statistics are no drift. */
import { canonicalJson } from './canonical-json.ts';
import type { Catalog, Column, Table, TableName } from './catalog.ts';
import { columnStructure, hasStructure } from './fingerprint.ts';
import { displayName, indexTables, tableKey } from './table-key.ts';

export interface TableDrift extends TableName {
  readonly kind: 'added' | 'removed' | 'changed';
  /** Column concerned, or null for the table as a whole. */
  readonly changes: readonly { readonly column: string | null; readonly text: string }[];
}

/** Sorted by schema and name; empty where both have the same structure. */
export function compareCatalogs(before: Catalog, after: Catalog): TableDrift[] {
  const [earlier, later] = [indexTables(before.tables), indexTables(after.tables)];
  // A table that became a part of another, or stopped being one, is told; parts that come and go are not.
  const counts = (key: string) =>
    [earlier.get(key), later.get(key)].some((table) => table && hasStructure(table));
  const known = (tables: ReadonlyMap<string, Table>) =>
    new Map([...tables].filter(([key, table]) => isNoView(table) && counts(key)));
  const [old, now] = [known(earlier), known(later)];
  const names = [...new Set([...old.keys(), ...now.keys()])].sort();
  const types = changedTypes(before, after);
  return names.flatMap((key): TableDrift[] => {
    const [a, b] = [old.get(key), now.get(key)];
    if (!a && b) return [drift(b, 'added', [{ column: null, text: `${displayName(b)} is new` }])];
    if (a && !b) return [drift(a, 'removed', [{ column: null, text: `${displayName(a)} is gone` }])];
    const changes = [...changesOf(a!, b!), ...typeChanges(b!, types)];
    return changes.length > 0 ? [drift(b!, 'changed', changes)] : [];
  });
}

function isNoView(table: Table): boolean {
  return table.kind !== 'view' && table.kind !== 'materialized-view';
}

function drift(table: Table, kind: TableDrift['kind'], changes: TableDrift['changes']): TableDrift {
  return { schema: table.schema, name: table.name, kind, changes };
}

function changesOf(a: Table, b: Table): { column: string | null; text: string }[] {
  const changes: { column: string | null; text: string }[] = [];
  if (a.kind !== b.kind) changes.push({ column: null, text: `was a ${a.kind}, is a ${b.kind}` });
  const [old, now] = [byName(a.columns), byName(b.columns)];
  for (const column of a.columns)
    if (!now.has(column.name)) changes.push({ column: column.name, text: `${column.name} is gone` });
  for (const column of b.columns) {
    const before = old.get(column.name);
    if (!before) changes.push({ column: column.name, text: `${column.name} (${column.type.sql}) is new` });
    else changes.push(...columnChanges(before, column).map((text) => ({ column: column.name, text })));
  }
  changes.push(
    ...ruleChanges('primary key', [a.primaryKey?.columns.join(', ')], [b.primaryKey?.columns.join(', ')]),
  );
  changes.push(...ruleChanges('unique key', uniqueRules(a), uniqueRules(b)));
  changes.push(...ruleChanges('foreign key', foreignRules(a), foreignRules(b)));
  changes.push(
    ...ruleChanges(
      'check',
      a.checks.map((check) => check.definition),
      b.checks.map((check) => check.definition),
    ),
  );
  if (a.partitioning?.key !== b.partitioning?.key)
    changes.push({
      column: null,
      text: b.partitioning ? `is divided by ${b.partitioning.key} now` : 'is not divided any more',
    });
  return changes;
}

function columnChanges(a: Column, b: Column): string[] {
  if (canonicalJson(columnStructure(a)) === canonicalJson(columnStructure(b))) return [];
  const changes: string[] = [];
  if (a.type.sql !== b.type.sql) changes.push(`${b.name} was ${a.type.sql}, is ${b.type.sql}`);
  if (a.nullable !== b.nullable)
    changes.push(b.nullable ? `${b.name} may be empty now` : `${b.name} must not be empty any more`);
  if (a.default !== b.default)
    changes.push(`${b.name} has ${b.default === null ? 'no default any more' : `the default ${b.default}`}`);
  if (a.identity !== b.identity)
    changes.push(`${b.name} ${b.identity ? 'numbers itself now' : 'does not number itself any more'}`);
  if (a.generated !== b.generated)
    changes.push(`${b.name} ${b.generated ? 'is computed now' : 'is not computed any more'}`);
  if (a.type.collation !== b.type.collation)
    changes.push(
      `${b.name} is ordered ${b.type.collation === null ? 'as usual' : `by ${b.type.collation}`} now`,
    );
  return changes;
}

function ruleChanges(what: string, a: readonly (string | undefined)[], b: readonly (string | undefined)[]) {
  const [old, now] = [
    new Set(a.filter((rule) => rule !== undefined)),
    new Set(b.filter((rule) => rule !== undefined)),
  ];
  return [
    ...[...old]
      .filter((rule) => !now.has(rule))
      .map((rule) => ({ column: null, text: `the ${what} ${rule} is gone` })),
    ...[...now]
      .filter((rule) => !old.has(rule))
      .map((rule) => ({ column: null, text: `the ${what} ${rule} is new` })),
  ];
}

function uniqueRules(table: Table): string[] {
  const indexes = table.indexes
    .filter((index) => index.unique)
    .map((index) => index.definition.replace(/^.* USING /i, ''));
  return [...table.uniques.map((key) => `(${key.columns.join(', ')})`), ...indexes];
}

function foreignRules(table: Table): string[] {
  return table.foreignKeys.map(
    (key) =>
      `(${key.columns.join(', ')}) to ${displayName(key.references)} (${key.references.columns.join(', ')})${key.onDelete === 'no action' ? '' : ` on delete ${key.onDelete}`}`,
  );
}

/** Enumerations and domains whose values changed: type name → words. */
function changedTypes(before: Catalog, after: Catalog): ReadonlyMap<string, string> {
  const changed = new Map<string, string>();
  const old = new Map(before.enums.map((item) => [tableKey(item), item]));
  for (const item of after.enums) {
    const was = old.get(tableKey(item));
    if (!was || canonicalJson(was.labels) === canonicalJson(item.labels)) continue;
    const gained = item.labels.filter((label) => !was.labels.includes(label));
    const lost = was.labels.filter((label) => !item.labels.includes(label));
    const words = [
      gained.length > 0 && `new: ${gained.join(', ')}`,
      lost.length > 0 && `gone: ${lost.join(', ')}`,
    ];
    changed.set(tableKey(item), words.filter((word) => word).join('; ') || 'in another order');
  }
  const domains = new Map(before.domains.map((item) => [tableKey(item), canonicalJson(item)]));
  for (const item of after.domains) {
    const was = domains.get(tableKey(item));
    if (was !== undefined && was !== canonicalJson(item)) changed.set(tableKey(item), 'its rules changed');
  }
  for (const [a, b] of [
    [before.composites, after.composites],
    [before.ranges, after.ranges],
  ] as const) {
    const known = new Map((a ?? []).map((item) => [tableKey(item), canonicalJson(item)]));
    for (const item of b ?? []) {
      const was = known.get(tableKey(item));
      if (was !== undefined && was !== canonicalJson(item))
        changed.set(tableKey(item), 'it is made otherwise');
    }
  }
  return changed;
}

function typeChanges(table: Table, types: ReadonlyMap<string, string>) {
  return table.columns.flatMap((column) => {
    const { type } = column;
    const words = [type, type.base, type.element]
      .map((one) => one && types.get(tableKey(one)))
      .find((found) => found !== undefined);
    return words === undefined
      ? []
      : [
          {
            column: column.name,
            text: `the values of ${column.name} (${column.type.name}) changed: ${words}`,
          },
        ];
  });
}

function byName(columns: readonly Column[]): ReadonlyMap<string, Column> {
  return new Map(columns.map((column) => [column.name, column]));
}
