/**
 * Foreign keys of tables that were there before which do not follow from the plan: where rows were written quietly the server
 * has not asked them. Rows that one of them would have refused leave again, each to quarantine.
 */
import type { EntityLoad } from '../copy/entity-load.ts';
import { leaveTarget, type Withdrawal } from '../copy/withdraw.ts';
import { quoteIdentifier, quoteTable } from '../db/quote.ts';
import { Misfit } from '../mapping/misfit.ts';
import { transformsOf } from '../plan/transforms.ts';
import { danglingKeysSql, type ForeignKeyRow, foreignKeysOfSql } from './existing-tables.sql.ts';

export async function leaveDangling(load: EntityLoad, withdrawal: Withdrawal): Promise<void> {
  if (!load.silenced) return;
  const table = quoteTable(load.target);
  const planned = new Set(
    load.compiled.plan.columns
      .filter((column) => transformsOf(column)[0]!.kind === 'reference')
      .map(({ to }) => quoteIdentifier(to)),
  );
  const written = new Set(load.compiled.columns.map(quoteIdentifier));
  const plain = (name: string) => (name.startsWith('"') ? name : `"${name}"`);
  for (const key of await withdrawal.target.query<ForeignKeyRow>(foreignKeysOfSql, [table])) {
    const columns = key.columns.map(plain);
    if (!columns.some((name) => written.has(name))) continue;
    if (columns.length === 1 && planned.has(columns[0]!)) continue;
    const sql = danglingKeysSql(table, quoteTable(load.pairsTable), key);
    const rows = await withdrawal.target.query<{ key: string }>(sql);
    await leaveTarget(
      load,
      rows.map((row) => ({ key: row.key, misfit: dangling(key), sqlstate: '23503', constraint: key.name })),
      withdrawal,
    );
  }
}

function dangling({ columns, name }: ForeignKeyRow): Misfit {
  const misfit = new Misfit('orphan-reference', `points to a record that is not in the target (${name})`);
  misfit.column = columns.map((column) => column.replaceAll('"', '')).join(', ');
  return misfit;
}
