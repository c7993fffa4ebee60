/**
 * Columns of a table that was there before which count by themselves (serial, identity by default) and were filled with old
 * numbers: the next number that the table gives must not be one of them. Never counts backwards. What a sequence stood at
 * when the run came, and when it left, is kept for the rollback.
 */
import type { EntityLoad } from '../copy/entity-load.ts';
import { readExistingColumns } from '../copy/merge-rows.ts';
import type { Session } from '../db/database.ts';
import { quoteIdentifier, quoteTable } from '../db/quote.ts';
import type { TableName } from '../schema/catalog.ts';
import { ownedSequencesSql } from './target-objects.sql.ts';

interface Owned {
  readonly column: string;
  readonly sequence: TableName;
  /** False: this user may draw numbers and no more, so rollback does not set it back. */
  readonly readable: boolean;
}

/** Before the first row of a run comes; what an earlier attempt kept stays. */
export async function keepSequences(
  { compiled, runId, target: table }: EntityLoad,
  target: Session,
): Promise<void> {
  for (const { column, sequence, readable } of await ownedBy(table, target)) {
    if (!readable) continue;
    await target.query(
      `insert into towpath.sequence_images (run_id, entity, sequence, column_name, before_value, before_called)
        select $1, $2, $3, $4, last_value, is_called from ${quoteTable(sequence)} on conflict do nothing`,
      [runId, compiled.plan.name, quoteTable(sequence), column],
    );
  }
}

export async function advanceSequences(
  { compiled, runId, target: table }: EntityLoad,
  target: Session,
): Promise<void> {
  const name = quoteTable(table);
  const filled = new Set(compiled.columns);
  for (const { column, sequence, readable } of await ownedBy(table, target)) {
    if (filled.has(column)) {
      const highest = `(select max(${quoteIdentifier(column)})::bigint from ${name})`;
      await target.query(
        `select setval($1::regclass, highest) from (select ${highest} as highest) m
         where highest > (select last_value from ${quoteTable(sequence)})`,
        [quoteTable(sequence)],
      );
    }
    if (!readable) continue;
    await target.query(
      `update towpath.sequence_images set after_value = (select last_value from ${quoteTable(sequence)})
        where run_id = $1 and entity = $2 and to_regclass(sequence) = $3::regclass`,
      [runId, compiled.plan.name, quoteTable(sequence)],
    );
  }
}

async function ownedBy(table: EntityLoad['target'], target: Session): Promise<Owned[]> {
  const columns = await readExistingColumns(target, table);
  const owned = await target.query<TableName & Pick<Owned, 'column' | 'readable'>>(ownedSequencesSql, [
    quoteTable(table),
    columns.map((column) => column.name),
  ]);
  return owned.map(({ column, readable, schema, name }) => ({
    column,
    readable,
    sequence: { schema, name },
  }));
}
