/**
 * Sequences of tables that were there before stand again where they stood when the run came, as long as nobody else has drawn a number
 * since: a number that somebody was given is never given twice.
 */
import { quoteIdentifier, quoteTable } from '../db/quote.ts';
import type { TableName } from '../schema/catalog.ts';
import type { RollbackContext } from './context.ts';
import { forgetSequencesSql, sequenceImagesSql } from './rollback.sql.ts';
import type { SurveyedEntity } from './survey.ts';
import { inTransaction } from './take-out-batches.ts';

interface SequenceImage extends TableName {
  readonly column: string;
  readonly before: string;
  readonly called: boolean;
  /** Null where the run did not come to the table's end. */
  readonly after: string | null;
}

/** Once the entity's rows are gone. Where rows stay that others changed, it comes again with these, should they go after all. */
export async function restoreSequences(
  context: RollbackContext,
  { entity, existing, table }: Pick<SurveyedEntity, 'entity' | 'existing' | 'table'>,
): Promise<void> {
  if (!existing || !table) return;
  const { session, runId, control } = context;
  await inTransaction(context, async () => {
    for (const image of await session.query<SequenceImage>(sequenceImagesSql, [runId, entity])) {
      const { column, before, called, after } = image;
      const sequence = quoteTable(image);
      await session.query(
        `select setval($1::regclass, $2::bigint, $3) from ${sequence} s
          where ($4::bigint is null or s.last_value = $4::bigint) and s.last_value >= $2::bigint
            and not exists (select from ${quoteTable(table)} where ${quoteIdentifier(column)} > $2::bigint)`,
        [sequence, before, called, after],
      );
    }
    const left = await control.left.count({ runId, entity }, session);
    if (left.changed + left.pointedAt === 0) await session.query(forgetSequencesSql, [runId, entity]);
  });
}
