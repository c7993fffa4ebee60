/** The row as the target holds it, beside what the plan makes of the source now. */
import type { Database } from '../../db/database.ts';
import { sqlstateOf } from '../../db/sqlstate.ts';
import type { PlanEntity } from '../../plan/plan-file.ts';
import { idColumnOf } from '../../validation/rows/row-id.ts';
import type { MappedColumn } from './map-row.ts';
import { type ComparedColumn, columnTypesSql, heldRowSql, targetRowSql } from './target-row.sql.ts';

export interface TargetRow {
  /** By column of the plan. */
  readonly held: ReadonlyMap<string, string | null>;
  /** Columns that are not what the plan makes of the source now; null where that could not be compared. */
  readonly differing: readonly string[] | null;
  /** True where its last writer was no run of Towpath's. */
  readonly foreign: boolean;
}

interface Read {
  readonly held: readonly (string | null)[];
  readonly same: readonly boolean[];
  readonly foreign: boolean;
}

/** Null where the target has no such row, or no such table. `mapped` null: there is nothing to compare with. */
export async function readTargetRow(
  target: Database,
  entity: PlanEntity,
  newId: string,
  mapped: readonly MappedColumn[] | null,
): Promise<TargetRow | null> {
  const table = { schema: entity.target.schema, name: entity.target.table };
  const types = await target.query<ComparedColumn>(columnTypesSql, [table.schema, table.name]);
  const id = idColumnOf(entity);
  const planned = entity.columns.map(({ to }) => to);
  const columns = types.filter(({ name }) => planned.includes(name));
  if (!columns.some(({ name }) => name === id)) return null;
  const expected = columns.map(({ name }) => mapped?.find(({ column }) => column.to === name));
  const compared = expected.every((column) => column !== undefined && column.misfit === null);
  const names = columns.map(({ name }) => name);
  const plain = async () => (await target.query<Read>(heldRowSql(table, id, names), [newId]))[0];
  const values = expected.map((column) => column?.value ?? null);
  const row = compared
    ? await compare(target, targetRowSql(table, id, columns), [newId, ...values], plain)
    : await plain();
  if (!row) return null;
  return {
    held: new Map(names.map((name, i) => [name, row.held[i] ?? null])),
    differing: row.same.length === 0 ? null : names.filter((_, i) => !row.same[i]),
    foreign: row.foreign,
  };
}

/** A value that the column's type refuses is told as not comparable, not as an error. */
async function compare(
  target: Database,
  sql: string,
  values: readonly (string | null)[],
  otherwise: () => Promise<Read | undefined>,
): Promise<Read | undefined> {
  try {
    return (await target.query<Read>(sql, values))[0];
  } catch (error) {
    if (sqlstateOf(error) === undefined) throw error;
    return otherwise();
  }
}
