/** The structural part of a catalog: one round trip per question, all in one snapshot, whatever the number of tables. */
import { MigrationError } from '../core/errors.ts';
import type { Session } from '../db/database.ts';
import type {
  CheckConstraint,
  Column,
  DomainType,
  EnumType,
  ForeignKey,
  Index,
  KeyConstraint,
  ServerFacts,
  Table,
} from './catalog.ts';
import { type CheckRow, checksSql } from './checks.sql.ts';
import { columnTypeOf } from './column-type.ts';
import { type ColumnRow, columnsSql } from './columns.sql.ts';
import { type DomainRow, domainsSql } from './domains.sql.ts';
import { type EnumRow, enumsSql } from './enums.sql.ts';
import { type ForeignKeyRow, foreignKeysSql } from './foreign-keys.sql.ts';
import { housekeepingOf } from './housekeeping.ts';
import { type IndexRow, indexesSql } from './indexes.sql.ts';
import { type KeyRow, keysSql } from './keys.sql.ts';
import { type ServerRow, schemasSql, serverSql } from './server.sql.ts';
import { type TableRow, tablesSql } from './tables.sql.ts';

export interface Structure {
  readonly server: ServerFacts;
  readonly takenAt: string;
  readonly schemas: readonly string[];
  readonly tables: readonly MeasuredTable[];
  readonly enums: readonly EnumType[];
  readonly domains: readonly DomainType[];
}

/** A table with what only the later, bounded looks need to know. */
export interface MeasuredTable {
  readonly table: Table;
  readonly pages: number;
  readonly readable: boolean;
}

/** Towpath's own schemas, which hold nothing to move. */
const OURS = /^towpath/;

export type Reader = Pick<Session, 'query'>;

/** Reads the structure of the given schemas, or of all that are not the server's own. */
export async function readStructure(
  reader: Reader,
  wanted: readonly string[] | undefined,
): Promise<Structure> {
  const [server] = await reader.query<ServerRow>(serverSql());
  if (!server) throw new Error('the server did not answer what it is');
  const known = (await reader.query<{ name: string }>(schemasSql())).map((row) => row.name);
  const all = wanted === undefined || wanted.length === 0;
  const schemas = all ? known.filter((name) => !OURS.test(name)) : wanted;
  refuseUnknown(schemas, known, server.database);
  const inSchemas = [[...schemas]];
  const tables = await reader.query<TableRow>(tablesSql(), inSchemas);
  const parts: Parts = {
    columns: byTable(await reader.query<ColumnRow>(columnsSql(server.version_num), inSchemas)),
    keys: byTable(await reader.query<KeyRow>(keysSql(), inSchemas)),
    foreignKeys: byTable(await reader.query<ForeignKeyRow>(foreignKeysSql(), inSchemas)),
    checks: byTable(await reader.query<CheckRow>(checksSql(), inSchemas)),
    indexes: byTable(await reader.query<IndexRow>(indexesSql(), inSchemas)),
  };
  const enums = await reader.query<EnumRow>(enumsSql(), inSchemas);
  const domains = await reader.query<DomainRow>(domainsSql(), inSchemas);
  return {
    server: {
      database: server.database,
      versionNum: server.version_num,
      encoding: server.encoding,
      timeZone: server.time_zone,
    },
    takenAt: server.taken_at,
    schemas: [...schemas],
    tables: assemble(tables, parts),
    enums,
    domains: domains.map((row) => ({
      schema: row.schema,
      name: row.name,
      baseType: row.base_type,
      notNull: row.not_null,
      checks: row.checks,
    })),
  };
}

/** A schema that is not there, or may not be looked into, would make an empty and seemingly finished migration. */
function refuseUnknown(wanted: readonly string[], known: readonly string[], database: string): void {
  const missing = wanted.filter((name) => !known.includes(name));
  if (missing.length === 0) return;
  throw new MigrationError({
    code: 'UNKNOWN_SCHEMA',
    message: `The database ${database} has no schema ${missing.join(', ')} that this user may look into.`,
    hint: `Choose from: ${known.join(', ') || 'none; ask for the usage privilege'}.`,
  });
}

