/** Looking and planning: reads both servers, writes files of the workspace, touches no database. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import type { z } from 'zod';
import type { checkFacts } from '../../contract/facts.ts';
import type { Told } from '../../contract/journey.ts';
import type { PreflightCheck } from '../../contract/preflight-check.ts';
import type { RunStatus } from '../../contract/run.ts';
import { MigrationError } from '../../core/errors.ts';
import { hasCode } from '../../plan/code-units.ts';
import { migrationNameOf } from '../../plan/migration-name.ts';
import type { PlanFile } from '../../plan/plan-file.ts';
import { planHash } from '../../plan/plan-hash.ts';
import { writePlan } from '../../plan/write-plan.ts';
import { countOf } from '../../report/words.ts';
import type { Catalog } from '../../schema/catalog.ts';
import { writeTextFile } from '../../workspace/files.ts';
import type { JourneyDependencies } from '../dependencies.ts';
import { lookedAt } from '../facts/looked-at.ts';
import { type PlanInHand, readablePlan } from '../plan-in-hand.ts';
import { runFactsOf } from '../run-facts.ts';
import { currentRun } from '../state.ts';

export async function preflight(deps: JourneyDependencies): Promise<Told<z.infer<typeof checkFacts>[]>> {
  const plan = readablePlan(deps)?.plan ?? null;
  const checks = await deps.engine.preflight({ planNeeds: { code: plan !== null && hasCode(plan) } });
  return {
    data: checks.map((check) => ({ ...check })),
    words: checkWords(checks),
    choices: checkChoices(checks),
  };
}

function checkWords(checks: readonly PreflightCheck[]): string {
  const failed = checks.filter(({ status }) => status === 'fail');
  const passed = checks.filter(({ status }) => status === 'pass').length;
  const noted = checks.filter(({ status }) => status === 'warn');
  if (failed.length > 0) {
    const [first] = failed;
    return `${countOf(failed.length, 'thing')} must be put right before anything can move. First: ${first!.message} ${first!.remedy ?? ''}`.trim();
  }
  const notes = noted.length === 0 ? '' : ` Good to know: ${noted.map(({ message }) => message).join(' ')}`;
  return `${countOf(passed, 'check')} of both databases passed; nothing stands in the way.${notes}`;
}

function checkChoices(checks: readonly PreflightCheck[]): string[] {
  return checks.some(({ status }) => status === 'fail')
    ? ['Check again', 'Stop']
    : ['Look at the old database'];
}

export async function readCatalog(deps: JourneyDependencies, keep: boolean): Promise<Catalog> {
  const { engine, workspace } = deps;
  const kept = keep ? workspace.readCatalog() : null;
  if (kept !== null) return kept;
  const catalog = await engine.analyze();
  workspace.writeCatalog(catalog);
  return catalog;
}

/** Tables that the new system holds already, kept for the checks of the plan. */
async function lookAtTarget({ engine, workspace, names }: JourneyDependencies): Promise<Catalog | null> {
  if (names.target === null) return workspace.readTargetCatalog();
  const target = await engine.lookAtTarget();
  workspace.writeTargetCatalog(target);
  return target;
}

/** A plan that was there before is kept in .towpath/plans, because somebody may have edited it. */
export async function createPlan(deps: JourneyDependencies, keep: boolean): Promise<PlanInHand> {
  const { engine, workspace, clock } = deps;
  const catalog = lookedAt(workspace.readCatalog());
  const before = readablePlan(deps);
  if (keep && before !== null && before.plan.source.fingerprint === catalog.fingerprint) return before;
  await refuseInUse(deps, before);
  const target = await lookAtTarget(deps);
  const plan = engine.createPlan(catalog, {
    migration: before?.plan.migration ?? migrationNameOf(catalog.server.database),
    today: clock.now().toISOString().slice(0, 10),
    ...(target === null ? {} : { target }),
  });
  keepOld(deps, plan);
  workspace.writePlanText(writePlan(plan));
  return readablePlan(deps) ?? { plan, hash: planHash(plan), mistakes: [] };
}

function keepOld({ workspace }: JourneyDependencies, plan: PlanFile): void {
  const text = workspace.planText();
  if (text === null || text === writePlan(plan)) return;
  const name = createHash('sha256').update(text).digest('hex').slice(0, 12);
  writeTextFile(join(workspace.folder, '.towpath', 'plans', `${name}.yaml`), text);
}

/** @throws PLAN_IN_USE while a move with this plan can go on, or records that it brought are in the new system */
export async function refuseInUse(deps: JourneyDependencies, before: PlanInHand | null): Promise<void> {
  const run = before === null || deps.names.target === null ? null : await currentRun(deps, before);
  if (run === null) return;
  throw new MigrationError({
    code: 'PLAN_IN_USE',
    message: `The plan is in use: ${useOf(run)}.`,
    hint: 'Undo the move first if it has to change.',
    details: { runId: run.runId },
  });
}

function useOf(run: RunStatus): string {
  if (run.alive) return 'records are being moved with it';
  return runFactsOf(run).written > 0
    ? 'records that it moved are in the new system'
    : 'a move with it was begun and can go on';
}
