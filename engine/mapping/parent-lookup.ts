/**
 * References that a parent's key text does not follow from: several columns, a unique column that is not the key, or a
 * type whose equal values have different texts (1.5 and 1.50, `Abc` and `ABC` of a type that ignores case). The source
 * finds the parent itself, by a scalar subselect over the index of its key, and gives the parent's legacy key.
 */
import { quoteIdentifier } from '../db/quote.ts';
import type { PlanEntity, ReferenceMatch } from '../plan/plan-file.ts';
import type { Column, Table } from '../schema/catalog.ts';
import { ownRowsSql } from '../schema/own-rows.sql.ts';
import { columnSql, isBuiltIn } from './pass-through.ts';
import { keyTextSql } from './source-key.ts';

export interface Parent {
  readonly entity: PlanEntity;
  readonly table: Table;
}

/** Legacy key of the row pointed at, as text; null where there is none. */
export function parentKeySql(match: ReferenceMatch, parent: Parent): string {
  return foundSql(match, parent.table, keyTextSql(parent.entity.key.columns, 'p'));
}

/** SQL over the row `p` that equals this one in the columns named; null where there is none. */
export function foundSql(match: ReferenceMatch, table: Table, value: string): string {
  const conditions = match.columns.map((own, i) => {
    const name = match.parentColumns[i]!;
    const column = table.columns.find((candidate) => candidate.name === name);
    return `p.${quoteIdentifier(name)} ${equalsOf(column)} ${columnSql(own)}`;
  });
  return `(select ${value} from ${ownRowsSql(table)} p where ${conditions.join(' and ')})`;
}

/** What the row says, as text; null where it says nothing: one empty part makes the whole reference empty. */
export function ownValueSql({ columns }: ReferenceMatch): string {
  const text = keyTextSql(columns, 't');
  if (columns.length === 1) return text;
  const empty = columns.map((name) => `${columnSql(name)} is null`).join(' or ');
  return `case when ${empty} then null else ${text} end`;
}

/** The operator of an extension's type lies in the extension's schema, which is not on the search path. */
function equalsOf(column: Column | undefined): string {
  if (!column || isBuiltIn(column.type) || column.type.kind === 'domain') return '=';
  return `operator(${quoteIdentifier(column.type.schema)}.=)`;
}
