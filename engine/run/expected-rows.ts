/**
 * How many rows an entity will have read when it is loaded. At first all of the snapshot. A resumed run reads the rest on
 * a later snapshot, so there it is what was read before and what the rest holds now.
 */
import type { EntityLoad } from '../copy/entity-load.ts';
import { countRangeSql } from '../copy/source-query.sql.ts';
import type { RunContext } from './run-context.ts';

export async function expectedRows(
  { control, runId, source }: RunContext,
  load: EntityLoad,
): Promise<number> {
  const entity = load.compiled.plan.name;
  const frontier = await control.batches.frontier(runId, entity);
  if (frontier === null) return load.expectedRows;
  const totals = await control.batches.totals(runId, entity);
  const open = (await control.batches.unfinished(runId, entity)).map(({ range }) => range);
  if (frontier.upTo !== null) open.push({ after: frontier.upTo, upTo: null });
  let rows = totals.rowsRead;
  for (const range of open) {
    const [counted] = await source.query<{ rows: string }>(countRangeSql(load.compiled, range));
    rows += Number(counted!.rows);
  }
  return rows;
}
