/** Rows that were moved already must be what the edited plan says too; otherwise nothing is moved by it. */
import { createReadingLedger } from '../../copy/key-ledger.ts';
import { createPreparation } from '../../copy/prepare.ts';
import { MigrationError } from '../../core/errors.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { formatCount, joinWords } from '../../report/words.ts';
import type { Catalog } from '../../schema/catalog.ts';
import type { RunDependencies } from '../run-dependencies.ts';
import type { RetryPlace } from './open-place.ts';
import { entitiesToCompare } from './plan-fits-run.ts';
import { compareRows } from './same-rows.ts';

export interface PlanChangeOfRun {
  readonly runId: string;
  readonly old: PlanFile;
  readonly now: PlanFile;
  readonly catalog: Catalog;
}

/** Null where they are the same; otherwise RETRY_CHANGES_MOVED_ROWS. */
export async function refuseChangedRows(
  deps: RunDependencies,
  place: Pick<RetryPlace, 'source' | 'target' | 'code'>,
  { runId, old, now, catalog }: PlanChangeOfRun,
): Promise<MigrationError | null> {
  const names = await moved(deps, runId, entitiesToCompare(old, now));
  if (names.length === 0) return null;
  const namespace = await deps.control.runs.namespace(runId);
  const ledger = createReadingLedger(deps.control, now.migration, place.target);
  const shared = { catalog, runId, namespace, ledger, wire: 'text', ...place } as const;
  const [before, after] = [old, now].map((plan) => createPreparation({ ...shared, plan }));
  const found: { entity: string; otherwise: number; added: number }[] = [];
  for (const entity of names) {
    const held = new Set(await heldKeys(deps, runId, entity));
    const rows = await compareRows({
      old: await before!.prepare(entity),
      now: await after!.prepare(entity),
      held,
      source: place.source,
    });
    if (rows.otherwise + rows.added > 0) found.push({ entity, ...rows });
  }
  return found.length === 0 ? null : refusal(found);
}

/** Of the others no row was moved that could become otherwise. */
async function moved(
  { control }: RunDependencies,
  runId: string,
  names: readonly string[],
): Promise<string[]> {
  const totals = await control.batches.totalsOf(runId, names);
  return names.filter((name) => (totals.get(name)?.completed ?? 0) > 0);
}

function refusal(
  found: readonly { readonly entity: string; readonly otherwise: number; readonly added: number }[],
): MigrationError {
  const told = found.flatMap(({ entity, otherwise, added }) => [
    ...(otherwise > 0 ? [`${formatCount(otherwise)} of ${entity} would be otherwise`] : []),
    ...(added > 0 ? [`${formatCount(added)} of ${entity} would come in that were left out`] : []),
  ]);
  return new MigrationError({
    code: 'RETRY_CHANGES_MOVED_ROWS',
    message: `The edited plan does not only concern rows that are set aside: ${joinWords(told)}.`,
    hint: 'Nothing was changed. Make the change narrower, so that rows that were moved come out as they are; or undo the run with towpath rollback, and move everything by the edited plan.',
    details: { entities: found },
  });
}

const PAGE = 5000;

async function heldKeys({ control }: RunDependencies, runId: string, entity: string): Promise<string[]> {
  const keys: string[] = [];
  for (let afterId: string | undefined; ; ) {
    const page = await control.quarantine.list({
      runId,
      entity,
      limit: PAGE,
      ...(afterId === undefined ? {} : { afterId }),
    });
    keys.push(...page.map(({ legacyId }) => legacyId));
    if (page.length < PAGE) return keys;
    afterId = page.at(-1)!.id;
  }
}
