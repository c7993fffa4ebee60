/**
 * Rules over rows that are one record: the table has a key, the columns are there and can be compared, and no amount of money
 * is lost that nobody has named.
 */
import type { ColumnType, Table } from '../schema/catalog.ts';
import { type DedupeRule, dedupeRuleOf } from './dedupe-rule.ts';
import type { PlanPath, Tell } from './finding.ts';
import { nearest } from './nearest.ts';
import type { PlanEntity } from './plan-file.ts';
import { transformsOf } from './transforms.ts';

/** Types whose values the server can neither compare nor order, or calls equal where they are not the same. */
const INCOMPARABLE = new Set(['json', 'xml', 'point', 'line', 'lseg', 'box', 'path', 'polygon', 'circle']);
const TEXTS = new Set(['text', 'varchar', 'bpchar', 'char', 'name', 'citext']);

export function checkDedupe(entity: PlanEntity, table: Table, at: PlanPath, tell: Tell): void {
  const rule = dedupeRuleOf(entity);
  if (rule === null) {
    checkEqualRows(entity, at, tell);
    return;
  }
  const place = [...at, 'dedupe'];
  if (entity.key.columns.length === 0)
    tell(
      place,
      `${entity.name} has no key, so nothing could lead to the row that is kept.`,
      'Write dedupe: true, which keeps one of several rows that are equal in every column, or name a key.',
    );
  if (entity.merge !== undefined)
    tell(
      place,
      `${entity.name} is matched with rows of the target already, so its own rows cannot be put together too.`,
      'Take merge or dedupe out.',
    );
  checkNames(rule, entity, table, place, tell);
  checkFolding(rule, table, place, tell);
  checkMoney(rule, entity, table, place, tell);
}

/** `true` never did anything in a table with a key, and now somebody may expect it to. */
function checkEqualRows({ dedupe, key, name }: PlanEntity, at: PlanPath, tell: Tell): void {
  if (dedupe !== true || key.columns.length === 0) return;
  tell(
    [...at, 'dedupe'],
    `${name} has a key, so no two of its rows are equal in every column.`,
    'Say by which columns they are one record, dedupe: { by: [ … ] }, or take it out.',
    'warning',
  );
}

function checkNames(rule: DedupeRule, entity: PlanEntity, table: Table, at: PlanPath, tell: Tell): void {
  const names = table.columns.map(({ name }) => name);
  const check = (name: string, place: PlanPath, compared: boolean) => {
    const column = table.columns.find((item) => item.name === name);
    if (!column) {
      const meant = nearest(name, names);
      tell(
        place,
        `${table.schema}.${table.name} has no column ${name}.`,
        meant ? `Did you mean ${meant}?` : `Its columns: ${names.slice(0, 20).join(', ')}.`,
      );
    } else if (compared && isIncomparable(column.type))
      tell(place, `Values of ${name} (${column.type.sql}) cannot be compared.`, 'Name another column.');
  };
  rule.by.forEach((name, i) => {
    check(name, [...at, 'by', i], true);
  });
  if (rule.orderBy !== undefined) check(rule.orderBy, [...at, 'orderBy'], true);
  rule.loses.forEach((name, i) => {
    check(name, [...at, 'loses', i], false);
  });
  const known = new Set(rule.by);
  if (entity.key.columns.length > 0 && entity.key.columns.every((name) => known.has(name)))
    tell(
      [...at, 'by'],
      `${entity.key.columns.join(' and ')} is the key of ${entity.name}: no two rows have the same.`,
      'Name the columns by which people would know that two rows are one record.',
    );
}

function checkFolding({ by, ignoreCase, trim }: DedupeRule, table: Table, at: PlanPath, tell: Tell): void {
  if (!ignoreCase && !trim) return;
  const columns = table.columns.filter(({ name }) => by.includes(name));
  if (columns.length === 0 || columns.some(({ type }) => isText(type))) return;
  tell(
    [...at, ignoreCase ? 'ignoreCase' : 'trim'],
    `None of ${by.join(', ')} is text.`,
    'Take ignoreCase and trim out.',
  );
}

/** Amounts of rows that are not moved are missing in the new system: that is said by name or not done. */
function checkMoney(rule: DedupeRule, entity: PlanEntity, table: Table, at: PlanPath, tell: Tell): void {
  const unnamed = moneySources(entity, table).filter((name) => !rule.loses.includes(name));
  if (unnamed.length > 0)
    tell(
      [...at, 'loses'],
      `Of rows that are one record a single one is moved, so what the others have in ${unnamed.join(', ')} would be missing in the new system.`,
      `Two payments of one amount may both be real. If the amounts may be lost, say so: loses: [ ${unnamed.join(', ')} ]. Else take dedupe out.`,
    );
  else if (entity.financial && rule.loses.length === 0)
    tell(
      [...at, 'loses'],
      `${entity.name} counts as money, and of rows that are one record a single one is moved.`,
      'Name the columns whose values may be lost under loses, or take dedupe out.',
    );
}

/** Source columns that hold amounts. */
export function moneySources({ columns, leftOut }: PlanEntity, table: Table): string[] {
  const moved = columns.flatMap((column) => {
    const isMoney = column.money !== undefined || transformsOf(column).some(({ kind }) => kind === 'money');
    return isMoney && column.from !== undefined ? [column.from] : [];
  });
  const staying = new Set(leftOut.map(({ column }) => column));
  const typed = table.columns.filter(({ name, type }) => storageOf(type) === 'money' && !staying.has(name));
  return [...new Set([...moved, ...typed.map(({ name }) => name)])];
}

function isIncomparable(type: ColumnType): boolean {
  return INCOMPARABLE.has(type.element?.name ?? storageOf(type)) || type.kind === 'composite';
}

export function isText(type: ColumnType): boolean {
  return type.kind !== 'array' && TEXTS.has(storageOf(type));
}

function storageOf(type: ColumnType): string {
  return type.base?.name ?? type.of ?? type.name;
}
