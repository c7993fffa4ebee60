/**
 * Foreign keys of tables that were there before which do not follow from the plan, be it that it sends
 * a reference to another table than the key asks for: where rows were written quietly the server
 * has not asked them. Rows that one of them would have refused leave again, each to quarantine.
 */
import type { EntityLoad } from '../copy/entity-load.ts';
import type { Reference } from '../copy/references.ts';
import { leaveTarget, type Withdrawal } from '../copy/withdraw.ts';
import { quoteTable } from '../db/quote.ts';
import { Misfit } from '../mapping/misfit.ts';
import { danglingKeysSql, type ForeignKeyRow, foreignKeysOfSql } from './existing-tables.sql.ts';

export async function leaveDangling(
  load: EntityLoad,
  references: readonly Reference[],
  withdrawal: Withdrawal,
): Promise<void> {
  if (!load.silenced) return;
  const table = quoteTable(load.target);
  const written = new Set(load.compiled.columns);
  for (const key of await withdrawal.target.query<ForeignKeyRow>(foreignKeysOfSql, [table])) {
    if (!key.columns.some((name) => written.has(name)) || isPlanned(key, load, references)) continue;
    const sql = danglingKeysSql(table, quoteTable(load.pairsTable), key);
    const rows = await withdrawal.target.query<{ key: string }>(sql);
    await leaveTarget(
      load,
      rows.map((row) => ({ key: row.key, misfit: dangling(key), sqlstate: '23503', constraint: key.name })),
      withdrawal,
    );
  }
}

/** The plan's reference leads to the very table that the key asks for: its rows have been seen to, or come later. */
function isPlanned(key: ForeignKeyRow, load: EntityLoad, references: readonly Reference[]): boolean {
  return references.some(
    ({ child, column, tables }) =>
      child === load &&
      key.columns.length === 1 &&
      key.columns[0] === column.to &&
      tables.length === 1 &&
      tables[0]!.schema === key.parent.schema &&
      tables[0]!.name === key.parent.name &&
      key.parentColumns[0] === 'id',
  );
}

function dangling({ columns, name }: ForeignKeyRow): Misfit {
  const misfit = new Misfit('orphan-reference', `points to a record that is not in the target (${name})`);
  misfit.column = columns.join(', ');
  return misfit;
}
