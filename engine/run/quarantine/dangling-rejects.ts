/**
 * Rows that a foreign key of the target would have refused, had it been asked: while triggers are kept quiet it is not. Looked
 * at in the transaction that wrote them.
 */
import type { Reject } from '../../copy/map-stream.ts';
import type { Session } from '../../db/database.ts';
import { quoteTable } from '../../db/quote.ts';
import { Misfit } from '../../mapping/misfit.ts';
import { danglingKeysSql, type ForeignKeyRow, foreignKeysOfSql } from '../existing-tables.sql.ts';
import type { FittingRows } from './find-fitting.ts';

/** By entity; those that were written just now, and no other. */
export async function danglingRejects(
  found: readonly FittingRows[],
  target: Session,
): Promise<Map<string, Reject[]>> {
  const refused = new Map<string, Reject[]>();
  for (const { load, held, fits } of found) {
    if (!load.silenced || fits.size === 0) continue;
    const table = quoteTable(load.target);
    for (const key of await target.query<ForeignKeyRow>(foreignKeysOfSql, [table])) {
      const rows = await target.query<{ key: string }>(
        danglingKeysSql(table, quoteTable(load.pairsTable), key),
      );
      const ours = rows.filter((row) => fits.has(row.key)).map((row) => dangling(row.key, key));
      if (ours.length > 0) refused.set(held.entity, [...(refused.get(held.entity) ?? []), ...ours]);
    }
  }
  return refused;
}

function dangling(key: string, { columns, name }: ForeignKeyRow): Reject {
  const misfit = new Misfit('orphan-reference', `points to a record that is not in the target (${name})`);
  misfit.column = columns.map((column) => column.replaceAll('"', '')).join(', ');
  return { key, misfit, sqlstate: '23503', constraint: name };
}
