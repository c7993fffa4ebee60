/** Keys, foreign keys, checks and indexes as the Catalog has them; the server names their columns by position. */
import type { CheckConstraint, ForeignKey, Index, KeyConstraint } from './catalog.ts';
import type { CheckRow } from './checks.sql.ts';
import type { ColumnRow } from './columns.sql.ts';
import type { ForeignKeyRow } from './foreign-keys.sql.ts';
import type { IndexRow } from './indexes.sql.ts';
import type { KeyRow } from './keys.sql.ts';

/** Names of a table's columns by position; an expression (position zero) has none. */
export type ColumnNames = (tableOid: string, positions: readonly number[]) => string[];

export function createColumnNames(columns: ReadonlyMap<string, readonly ColumnRow[]>): ColumnNames {
  const byPosition = new Map(
    [...columns].map(([oid, rows]) => [oid, new Map(rows.map((row) => [row.position, row.name]))]),
  );
  return (oid, positions) => positions.flatMap((position) => byPosition.get(oid)?.get(position) ?? []);
}

export function keyOf(row: KeyRow, names: ColumnNames): KeyConstraint {
  return {
    name: row.name,
    columns: names(row.table_oid, row.positions),
    ...(row.deferrable ? { deferrable: true } : {}),
    ...(row.nulls_not_distinct ? { nullsNotDistinct: true } : {}),
    ...(row.without_overlaps ? { withoutOverlaps: true } : {}),
  };
}

export function foreignKeyOf(row: ForeignKeyRow, names: ColumnNames): ForeignKey {
  return {
    name: row.name,
    columns: names(row.table_oid, row.positions),
    references: {
      schema: row.references_schema,
      name: row.references_name,
      columns: row.references_columns ?? names(row.references_oid, row.references_positions),
    },
    onDelete: row.on_delete,
    ...(row.on_update === 'no action' ? {} : { onUpdate: row.on_update }),
    ...(row.match === 'simple' ? {} : { match: row.match }),
    ...(row.deferrable === null ? {} : { deferrable: row.deferrable }),
    ...(row.on_delete_columns === null ? {} : { onDeleteColumns: row.on_delete_columns }),
    ...(row.enforced ? {} : { enforced: false }),
    ...(row.period ? { period: true } : {}),
    validated: row.validated,
  };
}

export function checkOf(row: CheckRow, names: ColumnNames): CheckConstraint {
  return {
    name: row.name,
    definition: row.definition,
    columns: names(row.table_oid, row.positions),
    ...(row.validated ? {} : { validated: false }),
    ...(row.enforced ? {} : { enforced: false }),
  };
}

export function indexOf(row: IndexRow, names: ColumnNames): Index {
  const columns = row.positions === null ? null : names(row.table_oid, row.positions);
  const { name, unique, partial, definition, method } = row;
  return {
    name,
    columns,
    unique,
    partial,
    definition,
    method,
    ...(row.valid ? {} : { valid: false }),
    ...(row.nulls_not_distinct ? { nullsNotDistinct: true } : {}),
  };
}
