/**
 * What lies between “this run exists” and “it may load”: its entities entered in the ledger and a person's yes. Every part
 * can be repeated, so a run that died here is begun again by resume.
 */
import { entityOf } from '../copy/prepare.ts';
import { MigrationError } from '../core/errors.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { type ApprovalRequest, approveRun } from './approve-run.ts';
import { forgetDecisions } from './forget-decisions.ts';
import { migratedEntities } from './migrated-entities.ts';
import type { RunDependencies } from './run-dependencies.ts';
import { missingDependencies, selectEntities } from './select-entities.ts';

export interface Choice {
  /** Everything that was asked for, in the order of levels. */
  readonly selection: readonly string[];
  /** What is not in the target yet. */
  readonly names: readonly string[];
  readonly migrated: ReadonlySet<string>;
}

/** Throws UNKNOWN_ENTITY and DEPENDENCY_NOT_MET. */
export async function chooseEntities(
  { target }: Pick<RunDependencies, 'target'>,
  plan: PlanFile,
  asked: { readonly entities: readonly string[]; readonly withDependencies: boolean },
): Promise<Choice> {
  const selection = selectEntities(plan, asked.entities, asked.withDependencies).names;
  const migrated = await migratedEntities(target, plan.migration);
  const names = selection.filter((name) => !migrated.has(name));
  refuseMissingParents(plan, names, migrated);
  return { selection, names, migrated };
}

export async function beginRun(
  deps: RunDependencies,
  { selection, migrated, names }: Choice,
  request: Omit<ApprovalRequest, 'names'>,
): Promise<void> {
  const { control } = deps;
  const { runId, plan } = request;
  const entries = selection.map((entity) => ({ entity, level: entityOf(plan, entity).level }));
  await control.entities.register(runId, entries);
  // what an earlier run decided by another plan, before it moved a row
  await forgetDecisions(deps, { migration: plan.migration, names });
  for (const entity of selection) if (migrated.has(entity)) await control.entities.skip({ runId, entity });
  await deps.failpoints.hit('run.entered');
  if (names.length > 0) await approveRun(deps, { ...request, names });
  await deps.failpoints.hit('run.approved');
}

export function refuseMissingParents(
  plan: PlanFile,
  names: readonly string[],
  migrated: ReadonlySet<string>,
): void {
  const missing = missingDependencies(plan, names, migrated);
  if (missing.length === 0) return;
  throw new MigrationError({
    code: 'DEPENDENCY_NOT_MET',
    message: `${names.join(', ')} cannot be moved before ${missing.join(', ')}.`,
    hint: 'Nothing was moved. Add --with-deps to move them as well, or move them first.',
    details: { missingDependencies: missing, currentState: [...migrated] },
  });
}
