/** What the target's catalog says of one table: constraints, indexes, triggers, statistics. One query a table. */
import type { Queryable } from '../control/queryable.ts';
import { quoteTable } from '../db/quote.ts';
import type { TableName } from '../schema/catalog.ts';
import { tableFactsSql } from './table-facts.sql.ts';

export interface TableFacts {
  /** Columns that the server keeps from being null. */
  readonly notNull: readonly string[];
  readonly constraints: readonly ConstraintFacts[];
  readonly indexes: readonly IndexFacts[];
  /** Enabled triggers of people's own; those of foreign keys do not count. */
  readonly triggers: readonly string[];
  readonly analyzed: boolean;
}

export interface ConstraintFacts {
  readonly name: string;
  readonly type: 'primary' | 'unique' | 'foreign' | 'check' | 'other';
  readonly columns: readonly string[];
  /** Table that a foreign key points to, quoted as `schema.table`. */
  readonly references: TableName | null;
  /** Its columns there. */
  readonly referenced: readonly string[];
  /** True where it holds for every row: validated, and its index is complete. */
  readonly valid: boolean;
}

export interface IndexFacts {
  readonly name: string;
  /** Empty name where an expression stands. */
  readonly columns: readonly string[];
  readonly unique: boolean;
  readonly valid: boolean;
  readonly partial: boolean;
}

/** Null where the table does not exist. */
export async function readTableFacts(target: Queryable, table: TableName): Promise<TableFacts | null> {
  const [row] = await target.query<{ facts: TableFacts | null }>(tableFactsSql, [quoteTable(table)]);
  return row?.facts ?? null;
}
