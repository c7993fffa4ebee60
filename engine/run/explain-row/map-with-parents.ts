/**
 * The row through the mapper with the parents it really has, which it is asked for itself: once mapped as if every row that
 * it points to were there, it has said which those are.
 */
import type { CodeRunners } from '../../contract/code.ts';
import type { ExplainedReference } from '../../contract/explain.ts';
import type { FoundRow } from '../../contract/report.ts';
import type { Control } from '../../control/control.ts';
import type { Run } from '../../control/run-store.ts';
import { createCodeDesk } from '../../copy/code/code-desk.ts';
import type { Log } from '../../core/log.ts';
import type { Database } from '../../db/database.ts';
import { codeOf } from '../../plan/code-units.ts';
import type { PlanEntity, PlanFile } from '../../plan/plan-file.ts';
import type { Catalog } from '../../schema/catalog.ts';
import { findParents, keptIdsOf, parentsThatKnow, parentsThatListen } from './asked-parents.ts';
import type { Doubts } from './doubts.ts';
import { type MappedRow, mapRow } from './map-row.ts';
import { referencesOf } from './references-of.ts';

interface MapDependencies {
  readonly source: Database;
  readonly control: Control;
  readonly log: Log;
  readonly code: CodeRunners | null;
}

interface ToMap {
  readonly plan: PlanFile;
  readonly catalog: Catalog;
  readonly entity: PlanEntity;
  readonly run: Run;
  readonly found: FoundRow;
  readonly doubts: Pick<Doubts, 'add'>;
}

/** Twice: once to hear which other rows it points to, once with those that are there. */
export async function mapWithParents(
  { source, control, code, log }: MapDependencies,
  { plan, catalog, entity, run, found, doubts }: ToMap,
): Promise<(MappedRow & { readonly references: readonly ExplainedReference[] }) | null> {
  const namespace = await control.runs.namespace(run.runId);
  const listening = parentsThatListen(plan, namespace);
  const writes = codeOf(entity).flatMap((one) => one.writes);
  if (code === null && writes.length > 0)
    doubts.add(`What code makes of ${writes.join(', ')} is not told: there is nothing here to run it in.`);
  const desk = code === null ? null : createCodeDesk(code, log);
  const session = await source.session({ purpose: 'explain' });
  try {
    const own = new Map(found.newId === null ? [] : [[found.legacyId, found.newId]]);
    const duplicates = repeatedColumns(found);
    const input = {
      ...{ plan, catalog, entity, namespace, duplicates, source: session, desk },
      legacyId: found.legacyId,
      keptIds: keptIdsOf(namespace, entity.name, own),
    };
    const trusting = await mapRow({ ...input, parents: listening });
    if (trusting === null) return null;
    const parents = await findParents(control, plan.migration, listening);
    const mapped = await mapRow({ ...input, parents: parentsThatKnow(plan, namespace, parents) });
    const references = await referencesOf({ control, plan, trusting: trusting.columns, listening, parents });
    return mapped === null ? null : { ...mapped, references };
  } finally {
    await Promise.allSettled([session.release(), desk?.close()]);
  }
}

/** Whether an earlier row has the same value is known from what was noted then; the whole table would have to be read. */
function repeatedColumns({ repairs, quarantined }: FoundRow): string[] {
  const aside = quarantined?.reason === 'duplicate-value' ? [quarantined.column] : [];
  return [
    ...repairs.filter(({ rule }) => rule === 'duplicate-email').map(({ column }) => column),
    ...aside,
  ].filter((column) => column !== null);
}
