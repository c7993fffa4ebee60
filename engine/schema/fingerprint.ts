/**
 * The fingerprint of a catalog: what must be the same for a plan to still fit.
 *
 * Counts: schemas, tables with rows of their own, columns (type, null, default, identity, generated, collation), keys,
 * foreign keys, checks, unique indexes, how a table is divided, enums, domains, composite and range types. Does not count:
 * statistics, profiles, comments, order of columns, names of constraints, plain indexes, what was inferred, and what no
 * row depends on (triggers, policies, rights, owners, counters). Nor do the parts of a divided table: many systems make
 * one a day, and its rows move with the whole. What is added here later is left out where it says nothing, so that the
 * fingerprint of a database without it stays what it was.
 */
import { hashOf } from './canonical-json.ts';
import type { Catalog, Column, Table } from './catalog.ts';

export type Structure = Pick<Catalog, 'schemas' | 'tables' | 'enums' | 'domains' | 'composites' | 'ranges'>;

export function fingerprintOf(structure: Structure): string {
  return hashOf({
    schemas: [...structure.schemas].sort(),
    tables: byName(structure.tables.filter(hasStructure)).map(tableStructure),
    enums: byName(structure.enums).map(({ schema, name, labels }) => ({ schema, name, labels })),
    domains: byName(structure.domains).map(({ schema, name, baseType, notNull, checks }) => ({
      schema,
      name,
      baseType,
      notNull,
      checks: [...checks].sort(),
    })),
    composites: ifAny(
      byName(structure.composites ?? []).map(({ schema, name, fields }) => ({ schema, name, fields })),
    ),
    ranges: ifAny(
      byName(structure.ranges ?? []).map(({ schema, name, subtype }) => ({ schema, name, subtype })),
    ),
  });
}

/** Tables that a plan decides about by name and column. */
export function hasStructure({ kind }: Table): boolean {
  return kind !== 'view' && kind !== 'materialized-view' && kind !== 'partition';
}

function ifAny<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

function tableStructure(table: Table): unknown {
  return {
    schema: table.schema,
    name: table.name,
    kind: table.kind,
    columns: [...table.columns].sort((a, b) => order(a.name, b.name)).map(columnStructure),
    primaryKey: table.primaryKey?.columns ?? null,
    uniques: sorted(table.uniques.map((key) => key.columns)),
    foreignKeys: sorted(
      table.foreignKeys.map(({ columns, references, onDelete }) => ({ columns, references, onDelete })),
    ),
    checks: sorted(table.checks.map((check) => check.definition)),
    uniqueIndexes: sorted(
      table.indexes
        .filter((index) => index.unique)
        .map((index) => index.definition.replace(/^.* USING /i, '')),
    ),
    partitionedBy: table.partitioning?.key,
  };
}

export function columnStructure(column: Column): unknown {
  const { name, nullable, identity, generated } = column;
  return {
    name,
    type: column.type.sql,
    nullable,
    default: column.default,
    identity,
    generated,
    collation: column.type.collation ?? undefined,
  };
}

function byName<T extends { schema: string; name: string }>(items: readonly T[]): T[] {
  return [...items].sort((a, b) => order(a.schema, b.schema) || order(a.name, b.name));
}

function sorted(items: readonly unknown[]): unknown[] {
  return [...items].sort((a, b) => order(JSON.stringify(a), JSON.stringify(b)));
}

function order(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
