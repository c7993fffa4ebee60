/** The rows that code is tried on: those that a rehearsal of so many rows would begin with. */
import type { Cell } from '../../contract/code.ts';
import type { Database } from '../../db/database.ts';
import { columnSql } from '../../mapping/pass-through.ts';
import type { PlanEntity } from '../../plan/plan-file.ts';
import type { Table } from '../../schema/catalog.ts';
import { ownRowsSql } from '../../schema/own-rows.sql.ts';
import { chooseRowsSql, rowName } from '../sample-keys.sql.ts';

export interface SampleRow {
  /** Its old key as text; null for a table without one. */
  readonly key: string | null;
  /** In the order of what the code reads. */
  readonly cells: readonly Cell[];
}

export async function sampleRows(
  source: Database,
  entity: PlanEntity,
  table: Table,
  reads: readonly string[],
  rows: number,
): Promise<SampleRow[]> {
  const named = await source.query<{ name: string }>(chooseRowsSql(entity, table, rows));
  const found = await source.query<{ name: string; cells: Cell[] }>(cellsSql(entity, table, reads), [
    named.map(({ name }) => name),
  ]);
  const hasKey = entity.key.columns.length > 0;
  return found.map(({ name, cells }) => ({ key: hasKey ? name : null, cells }));
}

/** `$1`: names of rows. In an order of their own, so that the same rows are shown the same way. */
function cellsSql(entity: PlanEntity, table: Table, reads: readonly string[]): string {
  const name = rowName(entity, table);
  const cells = reads.map((column) => `${columnSql(column)}::text`).join(', ');
  return `select ${name} as name, array[${cells}]::text[] as cells from ${ownRowsSql(table)} t where ${name} = any($1::text[]) order by length(${name}), ${name}`;
}
