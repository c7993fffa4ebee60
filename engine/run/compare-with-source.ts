/** Rows of a run as they are held against the source by the rollback; null where the source does not answer or is not what the plan knows. */
import type { CodeRunners } from '../contract/code.ts';
import type { Control } from '../control/control.ts';
import type { Log } from '../core/log.ts';
import type { Database } from '../db/database.ts';
import { classify } from '../db/sqlstate.ts';
import { hasCode } from '../plan/code-units.ts';
import { readCurrentCatalog } from '../plan/current-catalog.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { type ChangedRows, createChangedRows } from '../validation/changed-rows.ts';

export interface ComparingDependencies {
  readonly source: Database;
  readonly target: Database;
  readonly control: Control;
  readonly log: Log;
  readonly code: CodeRunners | null;
}

export async function compareWithSource(
  deps: ComparingDependencies,
  { runId, plan }: { readonly runId: string; readonly plan: PlanFile },
): Promise<ChangedRows | null> {
  if (hasCode(plan) && deps.code === null) return null;
  try {
    const catalog = await readCurrentCatalog(deps.source, plan);
    const namespace = await deps.control.runs.namespace(runId);
    return createChangedRows(deps, { plan, catalog, runId, namespace });
  } catch (error) {
    // undoing must not depend on the old database
    deps.log.warn('rollback.source-not-compared', { code: classify(error).code });
    return null;
  }
}
