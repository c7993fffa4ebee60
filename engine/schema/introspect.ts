/**
 * Analysis of one database, read-only: structure in one snapshot, then bounded looks (row counts, one sample per table,
 * values of supposed references), each of which may fail without failing the whole.
 *
 * Relies on `source.session` being read-only by the server's setting. Rejected: one query per table for the structure
 * (a thousand tables would be ten thousand round trips).
 */
import type { Database, Session } from '../db/database.ts';
import type { MeasuredTable } from './assemble-tables.ts';
import { type LookOptions, lookAtAll } from './bounded-looks.ts';
import type { Catalog, InferredReference, Table } from './catalog.ts';
import { difficultyOf } from './difficulty.ts';
import { findInferred } from './find-inferred.ts';
import { fingerprintOf } from './fingerprint.ts';
import { listObjects } from './objects/list-objects.ts';
import { readStructure, type Structure } from './read-structure.ts';
import { rowCountSql } from './row-counts.sql.ts';
import { sampleTables } from './sample-tables.ts';
import { tableKey } from './table-key.ts';
import { tablesInRings } from './tables-in-rings.ts';

export interface IntrospectOptions {
  /** Schemas to look at; default: every schema that is neither the server's nor Towpath's. */
  readonly schemas?: readonly string[] | undefined;
  /** False leaves out samples and what needs them. Default true. */
  readonly profiles?: boolean | undefined;
  /** Rows of the one sample per table. Default 2 000. */
  readonly sampleRows?: number | undefined;
  /** Which tables are counted exactly. `small` (default): those estimated below five million rows and a gigabyte. */
  readonly counts?: 'none' | 'small' | 'all' | undefined;
  /** Longest time for one look, in milliseconds. Default 30 000. */
  readonly timeoutMs?: number | undefined;
  /** Connections used side by side. Default 3. */
  readonly sessions?: number | undefined;
}

const SMALL_ROWS = 5_000_000;
/** One gigabyte: counting reads every page. */
const SMALL_PAGES = 131_072;
/** Rows that a page of 8 kB holds, where the server has never counted. */
const ROWS_PER_PAGE = 60;

export async function introspect(source: Database, options: IntrospectOptions = {}): Promise<Catalog> {
  const structure = await source.transaction((session) => readPatiently(session, options.schemas), {
    readOnly: true,
    isolation: 'repeatable read',
  });
  const looks: LookOptions = { sessions: options.sessions ?? 3, timeoutMs: options.timeoutMs ?? 30_000 };
  const counted = await countRows(source, structure.tables, options.counts ?? 'small', looks);
  const sampleRows = options.sampleRows ?? 2000;
  const profiled = options.profiles === false ? counted : await sample(source, counted, sampleRows, looks);
  const { inferred, notes } =
    options.profiles === false
      ? { inferred: [], notes: new Map<string, string[]>() }
      : await findInferred(source, profiled, sampleRows, looks);
  const noted = profiled.map((item) =>
    (notes.get(tableKey(item.table)) ?? []).reduce((told, note) => withNote(told, note), item),
  );
  const tables = gradeAll(
    noted.map(({ table }) => table),
    inferred,
  );
  const { enums, domains } = structure;
  const { rest, ...others } = structure.others;
  return {
    server: structure.server,
    fingerprint: fingerprintOf({ ...structure, ...others, tables }),
    takenAt: structure.takenAt,
    schemas: structure.schemas,
    tables,
    enums,
    domains,
    inferred,
    ...others,
    objects: listObjects({ tables, enums, domains, rest, ...others }),
  };
}

/** Asking for a table's size waits for whoever holds the table alone, but not for ever. */
async function readPatiently(session: Session, schemas: readonly string[] | undefined): Promise<Structure> {
  await session.query(`set local lock_timeout = '20s'`);
  return readStructure(session, schemas);
}

/** Rows of a table as well as they are known. */
export function rowsOf(measured: MeasuredTable): number {
  const { table, pages } = measured;
  return table.exactRows ?? table.estimatedRows ?? pages * ROWS_PER_PAGE;
}

async function countRows(
  source: Database,
  tables: readonly MeasuredTable[],
  counts: 'none' | 'small' | 'all',
  looks: LookOptions,
): Promise<MeasuredTable[]> {
  const wanted = tables.filter(
    (item) =>
      holdsRows(item) &&
      item.pages > 0 &&
      counts !== 'none' &&
      (counts === 'all' || (rowsOf(item) < SMALL_ROWS && item.pages < SMALL_PAGES)),
  );
  const results = await lookAtAll(source, wanted, looks, (session, item) =>
    session.query<{ rows: string }>(rowCountSql(item.table)),
  );
  const byTable = new Map(wanted.map((item, i) => [tableKey(item.table), results[i]!]));
  return tables.map((item) => {
    if (holdsRows(item) && item.pages === 0 && item.table.kind === 'table')
      return patch(item, { exactRows: 0 });
    const result = byTable.get(tableKey(item.table));
    if (!result) return item;
    if ('note' in result) return withNote(item, `its rows were not counted: ${result.note}`);
    return patch(item, { exactRows: Number(result.value[0]?.rows ?? 0) });
  });
}

async function sample(
  source: Database,
  tables: readonly MeasuredTable[],
  limit: number,
  looks: LookOptions,
): Promise<MeasuredTable[]> {
  const wanted = tables.filter((item) => holdsRows(item) && item.pages > 0 && item.table.columns.length > 0);
  const sampled = await sampleTables(
    source,
    wanted.map((measured) => ({ measured, size: { limit, rows: rowsOf(measured), pages: measured.pages } })),
    looks,
  );
  const byTable = new Map(sampled.map((table) => [tableKey(table), table]));
  return tables.map((item) => ({ ...item, table: byTable.get(tableKey(item.table)) ?? item.table }));
}

/** Tables whose rows are read; parts are read through their partitioned table. */
function holdsRows(item: MeasuredTable): boolean {
  return item.readable && (item.table.kind === 'table' || item.table.kind === 'partitioned');
}

function patch(item: MeasuredTable, change: Partial<Table>): MeasuredTable {
  return { ...item, table: { ...item.table, ...change } };
}

function withNote(item: MeasuredTable, note: string): MeasuredTable {
  return patch(item, { notes: [...(item.table.notes ?? []), note] });
}

function gradeAll(tables: readonly Table[], inferred: readonly InferredReference[]): Table[] {
  const rings = tablesInRings(tables);
  const taken = new Set(inferred.map((reference) => tableKey(reference.table)));
  return tables.map((table) => {
    const own = taken.has(tableKey(table)) ? inferred : [];
    return { ...table, difficulty: difficultyOf(table, own, rings.has(tableKey(table))) };
  });
}
