/**
 * Statements that bring one row to what the plan says. Values are literals, because a person shall be able to read and
 * run them. Where the table has triggers, the statement keeps them from firing: they are what may have changed the row.
 */
import { quoteIdentifier, quoteLiteral, quoteTable } from '../../db/quote.ts';
import type { TableName } from '../../schema/catalog.ts';

export interface FixTarget {
  readonly table: TableName;
  readonly idColumn: string;
  /** True where triggers of the table's owner fire on changes. */
  readonly triggers: boolean;
}

export function setValueSql(target: FixTarget, id: string, column: string, value: string | null): string {
  const set = `${quoteIdentifier(column)} = ${literal(value)}`;
  return quietly(target, `update ${quoteTable(target.table)} set ${set} where ${idIs(target, id)}`);
}

export function insertRowSql(
  target: FixTarget,
  columns: readonly string[],
  values: readonly (string | null)[],
): string {
  const list = columns.map(quoteIdentifier).join(', ');
  const row = values.map(literal).join(', ');
  return quietly(target, `insert into ${quoteTable(target.table)} (${list}) values (${row})`);
}

export function deleteRowSql(target: FixTarget, id: string): string {
  return quietly(target, `delete from ${quoteTable(target.table)} where ${idIs(target, id)}`);
}

function idIs(target: FixTarget, id: string): string {
  return `${quoteIdentifier(target.idColumn)} = ${quoteLiteral(id)}`;
}

function literal(value: string | null): string {
  return value === null ? 'null' : quoteLiteral(value).trim();
}

function quietly({ triggers }: FixTarget, statement: string): string {
  if (!triggers) return statement;
  return `begin; set local session_replication_role = replica; ${statement}; commit`;
}
