/** Generic relations of a database: pairs by name, then the types in use, then the tables they stand for. */
import type { Database, Session } from '../db/database.ts';
import { type LookOptions, lookAtAll } from './bounded-looks.ts';
import type { Table } from './catalog.ts';
import { type ClassTable, createClassTables } from './class-tables.ts';
import { type ContentType, contentTypeTable, createContentTypes } from './content-type-tables.ts';
import { classContainmentSql, contentTypesSql, typesUsedSql } from './content-types.sql.ts';
import {
  emptyGenericReference,
  type GenericPair,
  type GenericReference,
  genericReference,
  type ResolvedType,
} from './infer-generic.ts';
import { ownRowsSql } from './own-rows.sql.ts';
import { sampleClause } from './profile.sql.ts';
import { indexTables, tableKey } from './table-key.ts';

/** Up to this many rows and bytes the types in use are read from all rows: one unseen type would set its rows aside. */
const WHOLE_BELOW = 5_000_000;
const WHOLE_BYTES = 2 ** 30;
const PAGE_BYTES = 8192;
/** Rows of a page where the server has never counted. */
const ROWS_PER_PAGE = 60;
/** A relation has a handful of types. Text with more values than this is no type. */
const MOST_TYPES = 200;
/** Ids of one kind that are compared with the keys of its table, and the least share that must be there. */
const IDS_LOOKED_AT = 200;
const LEAST_CONTAINED = 0.5;
/** Ids of one content type that are looked up, so that those leading nowhere are known before the rows are moved. */
const IDS_LOOKED_UP = 20_000;

export interface FoundGeneric {
  readonly relations: readonly GenericReference[];
  /** What could not be found out, in words, and about which table. */
  readonly notes: readonly { readonly table: Table; readonly note: string }[];
}

export async function findGeneric(
  source: Database,
  pairs: readonly GenericPair[],
  tables: readonly Table[],
  looks: LookOptions,
): Promise<FoundGeneric> {
  if (pairs.length === 0) return { relations: [], notes: [] };
  const contentType = await readContentTypes(source, pairs, tables, looks);
  const classTable = createClassTables(tables);
  const looked = await lookAtAll(source, pairs, looks, async (session, pair) => {
    if (pair.table.exactRows === 0) return emptyGenericReference(pair);
    const { types, complete } = await typesOf(session, pair);
    if (types.length === 0) return emptyGenericReference(pair);
    if (types.length > MOST_TYPES) return null;
    const used =
      pair.style === 'content-type'
        ? await lookedUp(
            session,
            pair,
            types.map(({ type }) => contentType(type)),
            tables,
          )
        : await confirmed(
            session,
            pair,
            types.map(({ type }) => classTable(type, pair.table)),
          );
    const known = used.filter(({ table }) => table !== null).length;
    // Words beside a number are common: where most of them are no table, they are not meant to be one.
    if (pair.style === 'class-name' && known * 2 < used.length) return null;
    return genericReference(pair, { used, complete });
  });
  return {
    relations: looked.flatMap((look) => ('value' in look && look.value ? [look.value] : [])),
    notes: looked.flatMap((look, i) => {
      const { table, typeColumn, idColumn } = pairs[i]!;
      const unknown = `whether ${typeColumn} and ${idColumn} lead to rows of several tables was not found out`;
      return 'note' in look ? [{ table, note: `${unknown}: ${look.note}` }] : [];
    }),
  };
}

async function readContentTypes(
  source: Database,
  pairs: readonly GenericPair[],
  tables: readonly Table[],
  looks: LookOptions,
): Promise<(id: string) => ResolvedType> {
  const table = pairs.some(({ style }) => style === 'content-type') ? contentTypeTable(tables) : null;
  const [read] = await lookAtAll(source, table ? [table] : [], looks, (session, item) =>
    session.query<ContentType>(contentTypesSql(item)),
  );
  return createContentTypes(read && 'value' in read ? read.value : [], tables);
}

async function typesOf(session: Session, { table, typeColumn }: GenericPair) {
  const pages = Math.ceil(table.bytes / PAGE_BYTES);
  const rows = table.exactRows ?? table.estimatedRows ?? pages * ROWS_PER_PAGE;
  const complete = rows < WHOLE_BELOW && table.bytes < WHOLE_BYTES;
  const from = complete ? ownRowsSql(table) : sampleClause(table, { limit: 20_000, rows, pages });
  const types = await session.query<{ type: string }>(typesUsedSql(from, typeColumn));
  return { types, complete };
}

/** Content types with the number of ids that lead nowhere: nothing in the old database kept them right. */
async function lookedUp(
  session: Session,
  pair: GenericPair,
  used: readonly ResolvedType[],
  tables: readonly Table[],
): Promise<ResolvedType[]> {
  const known = indexTables(tables);
  const result: ResolvedType[] = [];
  for (const type of used) {
    const table = type.table ? known.get(tableKey(type.table)) : undefined;
    const key = table?.primaryKey?.columns.length === 1 ? table.primaryKey.columns[0] : undefined;
    const column = table?.columns.find(({ name }) => name === key);
    if (!type.table || !column) {
      result.push(type);
      continue;
    }
    const parent = { ...type.table, column: column.name, type: column.type.name };
    const [row] = await session.query<{ looked: number; found: number }>(
      classContainmentSql(pair, parent, IDS_LOOKED_UP),
      [type.type],
    );
    const dangling = (row?.looked ?? 0) - (row?.found ?? 0);
    result.push(dangling > 0 ? { ...type, dangling } : type);
  }
  return result;
}

/** Class tables whose keys the ids of that class really are; the others lose their table. */
async function confirmed(
  session: Session,
  pair: GenericPair,
  used: readonly ClassTable[],
): Promise<ResolvedType[]> {
  const result: ResolvedType[] = [];
  for (const { guess, ...type } of used) {
    if (guess === null) {
      result.push(type);
      continue;
    }
    const [row] = await session.query<{ looked: number; found: number }>(
      classContainmentSql(pair, guess.table, IDS_LOOKED_AT),
      [type.type],
    );
    const { looked = 0, found = 0 } = row ?? {};
    const fits = looked === 0 ? !guess.loose : found / looked >= LEAST_CONTAINED;
    result.push(
      fits ? { ...type, ...(found < looked ? { dangling: looked - found } : {}) } : { ...type, table: null },
    );
  }
  return result;
}