interface Parts {
  readonly columns: ReadonlyMap<string, ColumnRow[]>;
  readonly keys: ReadonlyMap<string, KeyRow[]>;
  readonly foreignKeys: ReadonlyMap<string, ForeignKeyRow[]>;
  readonly checks: ReadonlyMap<string, CheckRow[]>;
  readonly indexes: ReadonlyMap<string, IndexRow[]>;
}

function byTable<T extends { table_oid: string }>(rows: readonly T[]): Map<string, T[]> {
  const map = new Map<string, T[]>();
  for (const row of rows) {
    const list = map.get(row.table_oid);
    if (list) list.push(row);
    else map.set(row.table_oid, [row]);
  }
  return map;
}

function assemble(rows: readonly TableRow[], parts: Parts): MeasuredTable[] {
  const housekeeping = housekeepingOf(rows);
  const byOid = new Map(rows.map((row) => [row.oid, row]));
  const totals = partitionTotals(rows);
  return rows.map((row) => {
    const total = totals.get(row.oid);
    const pages = Math.max(total?.pages ?? 0, Math.ceil((total?.heapBytes ?? 0) / 8192));
    const parent = row.parent_oid === null ? undefined : byOid.get(row.parent_oid);
    const keys = parts.keys.get(row.oid) ?? [];
    const primary = keys.find((key) => key.primary);
    const table: Table = {
      schema: row.schema,
      name: row.name,
      kind: row.kind,
      comment: row.comment,
      columns: (parts.columns.get(row.oid) ?? []).map(columnOf),
      primaryKey: primary ? keyOf(primary) : null,
      uniques: keys.filter((key) => !key.primary).map(keyOf),
      foreignKeys: (parts.foreignKeys.get(row.oid) ?? []).map(foreignKeyOf),
      checks: (parts.checks.get(row.oid) ?? []).map(checkOf),
      indexes: (parts.indexes.get(row.oid) ?? []).map(indexOf),
      estimatedRows: total?.rows ?? null,
      exactRows: null,
      bytes: total?.bytes ?? 0,
      rowSecurity: row.row_security,
      housekeeping: housekeeping(row, row.extension),
      difficulty: { grade: 'easy', reasons: [] },
      ...(parent ? { parent: { schema: parent.schema, name: parent.name } } : {}),
    };
    return { table, pages, readable: row.readable };
  });
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
    let above = leaf.parent_oid === null ? undefined : byOid.get(leaf.parent_oid);
    while (above) {
      const total = totals.get(above.oid)!;
      if (own.rows !== null) total.rows = (total.rows ?? 0) + own.rows;
      total.pages += own.pages;
      total.bytes += own.bytes;
      total.heapBytes += own.heapBytes;
      above = above.parent_oid === null ? undefined : byOid.get(above.parent_oid);
    }
  }
  return totals;
}

function counted(row: TableRow): number | null {
  if (row.reltuples < 0 || (row.reltuples === 0 && row.heap_bytes > 0)) return null;
  return Math.round(row.reltuples);
}

function columnOf(row: ColumnRow): Column {
  const { name, position, nullable, identity, generated, comment } = row;
  return {
    name,
    position,
    type: columnTypeOf(row),
    nullable,
    default: row.default,
    identity,
    generated,
    comment,
    profile: null,
  };
}

function keyOf(row: KeyRow): KeyConstraint {
  return { name: row.name, columns: row.columns };
}

function foreignKeyOf(row: ForeignKeyRow): ForeignKey {
  return {
    name: row.name,
    columns: row.columns,
    references: { schema: row.references_schema, name: row.references_name, columns: row.references_columns },
    onDelete: row.on_delete,
    validated: row.validated,
  };
}

function checkOf(row: CheckRow): CheckConstraint {
  return { name: row.name, definition: row.definition, columns: row.columns };
}

function indexOf(row: IndexRow): Index {
  const { name, columns, unique, partial, definition } = row;
  return { name, columns, unique, partial, definition };
}
