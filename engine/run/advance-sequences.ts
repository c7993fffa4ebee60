/**
 * Columns of a table that was there before which count by themselves (serial, identity by default) and were filled with old
 * numbers: the next number that the table gives must not be one of them. Never counts backwards.
 */
import type { EntityLoad } from '../copy/entity-load.ts';
import type { Session } from '../db/database.ts';
import { quoteIdentifier, quoteTable } from '../db/quote.ts';
import { ownedSequencesSql } from './target-objects.sql.ts';

export async function advanceSequences(
  { compiled, target: table }: EntityLoad,
  target: Session,
): Promise<void> {
  const name = quoteTable(table);
  const owned = await target.query<{ column: string; sequence: string }>(ownedSequencesSql, [
    name,
    compiled.columns,
  ]);
  for (const { column, sequence } of owned) {
    const highest = `(select max(${quoteIdentifier(column)})::bigint from ${name})`;
    await target.query(
      `select setval('${sequence.replaceAll("'", "''")}', highest) from (select ${highest} as highest) m
       where highest > (select last_value from ${sequence})`,
    );
  }
}
