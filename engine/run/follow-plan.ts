/**
 * A run that goes on by a plan that was edited since: what is complete stays as it is and must read the same in both plans;
 * kinds of records that are not complete and read otherwise now are moved by the edited plan from their first row on, so what
 * the old one had brought of them is taken out first (change-over.ts), and what it took for the same record is forgotten.
 *
 * A new plan is a new hash, so it needs a yes of its own, used by this run. Every part can be repeated: whoever died in the
 * middle begins again, finds the yes used and nothing left to take out.
 */
import type { ResumeOptions } from '../contract/run.ts';
import type { EntityProgress } from '../control/entity-store.ts';
import type { Run } from '../control/run-store.ts';
import { entityOf } from '../copy/prepare.ts';
import { MigrationError } from '../core/errors.ts';
import { refuseOpenQuestions } from '../plan/open-questions.ts';
import type { PlanFile } from '../plan/plan-file.ts';
import { planHash } from '../plan/plan-hash.ts';
import { refuseInvalid } from '../plan/refuse-invalid.ts';
import { undoScopeOf } from '../rollback/undo-scope.ts';
import type { Catalog } from '../schema/catalog.ts';
import { usePlanApproval } from './approve-run.ts';
import { refuseRowsInTheWay, takeOut } from './change-over.ts';
import { refuseUnsteady, refuseWrongCode } from './code-at-hand.ts';
import { forgetDecisions } from './forget-decisions.ts';
import { changedEntities, withDependents } from './plan-changes.ts';
import type { RunDependencies } from './run-dependencies.ts';
import { keepCatalog } from './unchanged-source.ts';

export interface Following {
  readonly run: Run;
  readonly before: PlanFile;
  readonly after: PlanFile;
  /** The source as it is. */
  readonly catalog: Catalog;
  readonly approveAs: NonNullable<ResumeOptions['approveAs']> | null;
}

/**
 * Throws PLAN_TOUCHES_COMPLETE, CHANGED_ROWS_IN_THE_WAY, and what a new run by this plan would be refused for; then nothing
 * was changed.
 */
export async function followPlan(deps: RunDependencies, following: Following): Promise<void> {
  const { control } = deps;
  const { run, before, after, catalog, approveAs } = following;
  const { runId } = run;
  const changed = changedEntities(before, after);
  const known = await control.entities.list(runId);
  const isIn = known.filter(({ state }) => state === 'completed' || state === 'skipped');
  const touched = isIn.map(({ entity }) => entity).filter((entity) => changed.includes(entity));
  if (touched.length > 0 || before.migration !== after.migration) throw touchesComplete(run, touched);
  refuseOpenQuestions(after);
  refuseInvalid(after, catalog);
  await refuseWrongCode(deps.code, after, catalog);
  await refuseUnsteady(deps, after, catalog, changed);
  const going = goingOut(run, known, changed);
  const takingOut = { runId, plan: before, after, entities: going };
  await refuseRowsInTheWay(deps, takingOut);
  await keepPlan(deps, after, catalog);
  const open = after.entities.filter(({ name }) => !isIn.some(({ entity }) => entity === name));
  await usePlanApproval(deps, { runId, plan: after, names: open.map(({ name }) => name), approveAs });
  await deps.failpoints.hit('plan.approved');
  const isLeft = known.some(({ entity, state }) => going.includes(entity) && state !== 'rolled-back');
  if (isLeft || run.state === 'rolling-back') await takeOut(deps, takingOut);
  await deps.failpoints.hit('plan.taken-out');
  await goOnBy(deps, following, { changed, known });
}

/**
 * Whether this run has begun to change over, and died while it took rows out. It may go on by any plan that has a yes, the old
 * one, too: what it began to take out goes whatever the plan says of it.
 */
export function isChangingOver(run: Run, plan: PlanFile | undefined): boolean {
  return plan !== undefined && (undoScopeOf(run)?.forPlan ?? null) !== null;
}

/** Of what is moved otherwise, what has begun; and what an attempt that broke off was about to take out. */
function goingOut(run: Run, known: readonly EntityProgress[], changed: readonly string[]): string[] {
  const begun = known.filter(({ entity, state }) => changed.includes(entity) && state !== 'pending');
  return [...new Set([...begun.map(({ entity }) => entity), ...(undoScopeOf(run)?.entities ?? [])])];
}

async function keepPlan(deps: RunDependencies, plan: PlanFile, catalog: Catalog): Promise<void> {
  await keepCatalog(deps, catalog);
  const { fingerprint } = plan.source;
  const kept = { hash: planHash(plan), kind: 'plan', content: plan, parentHash: fingerprint };
  await deps.control.artifacts.put(kept);
}

interface Difference {
  readonly changed: readonly string[];
  readonly known: readonly EntityProgress[];
}

/** In one transaction: the run names the edited plan, knows its kinds of records, and nothing that the old one decided of them. */
async function goOnBy(
  deps: RunDependencies,
  { run, before, after, approveAs }: Following,
  { changed, known }: Difference,
): Promise<void> {
  const { control } = deps;
  const { runId } = run;
  const has = (name: string) => after.entities.some((entity) => entity.name === name);
  const added = everything(run) ? after.entities.map(({ name }) => name) : [];
  const names = [...new Set([...known.map(({ entity }) => entity), ...added])].filter(has);
  const entries = names.map((entity) => ({ entity, level: entityOf(after, entity).level }));
  const begun = known.filter(({ state }) => state !== 'pending' && state !== 'rolled-back');
  const anew = withDependents(after, changed).filter(
    (name) => changed.includes(name) || !begun.some(({ entity }) => entity === name),
  );
  const asked = { migration: after.migration, names: anew };
  await forgetDecisions(deps, asked, async (session) => {
    await control.entities.leaveOut(
      runId,
      changed.filter((name) => !has(name)),
      session,
    );
    await control.entities.register(runId, entries, session);
    await control.runs.follow(runId, planHash(after), session);
    const details = { runId, before: planHash(before), planHash: planHash(after), entities: changed };
    await control.audit.add({ actor: approveAs ?? 'towpath', action: 'run.plan-changed', details }, session);
  });
}

function everything({ options }: Run): boolean {
  const asked = (options.entities as readonly string[] | undefined) ?? [];
  return asked.length === 0 || asked.includes('all');
}

function touchesComplete({ runId }: Run, touched: readonly string[]): MigrationError {
  const names = touched.join(', ');
  return new MigrationError({
    code: 'PLAN_TOUCHES_COMPLETE',
    message:
      touched.length === 0
        ? 'The edited plan is of another migration than the run.'
        : `The edited plan moves ${names} otherwise, and ${touched.length === 1 ? 'that is' : 'those are'} complete in the target.`,
    hint:
      touched.length === 0
        ? 'Nothing was changed. Name the plan file of the run with --plan.'
        : `Nothing was changed. Leave ${names} as the run has it; or take it out first: towpath rollback ${runId} --entities ${touched.join(',')} --preview`,
    details: { runId, entities: touched },
  });
}
