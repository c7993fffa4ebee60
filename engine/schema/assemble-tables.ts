/** Rows of the catalog queries → tables. A partitioned table is measured by what its parts hold. */
import type { Column, Table } from './catalog.ts';
import type { Partitioning } from './catalog-objects.ts';
import type { CheckRow } from './checks.sql.ts';
import { columnTypeOf } from './column-type.ts';
import type { ColumnTypeRow } from './column-types.sql.ts';
import type { ColumnRow } from './columns.sql.ts';
import type { ForeignKeyRow } from './foreign-keys.sql.ts';
import { housekeepingOf } from './housekeeping.ts';
import type { IndexRow } from './indexes.sql.ts';
import type { JsonForms } from './json-forms.ts';
import type { KeyRow } from './keys.sql.ts';
import { type Hanging, hangingOf } from './objects/hanging.ts';
import { checkOf, createColumnNames, foreignKeyOf, indexOf, keyOf } from './table-rules.ts';
import type { TableRow } from './tables.sql.ts';

/** A table with what only the later, bounded looks need to know. */
export interface MeasuredTable {
  readonly table: Table;
  readonly pages: number;
  readonly readable: boolean;
}

export interface TableParts extends Hanging {
  readonly columns: ByTable<ColumnRow>;
  readonly types: ReadonlyMap<string, ColumnTypeRow>;
  readonly keys: ByTable<KeyRow>;
  readonly foreignKeys: ByTable<ForeignKeyRow>;
  readonly checks: ByTable<CheckRow>;
  readonly indexes: ByTable<IndexRow>;
}

export type ByTable<T> = ReadonlyMap<string, readonly T[]>;

export function byTable<T extends { table_oid: string }>(rows: readonly T[]): Map<string, T[]> {
  const map = new Map<string, T[]>();
  for (const row of rows) {
    const list = map.get(row.table_oid);
    if (list) list.push(row);
    else map.set(row.table_oid, [row]);
  }
  return map;
}

export function assembleTables(
  rows: readonly TableRow[],
  parts: TableParts,
  forms: JsonForms,
): MeasuredTable[] {
  const housekeeping = housekeepingOf(rows, (row) =>
    (parts.columns.get(row.oid) ?? []).map(({ name }) => name),
  );
  const totals = partitionTotals(rows);
  const names = createColumnNames(parts.columns);
  return rows.map((row) => {
    const total = totals.get(row.oid);
    const pages = Math.max(total?.pages ?? 0, Math.ceil((total?.heapBytes ?? 0) / 8192));
    const [parent, ...others] = row.parents.map(([schema, name]) => ({ schema, name }));
    const keys = parts.keys.get(row.oid) ?? [];
    const primary = keys.find((key) => key.primary);
    const checks = parts.checks.get(row.oid) ?? [];
    const exclusions = checks.filter((check) => check.exclusion).map((item) => checkOf(item, names));
    const table: Table = {
      schema: row.schema,
      name: row.name,
      kind: row.kind,
      comment: row.comment,
      columns: (parts.columns.get(row.oid) ?? []).map((column) => columnOf(column, parts.types, forms)),
      primaryKey: primary ? keyOf(primary, names) : null,
      uniques: keys.filter((key) => !key.primary).map((item) => keyOf(item, names)),
      foreignKeys: (parts.foreignKeys.get(row.oid) ?? []).map((item) => foreignKeyOf(item, names)),
      checks: checks.filter((check) => !check.exclusion).map((item) => checkOf(item, names)),
      indexes: (parts.indexes.get(row.oid) ?? []).map((item) => indexOf(item, names)),
      estimatedRows: total?.rows ?? null,
      exactRows: null,
      bytes: total?.bytes ?? 0,
      rowSecurity: row.row_security,
      housekeeping: housekeeping(row, row.extension),
      difficulty: { grade: 'easy', reasons: [] },
      ...(parent ? { parent } : {}),
      ...(others.length > 0 ? { otherParents: others } : {}),
      ...(row.bound === null ? {} : { bound: row.bound }),
      ...partitioningOf(row),
      ...(row.unlogged ? { unlogged: true } : {}),
      owner: row.owner,
      ...(exclusions.length > 0 ? { exclusions } : {}),
      ...(row.row_security_forced ? { rowSecurityForced: true } : {}),
      ...(row.foreign_server === null
        ? {}
        : { foreign: { server: row.foreign_server, wrapper: row.foreign_wrapper ?? '' } }),
      ...hangingOf(row.oid, parts),
      ...(row.readable ? {} : { notes: ['its rows may not be read: the privilege select is missing'] }),
    };
    return { table, pages, readable: row.readable };
  });
}

const STRATEGIES = { r: 'range', l: 'list', h: 'hash' } as const;

function partitioningOf(row: TableRow): { partitioning?: Partitioning } {
  if (row.strategy === null || row.partition_key === null) return {};
  return {
    partitioning: {
      strategy: STRATEGIES[row.strategy],
      key: row.partition_key,
      columns: row.partition_columns,
    },
  };
}

interface Total {
  rows: number | null;
  pages: number;
  bytes: number;
  heapBytes: number;
}

/** A partitioned table has no rows of its own before 14: what its parts hold, at any depth, counts for it. */
function partitionTotals(rows: readonly TableRow[]): ReadonlyMap<string, Total> {
  const totals = new Map<string, Total>(
    rows.map((row) => [
      row.oid,
      { rows: counted(row), pages: row.relpages, bytes: row.bytes, heapBytes: row.heap_bytes },
    ]),
  );
  const byOid = new Map(rows.map((row) => [row.oid, row]));
  for (const row of rows)
    if (row.kind === 'partitioned') totals.set(row.oid, { rows: null, pages: 0, bytes: 0, heapBytes: 0 });
  for (const leaf of rows) {
    if (leaf.kind !== 'partition') continue;
    const own = totals.get(leaf.oid)!;
    let above = byOid.get(leaf.parent_oids[0] ?? '');
    while (above) {
      const total = totals.get(above.oid)!;
      if (own.rows !== null) total.rows = (total.rows ?? 0) + own.rows;
      total.pages += own.pages;
      total.bytes += own.bytes;
      total.heapBytes += own.heapBytes;
      above = byOid.get(above.parent_oids[0] ?? '');
    }
  }
  return totals;
}

function counted(row: TableRow): number | null {
  if (row.reltuples < 0 || (row.reltuples === 0 && row.heap_bytes > 0)) return null;
  return Math.round(row.reltuples);
}

function columnOf(row: ColumnRow, types: ReadonlyMap<string, ColumnTypeRow>, forms: JsonForms): Column {
  const { name, position, nullable, comment } = row;
  const type = columnTypeOf(row, types);
  return {
    name,
    position,
    type: forms.refuses(type) ? { ...type, textOnly: true } : type,
    nullable,
    default: row.default,
    identity: row.identity !== '',
    ...(row.identity === '' ? {} : { identityKind: row.identity === 'a' ? 'always' : 'by default' }),
    generated: row.generation !== '',
    ...(row.generation === '' ? {} : { generation: row.generation === 'v' ? 'virtual' : 'stored' }),
    ...(row.inherited ? { inherited: true } : {}),
    comment,
    profile: null,
  };
}
