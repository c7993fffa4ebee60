/**
 * A run that goes on by a plan that was edited since: what is complete stays as it is and must read the same in both plans;
 * kinds of records that are not complete and read otherwise now are moved by the edited plan from their first row on, so what
 * the old one had brought of them is taken out first.
 *
 * A new plan is a new hash, so it needs a yes of its own, used by this run. Every part can be repeated: whoever died in the
 * middle begins again, finds the yes used and nothing left to take out.
 */
import type { ResumeOptions } from '../contract/contract.ts';
import type { Run } from '../control/run-store.ts';
import { entityOf } from '../copy/prepare.ts';
import { MigrationError } from '../core/errors.ts';
import { refuseOpenQuestions } from '../plan/open-questions.ts';
import type { PlanEntity, PlanFile } from '../plan/plan-file.ts';
import { planHash } from '../plan/plan-hash.ts';
import { refuseInvalid } from '../plan/refuse-invalid.ts';
import { createRollback } from '../rollback/rollback.ts';
import { canonicalJson } from '../schema/canonical-json.ts';
import type { Catalog } from '../schema/catalog.ts';
import { usePlanApproval } from './approve-run.ts';
import { refuseUnsteady, refuseWrongCode } from './code-at-hand.ts';
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

/** Throws PLAN_TOUCHES_COMPLETE, and what a new run by this plan would be refused for; then nothing was changed. */
export async function followPlan(deps: RunDependencies, following: Following): Promise<void> {
  const { control } = deps;
  const { run, before, after, catalog, approveAs } = following;
  const { runId } = run;
  const hash = planHash(after);
  const changed = changedEntities(before, after);
  const known = await control.entities.list(runId);
  const isIn = known.filter(({ state }) => state === 'completed' || state === 'skipped');
  const touched = isIn.map(({ entity }) => entity).filter((entity) => changed.includes(entity));
  if (touched.length > 0 || before.migration !== after.migration) throw touchesComplete(run, touched);
  refuseOpenQuestions(after);
  refuseInvalid(after, catalog);
  await refuseWrongCode(deps.code, after, catalog);
  await refuseUnsteady(deps, after, catalog, changed);
  await keepCatalog(deps, catalog);
  await control.artifacts.put({
    hash,
    kind: 'plan',
    content: after,
    parentHash: after.source.fingerprint,
  });
  const open = after.entities.filter(({ name }) => !isIn.some(({ entity }) => entity === name));
  await usePlanApproval(deps, { runId, plan: after, names: open.map(({ name }) => name), approveAs });
  await deps.failpoints.hit('plan.approved');
  const begun = known.filter(({ entity, state }) => changed.includes(entity) && state !== 'pending');
  const isLeft = begun.some(({ state }) => state !== 'rolled-back');
  if (isLeft || run.state === 'rolling-back')
    await takeOut(deps, { runId, plan: before, entities: begun.map(({ entity }) => entity) });
  await deps.failpoints.hit('plan.taken-out');
  const wanted = known.map(({ entity }) => entity);
  const added = everything(run) ? after.entities.map(({ name }) => name) : [];
  const names = [...new Set([...wanted, ...added])].filter((name) => has(after, name));
  await control.entities.register(
    runId,
    names.map((entity) => ({ entity, level: entityOf(after, entity).level })),
  );
  await control.runs.follow(runId, hash);
  await control.audit.add({
    actor: approveAs ?? 'towpath',
    action: 'run.plan-changed',
    details: { runId, before: planHash(before), planHash: hash, entities: changed },
  });
}

/** Whether this run has begun to change over to the plan, and died while it took rows out. */
export async function isChangingOver(
  { control }: Pick<RunDependencies, 'control'>,
  { runId, state, planHash: followed }: Run,
  plan: PlanFile | undefined,
): Promise<boolean> {
  if (plan === undefined || state !== 'rolling-back' || planHash(plan) === followed) return false;
  const used = await control.approvals.list({ runId });
  return used.some((approval) => approval.planHash === planHash(plan));
}

/** Kinds of records that the two plans do not move alike. Reasons, confidence and estimates are no difference. */
function changedEntities(before: PlanFile, after: PlanFile): string[] {
  const names = new Set([...before.entities, ...after.entities].map(({ name }) => name));
  const sameFrame = frame(before) === frame(after);
  return [...names].filter((name) => {
    const [a, b] = [before, after].map((plan) => plan.entities.find((entity) => entity.name === name));
    return !sameFrame || a === undefined || b === undefined || readAs(a) !== readAs(b);
  });
}

/** What every kind of records depends on. */
function frame({ settings, target, migration }: PlanFile): string {
  return canonicalJson({ migration, schema: target.schema, timeZone: settings.timeZone });
}

function readAs({ estimatedRows: _rows, level: _level, ...entity }: PlanEntity): string {
  const columns = entity.columns.map(({ reason: _reason, confidence: _confidence, ...column }) => column);
  return canonicalJson({ ...entity, columns });
}

function has(plan: PlanFile, name: string): boolean {
  return plan.entities.some((entity) => entity.name === name);
}

function everything({ options }: Run): boolean {
  const asked = (options.entities as readonly string[] | undefined) ?? [];
  return asked.length === 0 || asked.includes('all');
}

async function takeOut(
  deps: RunDependencies,
  request: { readonly runId: string; readonly plan: PlanFile; readonly entities: readonly string[] },
): Promise<void> {
  const { control, target, events, failpoints, log } = deps;
  await createRollback({ control, target, events, failpoints, log }).undo(request);
  const { state } = await control.runs.get(request.runId);
  if (state !== 'rolled-back') return;
  throw new MigrationError({
    code: 'RUN_IS_OVER',
    message: `Nothing of run ${request.runId} was complete, and what it had moved in part is out again.`,
    hint: 'Begin by the edited plan: towpath approve, then towpath migrate.',
    details: { runId: request.runId, currentState: state },
  });
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
