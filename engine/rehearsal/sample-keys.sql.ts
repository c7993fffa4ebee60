/** Statements that choose the rows of a rehearsal. */
import { quoteLiteral } from '../db/quote.ts';
import { type Parent, parentKeySql } from '../mapping/parent-lookup.ts';
import { columnSql, isBuiltIn } from '../mapping/pass-through.ts';
import { keyShape } from '../mapping/source-key.ts';
import type { PlanEntity, ReferenceMatch } from '../plan/plan-file.ts';
import type { ColumnType, Table } from '../schema/catalog.ts';
import { ownRowsSql } from '../schema/own-rows.sql.ts';

/** Tables above this are sampled by pages, so that a rehearsal reads a part of them only. */
const LARGE_ROWS = 50_000;
/** Pages are taken for so many times the rows asked for, because rows of one page resemble each other. */
const OVERSAMPLING = 4;

/** How a chosen row is named: by its key's text, or by its place where the table has no key. */
export function rowName(entity: PlanEntity, table: Table): string {
  return entity.key.columns.length === 0 ? 't.ctid::text' : keyShape(entity, table).textSql;
}

/** Large tables send more rows, because the forecast takes its pace from them. */
const LARGE_TABLE_FACTOR = 10;

/** How many rows of an entity a rehearsal begins with. */
export function sampleSize(entity: PlanEntity, rows: number): number {
  return entity.estimatedRows > 4 * LARGE_ROWS ? rows * LARGE_TABLE_FACTOR : rows;
}

/** `rows` rows, the same ones each time while the table stays the same. */
export function chooseRowsSql(entity: PlanEntity, table: Table, rows: number): string {
  const name = rowName(entity, table);
  const share = Math.min(100, (100 * rows * OVERSAMPLING) / Math.max(1, entity.estimatedRows));
  const pages =
    entity.estimatedRows > LARGE_ROWS && table.kind === 'table'
      ? ` tablesample system (${share.toFixed(4)}) repeatable (1)`
      : '';
  const where = entity.where === undefined ? '' : ` where (${entity.where})`;
  return `select ${name} as name from ${ownRowsSql(table)} t${pages}${where} order by md5(${name}) limit ${rows}`;
}

/** The values of a reference column in chosen rows: names of parents. `$1` is an array of row names. */
export function parentNamesSql(entity: PlanEntity, table: Table, column: string): string {
  return namesSql(entity, table, `${columnSql(column)}::text`);
}

/** The same of a reference that the source looks up. */
export function foundParentNamesSql(
  entity: PlanEntity,
  table: Table,
  match: ReferenceMatch,
  parent: Parent,
): string {
  return namesSql(entity, table, parentKeySql(match, parent));
}

function namesSql(entity: PlanEntity, table: Table, value: string): string {
  return `select distinct ${value} as name from ${ownRowsSql(table)} t where ${rowName(entity, table)} = any($1::text[]) and ${value} is not null`;
}

/** The same of a generic relation, for one value of its type column, `$2`. */
export function genericParentNamesSql(
  entity: PlanEntity,
  table: Table,
  column: string,
  typeColumn: string,
): string {
  return `${parentNamesSql(entity, table, column)} and ${columnSql(typeColumn)}::text = $2`;
}

/** A filter for the plan that lets just these rows through. */
export function chosenRowsCondition(entity: PlanEntity, table: Table, names: ReadonlySet<string>): string {
  const [single] = entity.key.columns;
  const type =
    entity.key.columns.length === 1 ? table.columns.find(({ name }) => name === single)?.type : undefined;
  // An extension's type has no operator on the search path, and values made of parts cannot be read from a list whose type
  // nobody names: their text is compared, at the cost of their index.
  const plain = single !== undefined && type !== undefined && isBuiltIn(type) && isOnePart(type);
  const left = plain ? columnSql(single) : rowName(entity, table);
  const cast = plain ? '' : '::text[]';
  const chosen = `${left} = any(${quoteLiteral(arrayLiteral(names))}${cast})`;
  return entity.where === undefined ? chosen : `(${entity.where}) and ${chosen}`;
}

function isOnePart(type: ColumnType): boolean {
  const { kind } = type.base ?? type;
  return kind === 'base' || kind === 'enum';
}

function arrayLiteral(names: ReadonlySet<string>): string {
  return `{${[...names].map((name) => `"${name.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`).join(',')}}`;
}
