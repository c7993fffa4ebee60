/** A question about a table that the plan leaves out whole: the answer needs no row. */
import type { ExplainOptions, RowExplanation } from '../../contract/explain.ts';
import type { Run } from '../../control/run-store.ts';
import { shownText } from '../../core/shown-text.ts';
import type { PlanFile } from '../../plan/plan-file.ts';

/** Null where the name is an entity, or nothing that the plan knows. */
export function excludedTable(
  plan: PlanFile,
  { entity, id }: ExplainOptions,
  { runId, state, planHash }: Run,
): RowExplanation | null {
  if (plan.entities.some(({ name }) => name === entity)) return null;
  const found = plan.excluded.find(
    ({ schema, table }) => entity === table || entity === `${schema}.${table}`,
  );
  if (!found) return null;
  return {
    entity,
    legacyId: id,
    newId: null,
    fate: 'left-out',
    words: `No row of ${found.schema}.${found.table} moves; the plan leaves the table out: ${shownText(found.reason, 300)}`,
    next: 'map',
    leftOut: shownText(found.reason, 300),
    run: { runId, state, planHash },
    batch: null,
    retried: null,
    approval: null,
    quarantine: null,
    repairs: [],
    source: null,
    columns: [],
    references: [],
    changes: { source: 'unknown', target: 'same', columns: [], words: '' },
    verification: { state: 'not-yet', at: null, words: 'There is nothing to compare.' },
    notKnown: ['Whether the source has such a row was not looked up, because none of them moves.'],
  };
}
